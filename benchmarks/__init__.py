"""What a unit of work costs, next to its floor, in one run on one machine. Never a wall time from another day."""
