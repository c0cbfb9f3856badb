"""Somebody leaves: what is in his hands goes to others before his rights end (R16.6)."""

from django.db import transaction

from anju.core.scope import Scope
from anju.tickets.actions import choosing
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import close, load
from anju.tickets.choices import ClockKind, Status
from anju.tickets.models import Ticket
from anju.tickets.models.ticket import OPEN
from anju.tickets.rules import dispatch as rules

WITH_HIM = (Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS)


@transaction.atomic
def hand_over(staff_id: int, *, by: Scope) -> int:
    """Every open ticket that names him gets somebody else; gives how many. He must be out of the crew already.

    A job goes to the best candidate, without one back to the queue with word to the supervisor; what he answered for
    to the leader; first contacts to the agent on duty.
    """
    names = ("handler_id", "co_offer_id", "accountable_id", "first_contact_id")
    rows = Ticket.objects.filter(status__in=OPEN)
    ids = sorted({one for name in names for one in rows.filter(**{name: staff_id}).values_list("id", flat=True)})
    for ticket_id in ids:
        (case,) = load([ticket_id], by=by)
        _release(case, staff_id)
        close([case])
    return len(ids)


def _release(case: Case, staff_id: int) -> None:
    row = case.ticket
    case.event("hand_over", staff=staff_id)
    if row.co_offer_id == staff_id:
        row.co_offer_id = None
    if row.handler_id == staff_id:
        _pass_on(case)
    if row.first_contact_id == staff_id:
        agent = rules.desk(case.bench.workers)
        row.first_contact_id = agent.staff_id if agent else None
    if row.accountable_id == staff_id:
        chief = rules.leader(case.bench.workers, row.lead_dept)
        case.answer_for(row.handler_id or (chief.staff_id if chief else None), "LEFT")


def _pass_on(case: Case) -> None:
    row = case.ticket
    chief = rules.leader(case.bench.workers, row.lead_dept)
    if row.status not in WITH_HIM:
        row.handler_id = chief.staff_id if chief else None
        return
    case.drop(ClockKind.ACCEPT)
    row.promised_at = None
    found = choosing.best(case)
    if found:
        choosing.offer(
            case, found[0].worker, by=case.by, why=found[0].why() | {"others": len(found) - 1}, verb="transfer"
        )
        return
    row.handler_id = None
    case.event("return", to=Status.ACCEPTED)
    choosing.dispatch_by_rules(case)
