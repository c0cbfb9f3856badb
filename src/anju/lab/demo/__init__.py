"""The demo: 阳光花园 with more buildings and people, and what happened there in the last fortnight."""
