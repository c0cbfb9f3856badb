"""Rows of the duty room as JSON."""

from typing import Any

from anju.core import clock
from anju.duty import queries
from anju.duty.models import Callout, Handover, Leave, Pattern, Post, Shift, Swap, Turn
from anju.duty.queries import Report, Standing
from anju.duty.rules.checks import Fault
from anju.duty.rules.spans import instant


def _at(at: Any) -> str | None:
    return clock.iso(at) if at else None


def shift(row: Shift) -> dict[str, Any]:
    plain = ("code", "name", "hours", "begin_min", "length_min", "paid_min", "on_call")
    return {name: getattr(row, name) for name in plain}


def post(row: Post) -> dict[str, Any]:
    plain = ("code", "name", "dept", "role", "certs", "heads", "on_call", "vendor", "guarded")
    held = {name: getattr(row, name) for name in plain}
    until = row.pooled_until
    return held | {"place": row.place.code if row.place else None, "pooled_until": until and until.isoformat()}


def pattern(row: Pattern) -> dict[str, Any]:
    return {"name": row.name, "cycle": row.cycle, "anchor_on": row.anchor_on.isoformat(), "step": row.step}


def turn(row: Turn) -> dict[str, Any]:
    """One turn; its post, shift and person must be at hand."""
    return {
        "id": str(row.id),
        "day": row.day.isoformat(),
        "post": row.post.code,
        "shift": row.shift.code,
        "staff": row.staff.login,
        "begin": clock.iso(row.begin_at),
        "end": clock.iso(row.end_at),
        "state": row.state,
        "on_call": row.shift.on_call,
        "extra": row.extra,
        "pay_rate": row.pay_rate,
        "instead_of": str(row.instead_of_id) if row.instead_of_id else None,
        "checked_in_at": _at(row.checked_in_at),
        "checked_out_at": _at(row.checked_out_at),
    }


def report(found: Report) -> dict[str, Any]:
    """A roster check: holes, what refuses it, what is only said."""
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "clean": found.clean,
        "gaps": [
            {
                "post": found.posts[one.post].code,
                "from": clock.iso(instant(one.begin)),
                "to": clock.iso(instant(one.end)),
                "missing": one.missing,
                "text": queries.gap_words(found, one),
            }
            for one in found.gaps
        ],
        "faults": [_fault(found, one) for one in found.refusing],
        "hints": [
            *(_fault(found, one) for one in found.hints),
            *({"code": "CALENDAR_UNKNOWN", "text": queries.calendar_words(year)} for year in found.unknown_years),
        ],
    }


def _fault(found: Report, one: Fault) -> dict[str, Any]:
    return {"code": one.code, "name": found.names.get(one.staff, ""), "text": queries.fault_words(found, one)}


def standing(one: Standing) -> dict[str, Any]:
    """A post now."""
    return {
        "post": one.post.code if one.post else None,
        "name": one.label,
        "here": [staff.login for staff in one.here],
        "waiting": [staff.login for staff in one.waiting],
        "missing": one.missing,
    }


def leave(row: Leave) -> dict[str, Any]:
    """One leave."""
    return {
        "id": str(row.id),
        "staff": row.staff.login,
        "kind": row.kind,
        "begin": clock.iso(row.begin_at),
        "end": clock.iso(row.end_at),
        "state": row.state,
    }


def swap(row: Swap) -> dict[str, Any]:
    """One swap."""
    return {
        "id": str(row.id),
        "turn": str(row.turn_id),
        "from": row.turn.staff.login,
        "to": row.to.login,
        "back": str(row.back_id) if row.back_id else None,
        "state": row.state,
    }


def handover(row: Handover) -> dict[str, Any]:
    """A sheet with its lines."""
    return {
        "id": str(row.id),
        "turn": str(row.turn_id),
        "post": row.turn.post.code,
        "from": row.turn.staff.login,
        "to": row.to_turn.staff.login if row.to_turn else None,
        "state": row.state,
        "submitted_at": _at(row.submitted_at),
        "accepted_at": _at(row.accepted_at),
        "accepted_by": row.accepted_by.login if row.accepted_by else None,
        "reason": row.reason,
        "lines": [
            {
                "id": str(line.id),
                "kind": line.kind,
                "title": line.title,
                "note": line.note,
                "state": line.state,
                "objection": line.objection,
                "ruling": line.ruling,
            }
            for line in row.lines.all()
        ],
    }


def callout(row: Callout) -> dict[str, Any]:
    """One run of a chain: its frozen steps (counted from 1) and who has been rung."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "item": row.item,
        "place": row.place,
        "state": row.state,
        "step": min(row.step + 1, len(row.steps)),
        "steps": row.steps,
        "reported_at": clock.iso(row.reported_at),
        "due_at": clock.iso(row.due_at),
        "started_at": clock.iso(row.started_at),
        "acked_by": row.acked_by.login if row.acked_by else None,
        "acked_at": _at(row.acked_at),
        "eta": _at(row.eta_at),
        "arrived_at": _at(row.arrived_at),
        "closed_at": _at(row.closed_at),
        "blocked": row.blocked,
        "attempts": [
            {
                "step": min(one.step + 1, len(row.steps)),
                "staff": one.staff.login if one.staff else None,
                "at": clock.iso(one.at),
                "result": one.result,
                "answered_at": _at(one.answered_at),
                "minutes": one.minutes,
            }
            for one in row.attempts.all()
        ],
    }


def hours(one: queries.Hours) -> dict[str, Any]:
    """One person's month; minutes by rate of pay in percent."""
    return {
        "staff": one.login,
        "name": one.name,
        "turns": one.turns,
        "total_min": one.total_min,
        "norm_min": one.norm_min,
        "over_min": one.over_min,
        "night_turns": one.night_turns,
        "by_rate": {str(rate): minutes for rate, minutes in sorted(one.by_rate.items())},
    }
