"""Today: the list and the check-in switch."""
