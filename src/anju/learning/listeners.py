"""News from below that this room acts on."""

from anju.journal.models import Entry
from anju.journal.news import listen
from anju.learning import actions


@listen("tickets.classify")
def corrected(entry: Entry) -> None:
    """An agent has given a ticket another leaf."""
    actions.keep(entry.subject_id, entry.data, entry.at)
