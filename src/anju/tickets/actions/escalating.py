"""Escalation L1–L3, locks and rulings: who answers when time runs out (domain files 04 and 20)."""

from datetime import timedelta

from anju.accounts.choices import Dept
from anju.accounts.rules import Worker
from anju.core.scope import SYSTEM
from anju.tickets.actions import clockwork, telling
from anju.tickets.actions.bench import title
from anju.tickets.actions.case import Case
from anju.tickets.choices import FINISHED, ClockKind, HandoffState, Status
from anju.tickets.models import Clock
from anju.tickets.rules.dispatch import holding, leader

ANSWER_IN = timedelta(hours=2)
NEXT_LEVEL = timedelta(hours=24)
LEVELS = (ClockKind.ESC24, ClockKind.PLAN, ClockKind.COMPANY)
"""Clocks of escalation, from which a ticket suspended with approval is excluded (domain file 04)."""


def dept_of(case: Case) -> str:
    """The department whose supervisor answers: the handler's, else the lead department."""
    handler = case.bench.by_id.get(case.ticket.handler_id or 0)
    return handler.dept if handler and handler.dept != Dept.EXT else case.ticket.lead_dept


def to_supervisor(case: Case, clock: Clock | None = None) -> None:
    """L1: the supervisor answers for it, the handler stays, the owner is told (24 h and one second)."""
    raise_to(case, 1, leader(case.bench.workers, dept_of(case)))
    _next_level(case, ClockKind.PLAN)


def to_manager(case: Case, clock: Clock | None = None) -> None:
    """L2: no plan within 24 h of L1, or the plan's date has passed."""
    manager = next(iter(holding(case.bench.workers, "PM")), None)
    raise_to(case, 2, manager or leader(case.bench.workers, dept_of(case)))
    _next_level(case, ClockKind.COMPANY)


def _next_level(case: Case, kind: ClockKind) -> None:
    """The clock to the next level; none for what is only waiting for the reporter's word."""
    if case.ticket.status not in FINISHED:
        case.start(kind, NEXT_LEVEL)


def to_company(case: Case, clock: Clock | None = None) -> None:
    """L3: the company's quality department is told; the project manager still answers."""
    case.ticket.level = 3
    case.event("escalate", by=SYSTEM, level=3)
    eta = telling.moment(case.now + ANSWER_IN)
    telling.staff(case, holding(case.bench.workers, "QLT"), "T205", eta=eta)


def raise_to(case: Case, level: int, chief: Worker | None) -> None:
    """Move responsibility up to `chief` and tell him and the owner."""
    case.ticket.level = max(case.ticket.level, level)
    case.event("escalate", visible=True, level=level, staff=chief.staff_id if chief else None)
    if chief:
        case.answer_for(chief.staff_id, f"L{level}")
    eta = telling.moment(case.now + ANSWER_IN)
    telling.staff(case, [chief], "T205", eta=eta)
    telling.reporter(case, "T108", who=title(chief), eta=eta)


def handoff_expired(case: Case, clock: Clock) -> None:
    """No answer within the time counts as accepted; responsibility moves (R20.4)."""
    row = case.ticket.handoffs.filter(state=HandoffState.OFFERED).order_by("-seq").first()
    if row is not None:
        move_to_dept(case, row.to_dept, row.leaf_code)
        row.state, row.decided_at = HandoffState.EXPIRED_ACCEPT, case.now
        row.save(update_fields=["state", "decided_at"])


def move_to_dept(case: Case, dept: str, leaf_code: str = "") -> None:
    """The other department has it now: its supervisor answers until a worker takes it."""
    ticket = case.ticket
    if ticket.status == Status.SUSPENDED:  # whoever has it now decides whether it waits
        ticket.suspensions.filter(ended_at=None).update(ended_at=case.now)
        ticket.resume_to = ""
        case.drop(ClockKind.RESUME)
        case.run(ClockKind.RESOLVE, *LEVELS)
    case.event("receive", to=Status.ACCEPTED, visible=True, dept=dept, before=ticket.lead_dept)
    if leaf_code and leaf_code != ticket.leaf_code:
        clockwork.change_leaf(case, leaf_code)
    ticket.lead_dept = dept
    ticket.handler_id = ticket.co_offer_id = ticket.promised_at = None
    ticket.passed_by = []
    ticket.handoff_count += 1
    case.drop(ClockKind.ACCEPT, ClockKind.HANDOFF)
    chief = leader(case.bench.workers, dept)
    if ticket.level < 2:  # then the PM answers, whichever department works on it
        case.answer_for(chief.staff_id if chief else None, "HANDOFF")
    if chief:
        telling.reporter(case, "T108", who=title(chief), eta=telling.moment(case.now + ANSWER_IN))


def withdraw(case: Case) -> None:
    """What was offered to another department has ended otherwise: nobody is waited for any more."""
    case.drop(ClockKind.HANDOFF)
    case.ticket.handoffs.filter(state=HandoffState.OFFERED).update(state=HandoffState.WITHDRAWN, decided_at=case.now)


def offered_for(case: Case) -> timedelta:
    """How long the ticket has been in OFFERED in all (R20.5 d)."""
    rows = case.ticket.handoffs.values_list("offered_at", "decided_at")
    return sum(((decided or case.now) - offered for offered, decided in rows), timedelta())


def lock(case: Case) -> None:
    """Ping-pong: no further hand-offs, red light, the project manager rules in 30 minutes (R20.5)."""
    ticket = case.ticket
    ticket.locked_at = case.now
    case.drop(ClockKind.HANDOFF)
    case.start(ClockKind.RULING, case.bench.span("handoff.ruling_min"))
    case.event("lock", by=SYSTEM, count=ticket.handoff_count)
    judges = holding(case.bench.workers, "PM") or holding(case.bench.workers, "DM")
    telling.staff(case, judges, "T209", n=ticket.handoff_count)


def ruling_by_table(case: Case, clock: Clock) -> None:
    """The manager was silent for 30 minutes: the department of the leaf leads (R20.5)."""
    rule(case, lead=case.ticket.leaf.dept, co=[], subtasks=[], overdue=True)


def rule(case: Case, *, lead: str, co: list[str], subtasks: list[dict[str, object]], overdue: bool = False) -> None:
    """裁定: final for this ticket."""
    ticket = case.ticket
    ticket.ruling = {"lead": lead, "co": co, "subtasks": subtasks, "at": case.now.isoformat(), "overdue": overdue}
    case.event("rule", lead=lead, co=co, subtasks=subtasks, overdue=overdue)
    case.meet(ClockKind.RULING)
    ticket.handoffs.filter(state=HandoffState.OFFERED).update(state=HandoffState.REJECTED, decided_at=case.now)
    if lead != ticket.lead_dept:
        move_to_dept(case, Dept(lead).value)
