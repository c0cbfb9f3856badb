"""Which function handles which kind of timer; filled by the rooms' `handlers` modules at start."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anju.timers.models import Timer

_handlers: dict[str, "Callable[[Sequence[Timer]], None]"] = {}


def handler(kind: str) -> "Callable[[Callable[[Sequence[Timer]], None]], Callable[[Sequence[Timer]], None]]":
    """Register a function for a kind. It runs inside one transaction for a whole batch in order of due time."""

    def register(function: "Callable[[Sequence[Timer]], None]") -> "Callable[[Sequence[Timer]], None]":
        _handlers[kind] = function
        return function

    return register


def find(kind: str) -> "Callable[[Sequence[Timer]], None] | None":
    """The handler of a kind, or None when its room is gone."""
    return _handlers.get(kind)
