"""Reads of the ticket room; the first parameter is who is asking."""

from anju.tickets.queries.arriving import arrival_code
from anju.tickets.queries.beginning import TRIAL, first_two
from anju.tickets.queries.figures import (
    Deadline,
    Figures,
    Hours,
    Planned,
    Rate,
    arrivals,
    deadlines,
    figures,
    open_by_dept,
    planned,
    response_by_day,
)
from anju.tickets.queries.finding import matching, search
from anju.tickets.queries.history import Earlier, earlier
from anju.tickets.queries.lines import Line, lines
from anju.tickets.queries.listing import (
    MANY,
    Filters,
    Page,
    counts,
    in_hand,
    listed,
    queue,
    queue_lines,
    rows,
    visible,
)
from anju.tickets.queries.nights import Known, Night, known, night
from anju.tickets.queries.one import (
    TicketFacts,
    again,
    by_guest_key,
    by_no,
    facts_of,
    for_handler,
    open_around,
    open_at,
    undoable,
)
from anju.tickets.queries.pictures import picture
from anju.tickets.queries.reaching import reply_outlook
from anju.tickets.queries.showing import Shown, next_actions, show, show_all, text_for, where
from anju.tickets.queries.viewing import filters_of, saved_views

__all__ = [
    "MANY",
    "TRIAL",
    "Deadline",
    "Earlier",
    "Figures",
    "Filters",
    "Hours",
    "Known",
    "Line",
    "Night",
    "Page",
    "Planned",
    "Rate",
    "Shown",
    "TicketFacts",
    "again",
    "arrival_code",
    "arrivals",
    "by_guest_key",
    "by_no",
    "counts",
    "deadlines",
    "earlier",
    "facts_of",
    "figures",
    "filters_of",
    "first_two",
    "for_handler",
    "in_hand",
    "known",
    "lines",
    "listed",
    "matching",
    "next_actions",
    "night",
    "open_around",
    "open_at",
    "open_by_dept",
    "picture",
    "planned",
    "queue",
    "queue_lines",
    "reply_outlook",
    "response_by_day",
    "rows",
    "saved_views",
    "search",
    "show",
    "show_all",
    "text_for",
    "undoable",
    "visible",
    "where",
]
