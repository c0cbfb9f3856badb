"""Reads of the ticket room; the first parameter is who is asking."""

from anju.tickets.queries.finding import search
from anju.tickets.queries.listing import Filters, Page, counts, queue, visible
from anju.tickets.queries.one import TicketFacts, by_guest_key, by_no, facts_of, for_handler, open_at
from anju.tickets.queries.showing import Shown, next_actions, show, show_all, text_for, where

__all__ = [
    "Filters",
    "Page",
    "Shown",
    "TicketFacts",
    "by_guest_key",
    "by_no",
    "counts",
    "facts_of",
    "for_handler",
    "next_actions",
    "open_at",
    "queue",
    "search",
    "show",
    "show_all",
    "text_for",
    "visible",
    "where",
]
