"""Which messages about a ticket still hold when they leave late (N7)."""

from typing import Final

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
