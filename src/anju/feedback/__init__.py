"""Stars and visits: what reporters say about the work, and the call that follows when they are not content.

A *rating* is the reporter's own word, one per ticket and round of work; a *revisit* is a call somebody of QLT or CSS owes
him, never the one who did the work. While a revisit is open, its ticket cannot be closed.
"""
