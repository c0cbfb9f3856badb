"""Tickets that waited for somebody: offered again when people come on duty."""

from anju.core.scope import SYSTEM
from anju.tickets.actions import choosing, opening, waking
from anju.tickets.choices import ClockKind, Status
from anju.tickets.models import Ticket

BATCH = 50


def offer_waiting(community_id: int) -> int:
    """Offer accepted tickets without a candidate to whoever is on duty now; returns how many were offered."""
    ids = list(
        Ticket.objects.filter(community_id=community_id, status=Status.ACCEPTED, handler=None, master=None)
        .order_by("rank", "due_at", "id")
        .values_list("id", flat=True)[:BATCH]
    )
    cases = opening.load(ids, by=SYSTEM)
    for case in cases:
        waking.catch_up(case)
        waited = ClockKind.QUEUE in case.clocks
        if case.ticket.status == Status.ACCEPTED and waited and choosing.best(case):
            choosing.dispatch_by_rules(case)
    opening.close(cases)
    return sum(1 for case in cases if case.ticket.status == Status.DISPATCHED)
