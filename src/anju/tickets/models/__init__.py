"""Tables of work orders."""

from anju.tickets.models.extras import Handoff, Photo, Quote, Series, Suspension, Undo
from anju.tickets.models.ticket import Clock, Ticket
from anju.tickets.models.viewing import SavedView

__all__ = ["Clock", "Handoff", "Photo", "Quote", "SavedView", "Series", "Suspension", "Ticket", "Undo"]
