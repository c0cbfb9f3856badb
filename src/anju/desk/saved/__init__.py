"""Views of the queue that people save: the box that keeps one, and what its maker may do with it."""
