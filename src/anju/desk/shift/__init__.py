"""Who is checked in: the switch that dispatch asks."""
