"""When messages about a ticket may reach people, and which still hold when they leave late (N7)."""

from datetime import datetime, timedelta
from typing import Final

from anju.core import clock
from anju.tickets.choices import Status

S = Status

_UNFINISHED: Final = frozenset({S.NEW, S.ACCEPTED, S.DISPATCHED, S.TAKEN, S.IN_PROGRESS, S.SUSPENDED})
HOLDS_IN: Final[dict[str, frozenset[S]]] = {
    "T101": _UNFINISHED,
    "T102": frozenset({S.TAKEN, S.IN_PROGRESS}),
    "T103": frozenset({S.IN_PROGRESS}),
    "T104": _UNFINISHED,
    "T105": frozenset({S.SUSPENDED}),
    "T106": frozenset({S.PENDING_ACCEPTANCE}),
    "T107": frozenset({S.PENDING_VISIT}),
    "T108": _UNFINISHED,
    "T109": _UNFINISHED,
    "T116": frozenset({S.TAKEN, S.IN_PROGRESS}),
    "T117": _UNFINISHED,
    "T120": _UNFINISHED,
}
"""template -> the states in which it is still news; a template that is not listed always holds."""


def still_holds(template: str, status: str) -> bool:
    """True when the message may leave although time has passed."""
    return template not in HOLDS_IN or status in HOLDS_IN[template]


def tonight(asked: datetime, now: datetime) -> bool:
    """True when the person spoke to us at `asked` and it is still the same day or quiet night, begun at 22:00."""
    evening = clock.day_start(now) + timedelta(hours=22)
    return asked >= (evening if now >= evening else evening - timedelta(days=1))
