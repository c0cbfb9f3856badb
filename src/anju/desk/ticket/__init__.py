"""One ticket: its story, its clocks, and the steps that may be taken."""
