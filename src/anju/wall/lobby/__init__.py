"""The screen in a lobby."""
