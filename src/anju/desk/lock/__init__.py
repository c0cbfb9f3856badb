"""A shared PC left for a moment: the screen shows nothing, what was typed stays, the password opens it again."""
