"""News from below that this room acts on."""

from anju.feedback import actions
from anju.journal.models import Entry
from anju.journal.news import listen


@listen("tickets.confirm")
def settled(entry: Entry) -> None:
    """A complaint or an emergency is settled: somebody calls."""
    actions.visit_confirmed(entry.subject_id)
