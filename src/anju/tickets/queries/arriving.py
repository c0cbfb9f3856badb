"""The resident's four digits that prove somebody has come (R2.7): he reads them out when the worker stands before him."""

from anju.core.scope import Scope
from anju.tickets import access
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.vault.blind import sign

AWAITED = frozenset({Status.NEW, Status.ACCEPTED, Status.DISPATCHED, Status.TAKEN})


def arrival_code(scope: Scope, ticket: Ticket) -> str:
    """For the reporter while somebody is to come; "" for everybody else: who may see it needs no proof."""
    head = ticket.master or ticket
    awaited = head.status in AWAITED and head.leaf.arrival_min is not None
    return code_of(head) if awaited and access.is_reporter(scope, ticket) else ""


def code_of(ticket: Ticket) -> str:
    """Four digits, others after each reopening; nowhere stored."""
    return f"{int(sign(f'{ticket.id} {ticket.reopen_count}', 'tickets.arrival')[:12], 16) % 10_000:04d}"
