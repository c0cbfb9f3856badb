"""Automatic calls that read a text aloud and take a key."""
