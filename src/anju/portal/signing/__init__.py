"""Logging in with a code sent to a phone of the land register."""
