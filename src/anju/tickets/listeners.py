"""News from below that tickets act on."""

from anju.journal.models import Entry
from anju.journal.news import listen
from anju.tickets.actions.queueing import offer_waiting


@listen("accounts.checked_in")
def somebody_is_here(entry: Entry) -> None:
    """A worker has checked in: offer him what has been waiting for somebody like him."""
    if entry.community_id is not None:
        offer_waiting(entry.community_id)
