"""The clocks of a ticket: started with the report, anew when it is reopened, counted again when its kind was wrong."""

from datetime import datetime, timedelta
from typing import Any

from anju import understanding
from anju.tickets.actions import choosing
from anju.tickets.actions.case import Case
from anju.tickets.choices import CLOCKED_TYPES, UNPROCESSED, ClockKind, ClockState
from anju.tickets.rules import clocks as ticking

RECLASSIFIED = "改派"
"""Why a clock is late that was shortened by a correction of the kind (AT4.7)."""


def start_clocks(case: Case) -> None:
    """RESP, RED, ARRIVE, RESOLVE and ESC24 of domain file 01; PR and SG have no RED and ESC24 (R1.6)."""
    ticket, leaf, bench = case.ticket, case.ticket.leaf, case.bench
    base = ticket.reported_at
    visit = None if ticket.prio == "P0" else ticket.appointment_end  # an emergency waits for no appointment
    waits_from = max(base, ticket.appointment_start or base) if visit else base
    case.start(ClockKind.RESP, _response(case), base=base)
    if ticket.type in CLOCKED_TYPES:
        _start_red(case, waits_from)
    if leaf.arrival_min is not None:
        by_leaf = timedelta(minutes=leaf.arrival_min)
        span = visit - base if visit else by_leaf
        case.start(ClockKind.ARRIVE, span, base=base)
    case.start(ClockKind.RESOLVE, timedelta(minutes=leaf.resolve_min), base=base)
    if ticket.type in CLOCKED_TYPES:
        case.start(ClockKind.ESC24, bench.span("sla.escalate_h"), base=waits_from)


def restart_clocks(case: Case) -> None:
    """New rounds for a reopened ticket: RESP, RED and ESC24 full, half the time to resolve (transition n)."""
    ticket, leaf = case.ticket, case.ticket.leaf
    case.start(ClockKind.RESP, _response(case))
    if ticket.type in CLOCKED_TYPES:
        _start_red(case)
        case.start(ClockKind.ESC24, case.bench.span("sla.escalate_h"))
    case.start(ClockKind.RESOLVE, timedelta(minutes=leaf.resolve_min) / 2)
    if leaf.arrival_min is not None:
        case.start(ClockKind.ARRIVE, timedelta(minutes=leaf.arrival_min))


def _start_red(case: Case, base: datetime | None = None) -> None:
    case.start(ClockKind.RED, case.bench.span("sla.red_min"), base=base, hours=_red_hours(case))


def _red_hours(case: Case) -> str:
    """The hours in which P2 and P3 turn red, where the community has said so; the literal rule is always (R1.5)."""
    by_hours = case.bench.setting("sla.red.calendar") == "SERVICE_HOURS" and case.ticket.prio in ("P2", "P3")
    return str(case.bench.setting("service.hours")) if by_hours else ""


def _response(case: Case) -> timedelta:
    return case.bench.span("sla.response_p0_min" if case.ticket.prio == "P0" else "sla.response_min")


def change_leaf(case: Case, leaf_code: str) -> None:
    """Another kind with its department, priority and deadlines, counted from their base and never later (04, edge
    cases); what turns out to be an emergency starts the chain at once. The caller catches up with what is late now."""
    ticket, leaf = case.ticket, understanding.leaf(leaf_code)
    before, was_emergency = ticket.leaf_code, ticket.leaf.emergency
    source, sure = ticket.leaf_source, ticket.leaf_conf
    ticket.leaf_code, ticket.leaf_source, ticket.leaf_conf = leaf.code, "MANUAL", 1.0
    ticket.type, ticket.prio, ticket.lead_dept = leaf.type, leaf.prio, leaf.dept
    suggested: dict[str, Any] = {"source": source, "confidence": sure, "model": ticket.leaf_model}
    case.event("classify", before=before, leaf=leaf.code, prio=leaf.prio, **suggested)
    _recount(case, leaf)
    if leaf.emergency and not was_emergency:
        choosing.start_emergency(case)


def _recount(case: Case, leaf: understanding.Leaf) -> None:
    ticket = case.ticket
    red = case.clocks.get(ClockKind.RED)
    if red is not None and red.hours and not _red_hours(case):
        case.touched[red.id] = red
        ticking.count_always(red)
    _shorten(case, ClockKind.RESP, timedelta(minutes=leaf.response_min))
    if leaf.arrival_min is not None:
        if ClockKind.ARRIVE not in case.clocks:
            case.start(ClockKind.ARRIVE, timedelta(minutes=leaf.arrival_min), base=ticket.reported_at)
        elif ticket.appointment_end is None or leaf.prio == "P0":
            _shorten(case, ClockKind.ARRIVE, timedelta(minutes=leaf.arrival_min))
    _shorten(case, ClockKind.RESOLVE, timedelta(minutes=leaf.resolve_min))
    _of_the_type(case)


def _of_the_type(case: Case) -> None:
    """RED and ESC24 for what was taken for praise or a suggestion, none for what is one after all (R1.6)."""
    ticket = case.ticket
    if ticket.type not in CLOCKED_TYPES:
        case.drop(ClockKind.RED, ClockKind.ESC24)
    elif ClockKind.RED not in case.clocks or case.clocks[ClockKind.RED].state == ClockState.VOID:
        base = max(ticket.reported_at, ticket.appointment_start or ticket.reported_at)
        _start_red(case, base)
        case.start(ClockKind.ESC24, case.bench.span("sla.escalate_h"), base=base)
        if ticket.status not in UNPROCESSED:
            case.meet(ClockKind.RED)


def _shorten(case: Case, kind: ClockKind, span: timedelta) -> None:
    clock = case.clocks.get(kind)
    if clock is not None and ticking.is_open(clock):
        case.touched[clock.id] = clock
        before = clock.duration_s
        ticking.shorten(clock, int(span.total_seconds()))
        if clock.duration_s < before:
            clock.why = RECLASSIFIED
