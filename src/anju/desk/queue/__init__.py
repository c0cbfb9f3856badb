"""The queue: what must be done first."""
