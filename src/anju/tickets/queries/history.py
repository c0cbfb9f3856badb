"""What was done before at the same thing or in the same home."""

from dataclasses import dataclass
from datetime import datetime

from anju.core.scope import Scope
from anju.tickets import access
from anju.tickets.choices import Status
from anju.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Earlier:
    """A settled matter: what kind and when, no word of whoever reported it."""

    name: str
    same: bool
    closed_at: datetime


def earlier(scope: Scope, ticket: Ticket, *, limit: int = 3) -> list[Earlier]:
    """The latest settled tickets at the ticket's asset or room, newest first, for whoever may see the ticket."""
    if not access.can_see(scope, ticket) or not (ticket.asset_id or ticket.room_id):
        return []
    where = {"asset_id": ticket.asset_id} if ticket.asset_id else {"room_id": ticket.room_id}
    rows = Ticket.objects.filter(community_id=ticket.community_id, status=Status.CLOSED, master=None, **where)
    rows = rows.exclude(id=ticket.id).exclude(closed_at=None).only("leaf_code", "closed_at").order_by("-id")[:limit]
    return [Earlier(row.leaf.name, row.leaf_code == ticket.leaf_code, row.closed_at) for row in rows if row.closed_at]
