"""How the reporter of a ticket would be reached, asked before somebody writes to him."""

from anju.core import clock
from anju.notify.actions import Notice, Office, Outlook, Recipient, outlook
from anju.tickets.models import Ticket
from anju.tickets.rules import saying

REPLY = "T123"


def reporter_of(ticket: Ticket) -> Recipient | None:
    """Who is told; None for a passer-by who left no number."""
    if ticket.reporter_id:
        return Recipient("person", ticket.reporter_id, ticket.reporter_phone or None, wechat=ticket.reporter_wechat)
    if ticket.reporter_phone:
        return Recipient("phone", None, ticket.reporter_phone, wechat=False)
    return None


def reply_outlook(ticket: Ticket) -> Outlook | None:
    """What would become of the news that he has been answered; None when nobody can be told."""
    to, community = reporter_of(ticket), ticket.community
    if to is None:
        return None
    asked = ticket.asked_at is not None and saying.tonight(ticket.asked_at, clock.now())
    office = Office(community.id, community.sign, community.hotline)
    return outlook(
        Notice(REPLY, to, {}, ticket.subject, office, asked=asked, emergency=ticket.prio == "P0"),
    )
