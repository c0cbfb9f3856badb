"""Screens on walls: who hands out their links, and takes them back."""
