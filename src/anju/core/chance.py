"""Chance that can be repeated: for demos, simulations and benchmarks. Never for secrets; those come from `ids`."""

from random import Random

Dice = Random


def dice(seed: int) -> Dice:
    """A source of choices that gives the same ones for the same seed."""
    return Random(seed)  # noqa: S311 repeatable on purpose
