"""Points at which the lab lets a process die.

`point(name)` costs one set lookup and does nothing unless somebody armed that name in this process. An armed point
dies once: it raises `Crash`, which no `except Exception` stops, so the open transaction rolls back and whatever was
in memory is gone, as with a killed process. In a simulation fate decides at every pass instead.
"""

from collections.abc import Callable

_armed: set[str] = set()
_fate: Callable[[str], bool] | None = None


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


def leave_to(fate: Callable[[str], bool] | None) -> None:
    """From now on `fate(name)` decides at each pass of a point whether it dies there; None ends that."""
    global _fate
    _fate = fate


def point(name: str) -> None:
    """Die here if armed, or if it is fate."""
    if name in _armed or (_fate is not None and _fate(name)):
        _armed.discard(name)
        raise Crash(name)
