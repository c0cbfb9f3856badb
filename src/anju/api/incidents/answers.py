"""Incidents as JSON."""

from typing import Any

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.incidents import queries
from anju.incidents.models import Bulletin, Call, Drill, Incident, Slot, Step


def _at(at: Any) -> str | None:
    return clock.iso(at) if at else None


def _login(staff: Any) -> str | None:
    return staff.login if staff else None


def line(row: Incident) -> dict[str, Any]:
    """One of a list."""
    return {
        "no": row.no,
        "plan": row.kind,
        "plan_version": row.plan_version,
        "leaf": row.leaf_code,
        "level": row.level,
        "state": row.state,
        "is_drill": row.is_drill,
        "place": row.place,
        "place_ids": row.place_codes,
        "opened_at": clock.iso(row.opened_at),
        "t0": clock.iso(row.t0),
        "opened_by": _login(row.opened_by),
        "commander": _login(row.commander),
        "group_id": row.group_id,
        "interval_min": row.interval_min,
        "eta": _at(row.eta_at),
        "version": row.version,
    }


def whole(row: Incident) -> dict[str, Any]:
    """The incident with its crew, steps, grid, bulletins, tickets and timeline."""
    board = queries.board(row)
    return (
        line(row)
        | {
            "role_assignments": [call(one) for one in board.calls],
            "step_logs": [step(one) for one in board.steps],
            "slots": [slot(one) for one in board.slots],
            "bulletins": [bulletin(one) for one in board.bulletins],
            "drafts": [bulletin(one) for one in board.drafts],
            "tickets": [one.no for one in board.tickets],
            "affected_rooms": board.rooms,
            "next_bulletin_at": _at(board.next_at),
            "repair_due_at": _at(board.repair_due),
            "veto": [one.no for one in board.steps if one.wrong_at],
            "events": events(board),
        }
        | _course(row)
    )


def _course(row: Incident) -> dict[str, Any]:
    """How it goes: the time that is promised, the states so far."""
    return {
        "eta_required": row.eta_is_owed,
        "eta_asked_at": _at(row.eta_asked_at),
        "cause": row.cause,
        "missing": row.missing,
        "close_conditions": row.conditions,
        "controlled_at": _at(row.controlled_at),
        "restored_at": _at(row.restored_at),
        "closed_at": _at(row.closed_at),
        "verified_by": _login(row.verified_by),
        "recurrences": row.recurrences,
        "review_due_on": row.review_due_on and row.review_due_on.isoformat(),
        "reviewed_at": _at(row.reviewed_at),
        "real_mix": row.mixed_at is not None,
    }


def events(board: "queries.Board") -> list[dict[str, Any]]:
    """The timeline: the internal room."""
    names = accounts.logins({one.actor_id for one in board.timeline if one.actor_kind == "staff" and one.actor_id})
    return [
        {
            "seq": one.seq,
            "action": one.verb.partition(".")[2],
            "actor": names.get(one.actor_id or 0, one.actor_kind),
            "at": clock.iso(one.at),
            "data": one.data,
            "text": one.note,
        }
        for one in board.timeline
    ]


def call(one: Call) -> dict[str, Any]:
    """Somebody in a role; `also` the other incident that needs him."""
    return {
        "role": one.role,
        "staff": one.staff.login,
        "called_at": clock.iso(one.called_at),
        "ack_due_at": clock.iso(one.due_at),
        "ack_at": _at(one.ack_at),
        "state": one.state,
        "also": one.also.no if one.also else None,
    }


def step(one: Step) -> dict[str, Any]:
    """One step of the plan."""
    return {
        "no": one.no,
        "role": one.role,
        "text": one.text,
        "target_min": one.target_min,
        "evidence": one.evidence,
        "weight": one.weight,
        "due": clock.iso(one.due_at),
        "done_at": _at(one.done_at),
        "by": _login(one.by),
        "note": one.note,
        "photo": one.photo_id is not None,
        "wrong_by": _login(one.wrong_by),
        "wrong_at": _at(one.wrong_at),
    }


def slot(one: Slot) -> dict[str, Any]:
    """One interval of the grid."""
    state = "MET" if one.met_at else "MISSED" if one.missed_at else "OPEN"
    return {
        "seq": one.seq,
        "due_at": clock.iso(one.due_at),
        "state": state,
        "met_at": _at(one.met_at),
        "missed_at": _at(one.missed_at),
    }


def bulletin(one: Bulletin) -> dict[str, Any]:
    """One bulletin, or a draft."""
    return {
        "id": str(one.id),
        "seq": one.seq,
        "slot": one.slot.seq if one.slot else None,
        "due_at": _at(one.slot.due_at) if one.slot else None,
        "posted_at": _at(one.posted_at),
        "audience": one.audience,
        "text": one.text,
        "eta": _at(one.eta_at),
        "next_at": _at(one.next_at),
        "author": _login(one.author),
        "approved_by": _login(one.approved_by),
        "told": one.told,
    }


def report(scope: Scope, row: Incident) -> dict[str, Any]:
    """The report that writes itself."""
    found = queries.report(scope, row)
    return {
        "no": row.no,
        "late": [
            {"what": one.what, "who": one.who, "due_at": clock.iso(one.due), "at": _at(one.at), "late_s": one.late_s}
            for one in found.late
        ],
        "bulletins": [
            {
                "seq": one.bulletin.seq,
                "posted_at": _at(one.bulletin.posted_at),
                "told": one.told,
                "delivered": one.delivered,
                "read": one.read,
                "unreachable": one.lost,
            }
            for one in found.reach
        ],
        "unreachable": list(found.unreachable),
        "affected_rooms": found.rooms,
        "affected_people": found.people,
        "slots_met": found.met,
        "slots_missed": found.missed,
        "review_due_on": row.review_due_on and row.review_due_on.isoformat(),
        "reviewed_at": _at(row.reviewed_at),
        "review": row.review,
        "improvements": [
            {
                "id": str(one.id),
                "what": one.what,
                "who": one.who.login,
                "due_on": one.due_on.isoformat(),
                "state": queries.shown_state(one).value,
                "done_at": _at(one.done_at),
            }
            for one in found.improvements
        ],
        "score": score(found.outcome),
    }


def score(found: "queries.Outcome | None") -> dict[str, Any] | None:
    """The points of a drill."""
    if found is None:
        return None
    return {
        "parts": found.score.parts,
        "total": found.score.total,
        "veto": list(found.score.veto),
        "passed": found.passed,
        "repeat_by": found.repeat_by and found.repeat_by.isoformat(),
    }


def drill(row: Drill) -> dict[str, Any]:
    """A drill as planned."""
    return {
        "id": str(row.id),
        "plan": row.kind,
        "place": row.place,
        "place_ids": row.place_codes,
        "starts_at": clock.iso(row.starts_at),
        "noticed_at": _at(row.noticed_at),
        "is_notice_given": row.noticed_at is not None,
        "observer": _login(row.observer),
        "incident": row.incident.no if row.incident else None,
        "speech": row.speech,
        "records": row.records,
        "score": score(queries.score_of(row.incident)) if row.incident else None,
    }


def notice(one: queries.Notice) -> dict[str, Any]:
    """What residents read."""
    return {
        "no": one.no,
        "plan": one.kind,
        "place": one.place,
        "state": one.state.value,
        "opened_at": clock.iso(one.opened_at),
        "text": one.text,
        "posted_at": _at(one.posted_at),
        "eta": _at(one.eta),
        "next_bulletin_at": _at(one.next_at),
    }
