"""Tables of the files room."""
