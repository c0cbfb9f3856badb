"""QR codes of places and assets: the list, and sheets to print and stick."""
