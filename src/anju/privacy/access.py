"""Who may look at what of whom."""

from anju.core.scope import Scope
from anju.tickets.models import Ticket

LEADING = ("CSS", "DM", "PM", "COMP")


def holds(scope: Scope, ticket: Ticket) -> bool:
    """The ticket is in his hands: he brought it, works on it, answers for it, or leads those who do (R16.2)."""
    me = scope.staff_id
    if me in (ticket.handler_id, ticket.accountable_id, ticket.first_contact_id, ticket.reporter_staff_id):
        return True
    leads = scope.has(ticket.community_id, "SUP") and scope.depts.get(ticket.community_id) == ticket.lead_dept
    return leads or scope.has(ticket.community_id, *LEADING)
