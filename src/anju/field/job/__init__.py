"""A job and its steps."""
