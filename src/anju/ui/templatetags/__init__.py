"""Template tags of all doors; registered as builtins in the settings."""
