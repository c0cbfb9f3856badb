"""Who may see and do what with one ticket: one condition per line."""

from typing import TYPE_CHECKING

from anju.accounts.access import allowed
from anju.core.scope import Kind, Scope
from anju.tickets.choices import Status

if TYPE_CHECKING:
    from anju.tickets.models import Ticket
    from anju.tickets.queries.lines import Line

SEE_ALL = ("CS", "CSS", "SUP", "DM", "PM", "FIN", "QLT", "COMP")
TAKEN = frozenset({Status.TAKEN, Status.IN_PROGRESS})
OWNER_ACTIONS = frozenset({"confirm", "reject", "reopen", "cancel", "urge", "confirm_quote", "refuse_quote", "note"})
PERMISSION_OF = {
    "confirm_quote": "tickets.confirm",
    "refuse_quote": "tickets.confirm",
    "delay": "tickets.start",
    "offer": "tickets.handoff",
    "receive": "tickets.handoff",
    "refuse": "tickets.handoff",
    "split": "tickets.merge",
}


def is_reporter(scope: Scope, ticket: "Ticket | Line") -> bool:
    """The person who reported it, or the guest who holds its key."""
    if ticket.id in scope.tickets:
        return True
    return scope.kind is Kind.RESIDENT and ticket.reporter_id is not None and ticket.reporter_id == scope.person_id


def works_on(scope: Scope, ticket: "Ticket | Line") -> bool:
    """The worker it is offered to or who has it."""
    return scope.is_staff and scope.staff_id in (ticket.handler_id, ticket.co_offer_id)


def brought(scope: Scope, ticket: "Ticket") -> bool:
    """First contact, or the employee who recorded it."""
    return scope.is_staff and scope.staff_id in (ticket.first_contact_id, ticket.reporter_staff_id)


def can_see(scope: Scope, ticket: "Ticket") -> bool:
    """True when this asker may hold the ticket at all."""
    if scope.is_system or is_reporter(scope, ticket):
        return True
    if not scope.is_staff or ticket.community_id not in scope.communities:
        return False
    if scope.has(ticket.community_id, *SEE_ALL) or works_on(scope, ticket) or brought(scope, ticket):
        return True
    if scope.has(ticket.community_id, "OUT") and ticket.status == Status.NEW:
        return True
    return _may_grab(scope, ticket)


def _may_grab(scope: Scope, ticket: "Ticket") -> bool:
    """A colleague of the department may see an offer nobody has taken yet."""
    return (
        scope.has(ticket.community_id, "WK")
        and ticket.status == Status.DISPATCHED
        and scope.depts.get(ticket.community_id) == ticket.lead_dept
    )


def too_late(scope: Scope, ticket: "Ticket") -> bool:
    """A worker of the department, or the vendor asked in parallel, presses 接单 when somebody has it (AT4.1)."""
    colleague = scope.depts.get(ticket.community_id) == ticket.lead_dept and scope.has(ticket.community_id, "WK")
    vendor = ticket.asset_id is not None and ticket.leaf.emergency and scope.has(ticket.community_id, "VEND")
    return scope.is_staff and (colleague or vendor) and ticket.status in TAKEN and scope.staff_id != ticket.handler_id


def permission_of(action: str) -> str:
    """What one must hold to do this to any ticket."""
    return PERMISSION_OF.get(action, f"tickets.{action}")


def does_such(scope: Scope, action: str, ticket: "Ticket") -> bool:
    """Staff who do such things in this community, if not to this ticket: when its state has changed they are told so,
    as the worker whose offer was withdrawn while he looked at it."""
    return scope.is_staff and allowed(scope, permission_of(action), ticket.community_id)


def can_do(scope: Scope, action: str, ticket: "Ticket") -> bool:
    """True when this asker may ever do this action to this ticket; the state table is asked separately."""
    if scope.is_system:
        return True
    if is_reporter(scope, ticket):
        return action in OWNER_ACTIONS
    return can_see(scope, ticket) and allowed(scope, permission_of(action), ticket.community_id)
