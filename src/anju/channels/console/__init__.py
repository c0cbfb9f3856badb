"""The terminal of a developer."""
