"""Offering a ticket to somebody: by the rules, by hand, again after a refusal (transition b)."""

from datetime import timedelta

from anju.accounts.choices import Dept
from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.duty import actions as duty
from anju.tickets.actions import telling
from anju.tickets.actions.case import Case
from anju.tickets.choices import ClockKind, Status
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules import dispatch as rules
from anju.understanding import Leaf, question

ACCEPT_MINUTES = {"P0": 5, "P1": 10, "P2": 15, "P3": 15}
QUEUE_FOR = timedelta(minutes=5)


def job(case: Case) -> rules.Job:
    """The ticket as dispatch sees it."""
    ticket, leaf = case.ticket, case.ticket.leaf
    depts: tuple[str, ...] = (ticket.lead_dept,)
    if leaf.arrival_min is not None and not _has_workers(case, ticket.lead_dept):
        depts = (ticket.lead_dept, *leaf.co, *_skilled(case, leaf.code))
    return rules.Job(
        leaf=leaf.code,
        depts=depts,
        prio=ticket.prio,
        zone=_zone(case),
        on_site=leaf.arrival_min is not None,
        passed_by=frozenset(ticket.passed_by),
    )


def _has_workers(case: Case, dept: str) -> bool:
    return any("WK" in one.roles and one.dept == dept for one in case.bench.workers)


def _skilled(case: Case, leaf: str) -> list[str]:
    """Departments whose workers can do it all the same, as cleaners look after the green."""
    return sorted({one.dept for one in case.bench.workers if "WK" in one.roles and leaf in one.skills})


def _zone(case: Case) -> str:
    ticket = case.ticket
    if ticket.room_id and ticket.room:
        return ticket.room.zone
    return ticket.place.zone if ticket.place_id and ticket.place else ""


def best(case: Case) -> list[rules.Candidate]:
    """Everybody who may have it, best first."""
    limit = case.bench.setting("dispatch.max_load")
    return rules.candidates(job(case), case.bench.workers, case.bench.loads, max_load=limit)


def dispatch_by_rules(case: Case) -> None:
    """Offer it to the best candidate, without one to the vendor who maintains the asset; else it waits."""
    if not case.bench.setting("automatic.dispatch") or case.ticket.leaf.arrival_min is None:
        return
    found = best(case)
    if found:
        offer(case, found[0].worker, by=SYSTEM, why=found[0].why() | {"others": len(found) - 1})
    elif not offer_vendor(case):
        queue(case)


def queue(case: Case) -> None:
    """待派单: the supervisor knows at once and CSS in 5 minutes (04, automatic dispatch)."""
    waiting = case.clocks.get(ClockKind.QUEUE)
    if waiting is None or not ticking.is_open(waiting):
        case.start(ClockKind.QUEUE, QUEUE_FOR)
    case.event("no_candidate", by=SYSTEM)
    report_gap(case, [rules.leader(case.bench.workers, case.ticket.lead_dept)])


def offer_vendor(case: Case) -> bool:
    """Offer it to the vendor alone, as when the own technician has declined; False when there is none."""
    vendor = _vendor(case)
    if vendor is None:
        return False
    worker = case.bench.by_id[vendor]
    offer(case, worker, by=SYSTEM, why={"name": worker.name, "vendor": True})
    return True


def report_gap(case: Case, people: list[Worker | None] | list[Worker]) -> None:
    """T211: nobody on duty can take this."""
    label = Dept(case.ticket.lead_dept).label
    telling.staff(case, people, "T211", shift="当班", post=str(label))


def offer(case: Case, worker: Worker, *, by: Scope, why: dict[str, object], verb: str = "dispatch") -> None:
    """DISPATCHED to this worker: T201 and the ACCEPT clock; a vendor with a live contract in parallel for P0."""
    ticket = case.ticket
    case.drop(ClockKind.QUEUE)
    ticket.handler_id = worker.staff_id
    ticket.dispatch_why = why
    vendor = _vendor(case)
    ticket.co_offer_id = vendor if vendor != worker.staff_id else None
    case.event(verb, to=Status.DISPATCHED, by=by, visible=True, staff=worker.staff_id, co=ticket.co_offer_id, why=why)
    case.start(ClockKind.ACCEPT, timedelta(minutes=ACCEPT_MINUTES[ticket.prio]))
    case.bench.loads[worker.staff_id] = case.bench.loads.get(worker.staff_id, 0) + rules.LOAD[ticket.prio]
    telling.offered(case, worker)
    if ticket.co_offer_id:
        telling.offered(case, case.bench.by_id[ticket.co_offer_id])


def _vendor(case: Case) -> int | None:
    """The vendor's person when the asset has a live maintenance contract and the leaf is an emergency."""
    asset = case.ticket.asset
    if asset is None or not case.ticket.leaf.emergency or asset.vendor_until is None:
        return None
    if asset.vendor_until < clock.local(case.now).date():
        return None
    found = [one for one in rules.holding(case.bench.workers, "VEND") if one.staff_id not in case.ticket.passed_by]
    return found[0].staff_id if found else None


def pass_by(case: Case, staff_id: int | None) -> None:
    """Do not offer it to this worker again."""
    if staff_id and staff_id not in case.ticket.passed_by:
        case.ticket.passed_by = [*case.ticket.passed_by, staff_id]


CHAINS = {"EL": "lift", "FS": "fire", "PW": "water", "IN03": "water", "PE": "electric", "GS": "gas"}
"""Leaf code or its first two letters -> the chain of its own that a community may have."""
ON_SITE = timedelta(minutes=30)
EVERYBODY = 10**6
"""In an emergency nobody has too much in hand; who is at another one is passed over by the chain."""


def start_emergency(case: Case) -> None:
    """Before anybody confirms: the emergency chain begins with the technicians of the kind (A.2 step 5, R2.6)."""
    ticket = case.ticket
    able = rules.candidates(job(case), case.bench.workers, case.bench.loads, max_load=EVERYBODY)
    crew = [one.worker.staff_id for one in able]
    case.event("emergency", by=SYSTEM, crew=crew)
    arrive = case.clocks.get(ClockKind.ARRIVE)
    duty.call_out(
        case.bench.community,
        subject=ticket.subject,
        kind=CHAINS.get(ticket.leaf_code) or CHAINS.get(ticket.leaf_code[:2]) or "default",
        dept=ticket.lead_dept,
        item=ticket.leaf.short,
        place=ticket.where or case.bench.community.name,
        crew=crew,
        reported_at=ticket.reported_at,
        due_at=arrive.deadline if arrive and arrive.deadline else ticket.reported_at + ON_SITE,
        by=SYSTEM,
    )


def suspect_emergency(case: Case, suspected: Leaf, keeper: Worker | None) -> None:
    """It may be an emergency: the reporter is asked one question, the agent is alerted at the same moment (A.2)."""
    asked = question(suspected)
    case.event("suspect", by=SYSTEM, visible=True, leaf=suspected.code, question=asked)
    telling.reporter(case, "T122", question=asked)
    where = case.ticket.where or case.bench.community.name
    telling.staff(case, [keeper], "T215", item=suspected.short, place=where, question=asked)
