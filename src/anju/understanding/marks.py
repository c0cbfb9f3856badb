"""Marks that rules put on a text before the model sees it: hints that occur."""

from collections.abc import Iterator

from anju.understanding.hints import HINTS


def marks(read: str) -> Iterator[str]:
    """Names of marks of a normalised text; each begins with `#`."""
    for match in HINTS.matches(read):
        yield f"#{match.leaf.code}"
        yield f"#{match.leaf.code}{min(match.score, 8) // 2}"
        if match.leaf.emergency:
            yield "#P0"
