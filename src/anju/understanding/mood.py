"""Tense and mood: is something dangerous happening now, or does the text only speak of it?

Past, news, question, drill, thanks, "what if", "already found" and "as loud as an explosion" are not alarms. Nor are
hints that two words make together by chance: 着火 in 飘着火锅味, 停电 in 停电动车的棚子. The cues are in `data/moods.psv`;
its line `now` holds those that say the contrary, its line `apart` the words that only seem to make a third.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from anju.understanding import tables

_NOW, _APART = "now", "apart"


def moods(read: str) -> Iterator[str]:
    """Which moods a normalised text is in, `now` among them."""
    return (mood for mood, cues in _cues().items() if mood != _APART and any(cue in read for cue in cues))


def calm(read: str) -> bool:
    """True when words say that nothing may be happening now: an alarm by single words then needs the whole text."""
    return any(mood != _NOW for mood in moods(read))


def apart(read: str) -> str:
    """A normalised text with a blank where two words only seem to make a third."""
    for parted in _cues()[_APART]:
        read = read.replace(parted.replace("+", ""), parted.replace("+", " "))
    return read


@cache
def _cues() -> Mapping[str, tuple[str, ...]]:
    return {row["mood"]: tuple(row["cues"].split(",")) for row in tables.read("moods")}
