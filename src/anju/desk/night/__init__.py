"""The narrow console of the outside answering service, and what the day team gets from it (R2.5, R2.10)."""
