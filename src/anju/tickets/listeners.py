"""News from below that tickets act on, and questions from below that tickets answer."""

from anju.journal.models import Entry
from anju.journal.news import listen
from anju.notify.models import Delivery
from anju.notify.staleness import still_true
from anju.tickets.actions.queueing import offer_waiting
from anju.tickets.models import Ticket
from anju.tickets.rules.saying import still_holds


@listen("accounts.checked_in")
def somebody_is_here(entry: Entry) -> None:
    """A worker has checked in: offer him what has been waiting for somebody like him."""
    if entry.community_id is not None:
        offer_waiting(entry.community_id)


@still_true("ticket")
def holds(delivery: Delivery) -> bool:
    """A message that waited for the morning is sent only if it is still so."""
    status = Ticket.objects.filter(id=delivery.about_id).values_list("status", flat=True).first()
    return status is None or still_holds(delivery.template, status)
