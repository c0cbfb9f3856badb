"""Writes of the privacy room: one verb each, atomic, with who acts in `by`."""
