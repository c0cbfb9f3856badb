"""Leave and swaps: asked for, answered, decided."""
