"""Who listens to what: a registry filled by the rooms' `listeners` modules at start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anju.journal.models import Entry

_listeners: dict[str, dict[str, "Callable[[Entry], None]"]] = {}


def listen(verb: str) -> "Callable[[Callable[[Entry], None]], Callable[[Entry], None]]":
    """Call the function once for each entry with this verb, after the change is committed, at least once."""

    def register(function: "Callable[[Entry], None]") -> "Callable[[Entry], None]":
        _listeners.setdefault(verb, {})[f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return register


def listeners(verb: str) -> "dict[str, Callable[[Entry], None]]":
    """The listeners of a verb by name."""
    return _listeners.get(verb, {})


def everyone() -> dict[str, list[str]]:
    """Verb -> names of its listeners, for `anju news`."""
    return {verb: sorted(found) for verb, found in sorted(_listeners.items())}


def listener(verb: str, name: str) -> "Callable[[Entry], None] | None":
    """One listener, or None when it no longer exists."""
    return _listeners.get(verb, {}).get(name)
