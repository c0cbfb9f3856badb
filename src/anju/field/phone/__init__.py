"""What the phone keeps to work without a signal: copies of its jobs, the program, the icon."""
