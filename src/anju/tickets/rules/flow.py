"""The transition table a–s of domain file 04: what may follow what. Anything not listed is refused."""

from typing import Final

from anju.tickets.choices import Status, Type

S = Status

_OPEN = frozenset(
    {S.NEW, S.ACCEPTED, S.DISPATCHED, S.TAKEN, S.IN_PROGRESS, S.SUSPENDED, S.PENDING_ACCEPTANCE, S.PENDING_VISIT}
)
_WORK = frozenset({S.TAKEN, S.IN_PROGRESS})
_UNFINISHED = frozenset({S.NEW, S.ACCEPTED, S.DISPATCHED, S.TAKEN, S.IN_PROGRESS, S.SUSPENDED})

FROM: Final[dict[str, frozenset[S]]] = {
    "accept": frozenset({S.NEW}),
    "dispatch": frozenset({S.ACCEPTED}),
    "take": frozenset({S.DISPATCHED}),
    "decline": frozenset({S.DISPATCHED}),
    "start": frozenset({S.TAKEN}),
    "return": _WORK,
    "transfer": _WORK | {S.DISPATCHED},
    "suspend": _WORK | {S.SUSPENDED},
    "resume": frozenset({S.SUSPENDED}),
    "finish": frozenset({S.IN_PROGRESS}),
    "confirm": frozenset({S.PENDING_ACCEPTANCE}),
    "reject": frozenset({S.PENDING_ACCEPTANCE}),
    "close": frozenset({S.PENDING_VISIT}),
    "reopen": frozenset({S.CLOSED}),
    "cancel": frozenset({S.NEW, S.ACCEPTED, S.DISPATCHED, S.TAKEN}),
    "urge": _OPEN,
    "escalate": _OPEN,
    "merge": _UNFINISHED,
    "split": _UNFINISHED,
    "answer": frozenset({S.NEW, S.ACCEPTED}),
    "quote": _WORK,
    "confirm_quote": _WORK,
    "refuse_quote": _WORK,
    "classify": _UNFINISHED,
    "plan": _UNFINISHED,
    "delay": _WORK,
    "offer": frozenset({S.ACCEPTED, S.DISPATCHED, S.TAKEN, S.IN_PROGRESS}),
    "receive": _UNFINISHED,
    "refuse": _UNFINISHED,
    "rule": _UNFINISHED,
    "tick": _UNFINISHED,
    "refer": _UNFINISHED,
    "first_contact": _OPEN | {S.CLOSED},
    "note": _OPEN | {S.CLOSED},
    "reply": _OPEN | {S.CLOSED},
    "contact": _WORK | {S.DISPATCHED, S.SUSPENDED},
    "confirm_late": _OPEN | {S.CLOSED},
}
"""action -> the states it may start from."""

TO: Final[dict[str, S]] = {
    "accept": S.ACCEPTED,
    "dispatch": S.DISPATCHED,
    "take": S.TAKEN,
    "decline": S.ACCEPTED,
    "start": S.IN_PROGRESS,
    "return": S.ACCEPTED,
    "transfer": S.DISPATCHED,
    "suspend": S.SUSPENDED,
    "finish": S.PENDING_ACCEPTANCE,
    "confirm": S.PENDING_VISIT,
    "reject": S.IN_PROGRESS,
    "close": S.CLOSED,
    "reopen": S.ACCEPTED,
    "cancel": S.CANCELLED,
    "answer": S.PENDING_VISIT,
}
"""action -> the state it leads to; the others keep the state, `resume` goes back to where it was."""

OF_CHILDREN: Final = frozenset({"note", "reply", "urge", "cancel", "close", "reopen", "first_contact", "split"})
"""What may be done to a ticket that follows another one; everything else is done to its master (transition r)."""

ANSWERABLE = frozenset({Type.INQUIRY, Type.PRAISE, Type.SUGGESTION})
"""Types that may be answered at once; RQ too when its leaf needs no visit (transition s)."""

STARRED = frozenset({Type.REPAIR, Type.COMPLAINT, Type.INQUIRY, Type.REQUEST})
"""Types whose reporter is asked for stars with T107."""


def may(action: str, status: str) -> bool:
    """True when the table lists this action from this state."""
    return status in FROM[action]
