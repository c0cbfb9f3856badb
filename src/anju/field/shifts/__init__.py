"""The worker's own turns: leave, swaps, calendar."""
