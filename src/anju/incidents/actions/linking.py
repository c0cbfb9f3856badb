"""Tickets of an incident: joined to it, answered and finished together (R3.1)."""

from collections.abc import Iterable, Sequence

from anju.core import clock
from anju.core.scope import Scope
from anju.incidents import news
from anju.incidents.actions import story
from anju.incidents.actions.handling import held
from anju.incidents.models import Incident, Link
from anju.tickets.actions import gathering
from anju.tickets.models import Ticket


def link(incident: Incident, *, tickets: Sequence[Ticket], by: Scope) -> Incident:
    """并入: these tickets are of this incident."""
    with held(incident, by=by) as row:
        story.must_run(row)
        join(row, tickets, by)
    return incident


def join(row: Incident, tickets: Iterable[Ticket], by: Scope) -> None:
    """Inside the caller's transaction. Those of the same kind follow the oldest: nobody is called twice for them."""
    held_already = set(Link.objects.filter(ticket__in=[one.id for one in tickets]).values_list("ticket_id", flat=True))
    new = [one for one in tickets if one.id not in held_already and one.community_id == row.community_id]
    if not new or row.is_drill:
        return
    Link.objects.bulk_create(Link(incident=row, ticket=one, at=clock.now()) for one in new)
    story.say(row, news.LINKED, by, tickets=[one.no for one in new])
    gathering.gather(list(row.links.values_list("ticket_id", flat=True)))


def answered(row: Incident) -> None:
    """The first bulletin after it was linked is the answer to a ticket."""
    open_links = row.links.filter(answered_at=None)
    gathering.answered(list(open_links.values_list("ticket_id", flat=True)))
    open_links.update(answered_at=clock.now())


def settle(row: Incident, words: str) -> None:
    """All of them are finished together; their reporters say whether it is so."""
    gathering.settle(list(row.links.values_list("ticket_id", flat=True)), words)


def unsettle(row: Incident, words: str) -> None:
    """It has come back: they are in work again."""
    gathering.unsettle(list(row.links.values_list("ticket_id", flat=True)), words)
