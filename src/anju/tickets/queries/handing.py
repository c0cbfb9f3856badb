"""What is open in somebody's name when his turn ends."""

from django.db.models import Q, QuerySet

from anju.duty.choices import LineKind
from anju.duty.queries import OpenItem
from anju.tickets.choices import ENDED, Status
from anju.tickets.models import Ticket


def open_rows(community_id: int, staff_id: int) -> QuerySet[Ticket]:
    """Open tickets whose contact, who answers for, or who works on it he is."""
    rows = Ticket.objects.filter(community_id=community_id, master=None).exclude(status__in=ENDED)
    return rows.filter(Q(first_contact_id=staff_id) | Q(accountable_id=staff_id) | Q(handler_id=staff_id))


def open_of(community_id: int, staff_id: int) -> list[OpenItem]:
    """The lines of his handover sheet: red ones first."""
    rows = open_rows(community_id, staff_id).exclude(status=Status.PENDING_VISIT).order_by("rank", "due_at", "id")
    return [
        OpenItem(LineKind.TICKET, row.subject, f"{row.no} {row.prio} {row.leaf.short} {Status(row.status).label}")
        for row in rows
    ]
