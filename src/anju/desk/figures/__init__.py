"""How today and this week go, in figures and charts."""
