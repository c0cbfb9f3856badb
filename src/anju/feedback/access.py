"""Who may rate and who may call."""

from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.tickets.access import is_reporter
from anju.tickets.models import Ticket


def may_rate(scope: Scope, ticket: Ticket) -> bool:
    """The reporter alone; staff cannot rate (R19.2)."""
    return is_reporter(scope, ticket)


def may_visit(scope: Scope, community_id: int) -> bool:
    """QLT and CSS."""
    return allowed(scope, "feedback.revisit", community_id)
