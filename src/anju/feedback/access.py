"""Who may rate and who may call."""

from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.tickets.access import is_reporter
from anju.tickets.models import Ticket


def may_rate(scope: Scope, ticket: Ticket) -> bool:
    """The reporter alone; staff cannot rate (R19.2)."""
    return is_reporter(scope, ticket)


def may_write_down(scope: Scope, ticket: Ticket, call_id: str) -> bool:
    """An agent to whom the reporter said his stars on the phone, with the call's record; never who did the work."""
    spoken = bool(call_id) and allowed(scope, "tickets.confirm", ticket.community_id)
    return spoken and scope.staff_id != ticket.handler_id


def may_visit(scope: Scope, community_id: int) -> bool:
    """QLT and CSS."""
    return allowed(scope, "feedback.revisit", community_id)
