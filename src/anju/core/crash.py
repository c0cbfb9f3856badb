"""Points at which the lab lets a process die.

`point(name)` costs one set lookup and does nothing unless somebody armed that name in this process. An armed point
dies once: it raises `Crash`, which no `except Exception` stops, so the open transaction rolls back and whatever was
in memory is gone, as with a killed process.
"""

_armed: set[str] = set()


class Crash(BaseException):
    """The process died here."""


def arm(name: str) -> None:
    """The next pass of point `name` dies."""
    _armed.add(name)


def disarm() -> None:
    """No point dies any more."""
    _armed.clear()


def armed() -> frozenset[str]:
    """The points that would die."""
    return frozenset(_armed)


def point(name: str) -> None:
    """Die here if armed."""
    if name in _armed:
        _armed.discard(name)
        raise Crash(name)
