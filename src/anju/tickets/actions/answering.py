"""The emergency chain answers: somebody is coming, cannot come, nobody can be reached (R2.6)."""

from datetime import datetime

from django.db import transaction

from anju.accounts import actions as accounts
from anju.core.scope import SYSTEM
from anju.tickets.actions import opening, telling, waking
from anju.tickets.actions.bench import title
from anju.tickets.actions.case import Case
from anju.tickets.choices import ClockKind, Status
from anju.tickets.rules.dispatch import holding

ANSWERABLE = frozenset({Status.NEW, Status.ACCEPTED, Status.DISPATCHED, Status.TAKEN})


def coming(ticket_id: int, staff_id: int, eta: datetime, at: datetime) -> None:
    """He pressed 1 at `at`: the ticket is his, and the resident hears who comes and when."""
    with transaction.atomic():
        case = _open(ticket_id)
        if case is None or case.ticket.status not in ANSWERABLE:
            return
        row = case.ticket
        if (row.handler_id, row.promised_at) == (staff_id, eta) and row.status == Status.TAKEN:
            return
        row.handler_id, row.promised_at, row.co_offer_id = staff_id, eta, None
        case.event("take", to=Status.TAKEN, visible=True, eta=eta.isoformat(), staff=staff_id, chain=True)
        case.meet(ClockKind.ACCEPT, ClockKind.RESP)
        case.drop(ClockKind.QUEUE)
        case.answer_for(staff_id, "TAKE")
        accounts.note_job(staff_id, row.community_id, at)
        telling.reporter(case, "T102", who=title(case.bench.by_id.get(staff_id)), eta=telling.moment(eta))
        opening.close([case])


def not_coming(ticket_id: int, staff_id: int) -> None:
    """He was on the way and cannot come after all: the ticket waits for the next one of the chain."""
    with transaction.atomic():
        case = _open(ticket_id)
        if case is None or case.ticket.status != Status.TAKEN or case.ticket.handler_id != staff_id:
            return
        row = case.ticket
        row.handler_id = row.promised_at = None
        row.handoff_count += 1
        case.event("return", to=Status.ACCEPTED, staff=staff_id, chain=True)
        chief = next(iter(holding(case.bench.workers, "DM", on_shift=True)), None)
        case.answer_for(chief.staff_id if chief else row.first_contact_id or row.accountable_id, "RETURN")
        opening.close([case])


def nobody(ticket_id: int) -> None:
    """The chain is at its end: the desk is told to call 119, 110, 120 or the utility itself (R2.6)."""
    with transaction.atomic():
        case = _open(ticket_id)
        if case is None or case.ticket.status not in ANSWERABLE:
            return
        case.event("nobody_comes")
        desk = [*holding(case.bench.workers, "CS", "OUT", on_shift=True), *holding(case.bench.workers, "CSS")]
        telling.staff(case, desk, "T211", shift="当班", post="应急处置")
        opening.close([case])


def broken(ticket_id: int, staff_id: int) -> None:
    """He said he would come, and did not: it stays in the ticket's story."""
    with transaction.atomic():
        case = _open(ticket_id)
        if case is not None and case.ticket.status in ANSWERABLE:
            case.event("promise_broken", staff=staff_id)
            opening.close([case])


def _open(ticket_id: int) -> Case | None:
    found = opening.load([ticket_id], by=SYSTEM)
    if found:
        waking.catch_up(found[0])
    return found[0] if found else None
