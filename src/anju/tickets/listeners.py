"""News from below that tickets act on, and questions from below that tickets answer."""

from datetime import datetime

from anju.duty import news as duty
from anju.duty.models import Turn
from anju.duty.queries import OpenItem, tells_open_items
from anju.journal.models import Entry
from anju.journal.news import listen
from anju.notify.models import Delivery
from anju.notify.staleness import still_true
from anju.tickets.actions import answering, inheriting
from anju.tickets.actions.queueing import offer_waiting
from anju.tickets.models import Ticket
from anju.tickets.queries.handing import open_of
from anju.tickets.rules.saying import still_holds


@listen("accounts.checked_in")
def somebody_is_here(entry: Entry) -> None:
    """A worker has checked in: offer him what has been waiting for somebody like him."""
    if entry.community_id is not None:
        offer_waiting(entry.community_id)


@listen(duty.ACKED)
def somebody_comes(entry: Entry) -> None:
    """Key 1 of the emergency chain."""
    kind, ticket_id = entry.data["subject"]
    if kind == "ticket":
        answering.coming(ticket_id, entry.data["staff"], datetime.fromisoformat(entry.data["eta"]), entry.at)


@listen(duty.CANNOT_COME)
def he_cannot_come(entry: Entry) -> None:
    """Key 2 of one who had said he would come."""
    kind, ticket_id = entry.data["subject"]
    if kind == "ticket":
        answering.not_coming(ticket_id, entry.data["staff"])


@listen(duty.EXHAUSTED)
def nobody_comes(entry: Entry) -> None:
    """The chain is at its end."""
    kind, ticket_id = entry.data["subject"]
    if kind == "ticket":
        answering.nobody(ticket_id)


@listen(duty.BROKEN)
def he_did_not_come(entry: Entry) -> None:
    """A promise that was not kept."""
    kind, ticket_id = entry.data["subject"]
    if kind == "ticket":
        answering.broken(ticket_id, entry.data["staff"])


@listen(duty.HANDED_OVER)
def the_post_changes_hands(entry: Entry) -> None:
    """First contact passes to who takes the post over (R20.3)."""
    if entry.data["from"] and entry.data["to"]:
        inheriting.inherit(entry.community_id or 0, entry.data["from"], entry.data["to"])


@tells_open_items
def open_tickets(turn: Turn) -> list[OpenItem]:
    """What of the tickets must stand on the handover of this turn."""
    return open_of(turn.community_id, turn.staff_id)


@still_true("ticket")
def holds(delivery: Delivery) -> bool:
    """A message that waited for the morning is sent only if it is still so."""
    status = Ticket.objects.filter(id=delivery.about_id).values_list("status", flat=True).first()
    return status is None or still_holds(delivery.template, status)
