"""Seeded bad luck: where the process is killed, and starting it again."""

from collections import Counter

from django.core.cache import cache
from django.db import connection

from anju.core import crash
from anju.core.chance import Dice
from anju.vault import keys

COMMITS = 0.004
SENDS = 0.02
RISK = {
    "before-any-commit": COMMITS,
    "after-any-commit": COMMITS,
    "before-commit": COMMITS,
    "after-commit": COMMITS,
    "before-send": SENDS,
    "after-send": SENDS,
}
"""How likely it is to die at one pass of a point."""


class Fate:
    """Decides at each crash point whether the process dies there."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.kills: Counter[str] = Counter()

    def begin(self) -> None:
        """From now on it may strike."""
        crash.leave_to(self._strikes)

    def end(self) -> None:
        """Nobody is killed any more."""
        crash.leave_to(None)

    def _strikes(self, name: str) -> bool:
        hit = self.dice.random() < RISK.get(name, 0.0)
        self.kills[name] += hit
        return hit


def restart() -> None:
    """Begin again as a new process does: with nothing in memory and a connection of its own."""
    connection.close()
    cache.clear()
    keys.forget()
