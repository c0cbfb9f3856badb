"""Reads of the incident room; the first parameter is who is asking."""

from anju.incidents.queries.affected import households, rooms_of
from anju.incidents.queries.finding import area_of, area_of_ticket, by_no, drill, drills, incidents, known, last_drills
from anju.incidents.queries.reporting import Late, Outcome, Reach, Report, report, score_of, shown_state
from anju.incidents.queries.showing import Board, Crew, Notice, board, notice, notices, people, public

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
    "board",
    "by_no",
    "drill",
    "drills",
    "households",
    "incidents",
    "known",
    "last_drills",
    "notice",
    "notices",
    "people",
    "public",
    "report",
    "rooms_of",
    "score_of",
    "shown_state",
]
