"""What happens by itself: every reaction to a clock, in order, each at its own true time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from anju.core import clock as times
from anju.core.scope import SYSTEM
from anju.tickets.actions import choosing, escalating, telling
from anju.tickets.actions.case import Case
from anju.tickets.choices import ClockKind, CloseCode, QuoteState, Status
from anju.tickets.models import Clock
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules import flow
from anju.tickets.rules.dispatch import holding, leader

LEFT_AT_WARNING = 300


def catch_up(case: Case) -> None:
    """Run every reaction that is due, so that what a person does now finds the ticket as it must be."""
    catch_up_all([case], case.now)


def catch_up_all(cases: Sequence[Case], until: datetime) -> None:
    """The same for many tickets: what was missed runs in the order of its due time, whichever ticket it belongs to."""
    waiting = [(moment[0], index) for index, case in enumerate(cases) if (moment := case.next_moment())]
    heapify(waiting)
    while waiting and waiting[0][0] <= until:
        _at, index = heappop(waiting)
        _next(cases[index])
        moment = cases[index].next_moment()
        if moment:
            heappush(waiting, (moment[0], index))


def _next(case: Case) -> None:
    """The next reaction of one ticket, at its true time."""
    moment = case.next_moment()
    if moment is None:
        return
    now, by = case.now, case.by
    case.by, case.now = SYSTEM, moment[0]
    _react(case, moment[1], moment[2])
    case.relight()
    case.now, case.by = now, by


def _react(case: Case, clock: Clock, what: str) -> None:
    case.touched[clock.id] = clock
    if what == "warn":
        clock.warned += 1
        WARNINGS.get(clock.kind, _only_light)(case, clock)
        return
    if clock.kind in QUIET:
        ticking.meet(clock, case.now)
    else:
        ticking.breach(clock, case.now)
        case.event("breach", clock=clock.kind, deadline=clock.deadline and clock.deadline.isoformat())
    BREACHES[clock.kind](case, clock)


def _only_light(case: Case, clock: Clock) -> None:
    """The colour is decided by `relight`; nothing else happens."""


def _respond_soon(case: Case, clock: Clock) -> None:
    """T202, unless it is already too late when we come to it: then "five minutes left" would not be true."""
    five_left = clock.duration_s - ticking.used(clock, case.now) == LEFT_AT_WARNING
    if five_left and clock.deadline is not None and times.now() <= clock.deadline:
        telling.staff(case, holding(case.bench.workers, "CS", "OUT", on_shift=True), "T202")


def _ask_again(case: Case, clock: Clock) -> None:
    if case.ticket.type in flow.STARRED and not case.ticket.visit_due:
        telling.reporter(case, "T107")


def _not_answered(case: Case, clock: Clock) -> None:
    who = telling.name_of(case, case.ticket.accountable_id)
    telling.staff(case, holding(case.bench.workers, "CSS"), "T203", who=who)


def _not_taken(case: Case, clock: Clock) -> None:
    ticket = case.ticket
    if ticket.status == Status.DISPATCHED and not ticket.redispatched and case.bench.setting("automatic.dispatch"):
        ticket.redispatched = True
        choosing.pass_by(case, ticket.handler_id)
        case.event("redispatch", to=Status.ACCEPTED, staff=ticket.handler_id)
        ticket.handler_id = None
        choosing.dispatch_by_rules(case)
        return
    chief = leader(case.bench.workers, ticket.lead_dept)
    telling.staff(case, [chief], "T203", who=telling.name_of(case, ticket.handler_id))


def _not_there(case: Case, clock: Clock) -> None:
    ticket = case.ticket
    if ticket.prio == "P0":
        who = telling.name_of(case, ticket.handler_id or ticket.accountable_id)
        telling.staff(case, holding(case.bench.workers, "DM", "PM"), "T208", who=who)


def _red(case: Case, clock: Clock) -> None:
    ticket, workers = case.ticket, case.bench.workers
    chief = leader(workers, ticket.lead_dept)
    people = [ticket.handler_id or ticket.accountable_id, chief, *holding(workers, "CSS")]
    who = telling.name_of(case, ticket.handler_id or ticket.accountable_id)
    telling.staff(case, people, "T204", who=who)


def _nobody_yet(case: Case, clock: Clock) -> None:
    choosing.report_gap(case, holding(case.bench.workers, "CSS"))


def _resume(case: Case, clock: Clock) -> None:
    from_wait(case)
    tell_it_counts(case)


def tell_it_counts(case: Case) -> None:
    """T214 to the worker: it counts again, until then."""
    resolve = case.clocks.get(ClockKind.RESOLVE)
    eta = resolve.deadline if resolve and resolve.deadline else case.now + timedelta(hours=2)
    telling.staff(case, [case.ticket.handler_id], "T214", eta=telling.moment(eta))


def from_wait(case: Case) -> None:
    """挂起 ends: back to where it was, and the clocks count on."""
    ticket = case.ticket
    case.event("resume", to=Status(ticket.resume_to or Status.TAKEN), visible=True)
    ticket.resume_to = ""
    ticket.suspensions.filter(ended_at=None).update(ended_at=case.now)
    case.drop(ClockKind.RESUME)
    case.run(ClockKind.RESOLVE, *escalating.LEVELS)


def _quote_expired(case: Case, clock: Clock) -> None:
    case.ticket.quotes.filter(state=QuoteState.SENT).update(state=QuoteState.EXPIRED, answered_at=case.now)
    case.event("quote_expired", visible=True)


def _confirmed_by_time(case: Case, clock: Clock) -> None:
    confirm(case, auto=True)


def confirm(case: Case, *, auto: bool = False, call_id: str = "") -> None:
    """验收通过: stars are asked for; a missing rating stays missing (transition k)."""
    case.event("confirm", to=Status.PENDING_VISIT, visible=True, auto=auto, call_id=call_id)
    ask_for_stars(case)


def ask_for_stars(case: Case) -> None:
    """T107, and seven days to answer (R19.1)."""
    case.start(ClockKind.VISIT, case.bench.span("rating.window_days"))
    if case.ticket.type in flow.STARRED:
        telling.reporter(case, "T107")


def _unrated(case: Case, clock: Clock) -> None:
    if not case.ticket.visit_due:
        case.ticket.close_code = CloseCode.UNRATED
        case.event("close", to=Status.CLOSED, visible=True, code=CloseCode.UNRATED.value)


WARNINGS: dict[str, Callable[[Case, Clock], None]] = {
    ClockKind.RESP: _respond_soon,
    ClockKind.VISIT: _ask_again,
}
QUIET = frozenset({ClockKind.RESUME, ClockKind.AUTO_ACCEPT, ClockKind.VISIT, ClockKind.QUOTE, ClockKind.QUEUE})
"""Clocks whose end is a step of the procedure, not somebody's lateness."""
BREACHES: dict[str, Callable[[Case, Clock], None]] = {
    ClockKind.RESP: _not_answered,
    ClockKind.ACCEPT: _not_taken,
    ClockKind.ARRIVE: _not_there,
    ClockKind.RED: _red,
    ClockKind.RESOLVE: _only_light,
    ClockKind.ESC24: escalating.to_supervisor,
    ClockKind.PLAN: escalating.to_manager,
    ClockKind.COMPANY: escalating.to_company,
    ClockKind.QUEUE: _nobody_yet,
    ClockKind.RESUME: _resume,
    ClockKind.QUOTE: _quote_expired,
    ClockKind.HANDOFF: escalating.handoff_expired,
    ClockKind.RULING: escalating.ruling_by_table,
    ClockKind.AUTO_ACCEPT: _confirmed_by_time,
    ClockKind.VISIT: _unrated,
}
