"""Tables of work orders."""

from anju.tickets.models.extras import Handoff, Photo, Quote, Series, Suspension, Undo
from anju.tickets.models.ticket import Clock, Ticket

__all__ = ["Clock", "Handoff", "Photo", "Quote", "Series", "Suspension", "Ticket", "Undo"]
