"""Reads of the duty room; the first parameter is who is asking."""

from anju.duty.queries.calling import busy, callout, callouts, chain_steps, for_me, open_for, runs_for
from anju.duty.queries.checking import Report, check
from anju.duty.queries.handing import OpenItem, handover, handovers, open_items, tells_open_items
from anju.duty.queries.hours import Hours, hours
from anju.duty.queries.now import Standing, in_force, people_on, standing, window, worker_rows, workers
from anju.duty.queries.roster import (
    absences,
    absent,
    aways,
    leave,
    leaves,
    patterns,
    post,
    posts,
    shifts,
    swap,
    swaps,
    turn,
    turns,
    turns_of,
)
from anju.duty.queries.stand_ins import Able, stand_ins
from anju.duty.queries.wording import calendar_words, fault_words, gap_words, span_words

__all__ = [
    "Able",
    "Hours",
    "OpenItem",
    "Report",
    "Standing",
    "absences",
    "absent",
    "aways",
    "busy",
    "calendar_words",
    "callout",
    "callouts",
    "chain_steps",
    "check",
    "fault_words",
    "for_me",
    "gap_words",
    "handover",
    "handovers",
    "hours",
    "in_force",
    "leave",
    "leaves",
    "open_for",
    "open_items",
    "patterns",
    "people_on",
    "post",
    "posts",
    "runs_for",
    "shifts",
    "span_words",
    "stand_ins",
    "standing",
    "swap",
    "swaps",
    "tells_open_items",
    "turn",
    "turns",
    "turns_of",
    "window",
    "worker_rows",
    "workers",
]
