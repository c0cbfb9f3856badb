"""The first tickets of a community, as its set-up guide asks for them."""

from anju.core.scope import Scope
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.queries.listing import visible

TRIAL = "setup"
"""The reference of a test report."""


def first_two(scope: Scope, community_id: int) -> tuple[Ticket | None, Ticket | None]:
    """The first test report, and the first real one that somebody has looked at."""
    rows = visible(scope).filter(community_id=community_id).order_by("id")
    real = rows.exclude(channel_ref=TRIAL).exclude(status=Status.NEW)
    return rows.filter(channel_ref=TRIAL).first(), real.first()
