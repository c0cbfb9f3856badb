"""The transition table of domain file 04 once more, as the journal must tell it: who may come from where to where."""

UNPROCESSED = ("NEW", "ACCEPTED", "DISPATCHED", "TAKEN")
AT_WORK = ("TAKEN", "IN_PROGRESS")
UNFINISHED = (*UNPROCESSED, "IN_PROGRESS", "SUSPENDED")
OPEN = (*UNFINISHED, "PENDING_ACCEPTANCE", "PENDING_VISIT")
EVERY = (*OPEN, "CLOSED", "CANCELLED")
FINISHED = ("PENDING_ACCEPTANCE", "PENDING_VISIT", "CLOSED", "CANCELLED")
OFFERED = ("ACCEPTED", "DISPATCHED", *AT_WORK)
"""States in which somebody may be asked to come, and from which another department may take over."""

MOVES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "accept": (("NEW",), ("ACCEPTED",)),
    "dispatch": (("ACCEPTED",), ("DISPATCHED",)),
    "transfer": (("DISPATCHED", *AT_WORK), ("DISPATCHED",)),
    "take": (("NEW", *OFFERED), ("TAKEN",)),
    "decline": (("DISPATCHED",), ("ACCEPTED",)),
    "redispatch": (("DISPATCHED",), ("ACCEPTED",)),
    "start": (("TAKEN",), ("IN_PROGRESS",)),
    "return": (("DISPATCHED", *AT_WORK), ("ACCEPTED",)),
    "suspend": (AT_WORK, ("SUSPENDED",)),
    "resume": (("SUSPENDED",), AT_WORK),
    "finish": (("IN_PROGRESS",), ("PENDING_ACCEPTANCE",)),
    "confirm": (("PENDING_ACCEPTANCE",), ("PENDING_VISIT",)),
    "reject": (("PENDING_ACCEPTANCE",), ("IN_PROGRESS",)),
    "answer": (("NEW", "ACCEPTED"), ("PENDING_VISIT",)),
    "close": (("PENDING_VISIT",), ("CLOSED",)),
    "reopen": (("CLOSED",), ("ACCEPTED",)),
    "cancel": (UNPROCESSED, ("CANCELLED",)),
    "receive": (UNFINISHED, ("ACCEPTED",)),
    "merge": (UNFINISHED, UNFINISHED),
    "follow": (EVERY, EVERY),
    "freed": (EVERY, ("NEW", "ACCEPTED")),
}
"""Verb -> from which states, to which. Other verbs leave the state as it is."""


def listed(verb: str, before: str, after: str) -> bool:
    """Whether the table knows this step."""
    froms, tos = MOVES.get(verb, ((), ()))
    return before in froms and after in tos
