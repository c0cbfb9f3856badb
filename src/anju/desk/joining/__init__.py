"""Accepting an invitation: whoever holds the code chooses his name and password, and is in."""
