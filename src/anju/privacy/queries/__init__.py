"""Reads of the privacy room; the first parameter is who is asking."""
