"""Marks that rules put on a text before the model sees it: hints that occur, moods, and dangers together with moods."""

from collections.abc import Iterable, Iterator

from anju.understanding.hints import HINTS, Match
from anju.understanding.mood import moods


def marks(read: str, matches: Iterable[Match] | None = None) -> Iterator[str]:
    """Names of marks of a normalised text; each begins with `#`. `matches`: of the hints, when they are known already."""
    danger = False
    for match in HINTS.matches(read) if matches is None else matches:
        yield f"#{match.leaf.code}"
        danger = danger or match.leaf.emergency
    found = list(moods(read))
    yield from (f"#{one}" for one in found)
    if danger:
        yield "#P0"
        yield from (f"#P0 {one}" for one in found)
