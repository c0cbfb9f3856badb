"""The calls owed to those who are not content (R19.3)."""
