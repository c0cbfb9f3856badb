"""Reads of the incident room; the first parameter is who is asking."""

from anju.incidents.queries.affected import households, rooms_of
from anju.incidents.queries.finding import (
    area_of,
    area_of_ticket,
    by_id,
    by_no,
    drill,
    drills,
    due_drills,
    incidents,
    known,
)
from anju.incidents.queries.reporting import Late, Outcome, Reach, Report, report, score_of, shown_state
from anju.incidents.queries.showing import (
    Board,
    Crew,
    Notice,
    around,
    board,
    everywhere,
    notice,
    notices,
    people,
    role_label,
)

__all__ = [
    "Board",
    "Crew",
    "Late",
    "Notice",
    "Outcome",
    "Reach",
    "Report",
    "area_of",
    "area_of_ticket",
    "around",
    "board",
    "by_id",
    "by_no",
    "drill",
    "drills",
    "due_drills",
    "everywhere",
    "households",
    "incidents",
    "known",
    "notice",
    "notices",
    "people",
    "report",
    "role_label",
    "rooms_of",
    "score_of",
    "shown_state",
]
