"""A ticket as JSON, for staff and for the owner side (lab.md; OWNER of domain file 01)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.feedback import queries as feedback
from anju.journal.models import Entry
from anju.notify.queries import Told
from anju.tickets import queries
from anju.tickets.models import Clock, Ticket
from anju.tickets.queries import Shown, TicketFacts
from anju.tickets.rules.tasks import tasks

FROM, TO = "from", "to"
PEOPLE = ("staff", "before", "co")


def when(at: datetime | None) -> str | None:
    """An instant with the Shanghai offset."""
    return clock.iso(at) if at else None


def whole(scope: Scope, ticket: Ticket, *, fresh: bool = False) -> dict[str, Any]:
    """Everything of a ticket the caller holds; `fresh` when it was made just now."""
    facts = queries.facts_of(scope, ticket, fresh=fresh)
    shown = queries.show(scope, ticket)
    logins = facts.logins
    body = _base(shown, ticket) | {
        "events": [_event(scope, ticket, row, logins) for row in facts.entries],
        "messages": [_message(scope, ticket, one) for one in facts.told],
        "photos": [
            {"url": f"/api/v1/files/{one.file.token}", "stage": one.stage, "at": when(one.at)} for one in facts.photos
        ],
        "quote": _quote(facts),
        "rating": None if fresh else _rating(scope, ticket),
        **_people(ticket, logins),
        "master": ticket.master.no if ticket.master else None,
    }
    if scope.is_owner_side:
        return _with_code(scope, ticket, body)
    return (
        body
        | _inside(shown, ticket)
        | {
            "clocks": [_clock(one) for one in facts.clocks],
            "children": [child.no for child in facts.children],
            "suspension": None if fresh else _suspension(ticket),
            "dispatch_why": ticket.dispatch_why,
            "tasks": _tasks(scope, ticket),
            "next": queries.next_actions(scope, ticket),
        }
    )


def _tasks(scope: Scope, ticket: Ticket) -> list[dict[str, Any]]:
    """What each department has to do by the ruling."""
    return [
        {
            "number": one.number,
            "dept": one.dept,
            "text": queries.text_for(scope, ticket, one.text),
            "due": one.due or None,
            "lead": one.lead,
            "done_at": one.done_at or None,
        }
        for one in tasks(ticket.ruling)
    ]


def _with_code(scope: Scope, ticket: Ticket, body: dict[str, Any]) -> dict[str, Any]:
    """With what the reporter reads out to whoever has come, while somebody is to come."""
    return body | {"arrival_code": queries.arrival_code(scope, ticket) or None}


def _people(ticket: Ticket, logins: Mapping[int, str]) -> dict[str, str | None]:
    """The names of staff are their logins."""
    held = ("first_contact", "accountable", "handler")
    return {name: logins.get(getattr(ticket, f"{name}_id") or 0) for name in held}


def line(scope: Scope, ticket: Ticket) -> dict[str, Any]:
    """A ticket in a list: no query of its own."""
    shown = queries.show(scope, ticket)
    people = {"accountable": shown.accountable or None, "handler": shown.handler or None}
    return _base(shown, ticket) | people | ({} if scope.is_owner_side else _inside(shown, ticket))


def _base(shown: Shown, ticket: Ticket) -> dict[str, Any]:
    return {
        "no": shown.no,
        "community": ticket.community.code,
        "type": shown.type,
        "leaf": shown.leaf,
        "leaf_name": shown.leaf_name,
        "prio": shown.prio,
        "status": shown.status,
        "status_label": shown.status_label,
        "title": shown.title,
        "text": shown.text,
        "result": shown.result,
        "reporter": {"name": shown.reporter.name, "phone": shown.reporter.phone, "room": shown.reporter.room},
        "where": shown.where,
        "place": shown.place or None,
        "asset": ticket.asset.code if ticket.asset else None,
        "channel": shown.channel,
        "reported_at": when(shown.reported_at),
        "created_at": when(shown.created_at),
        "closed_at": when(shown.closed_at),
        "close_code": ticket.close_code or None,
        "promised_at": when(shown.promised_at),
        "reopen_count": ticket.reopen_count,
        "urge_count": ticket.urge_count,
        "version": shown.version,
    }


def _inside(shown: Shown, ticket: Ticket) -> dict[str, Any]:
    return {
        "light": shown.light,
        "reason": shown.reason,
        "reason_label": shown.reason_label,
        "was_red": shown.was_red,
        "due": {"clock": shown.clock, "at": when(shown.due_at)} if shown.clock else None,
        "confidence": shown.confidence,
        "words": list(shown.leaf_words),
        "lead_dept": shown.lead_dept,
        "level": ticket.level,
        "late_entry": ticket.late_entry,
        "plan_due_at": when(ticket.plan_due_at),
        "handoff_count": ticket.handoff_count,
        "locked": ticket.locked_at is not None and not ticket.ruling,
    }


def _clock(one: Clock) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "base": when(one.base),
        "deadline": when(one.deadline),
        "duration_s": one.duration_s,
        "used_s": one.used_s,
        "state": one.state,
        "met_at": when(one.met_at),
        "breached_at": when(one.breached_at),
        "why": one.why,
    }


def _event(scope: Scope, ticket: Ticket, row: Entry, logins: Mapping[int, str]) -> dict[str, Any]:
    data = {name: _login(value, logins) if name in PEOPLE else value for name, value in row.data.items()}
    inside = {} if scope.is_owner_side else {"data": data}
    return {
        "seq": row.seq,
        "action": row.verb.removeprefix("tickets."),
        "from": data.pop(FROM, None),
        "to": data.pop(TO, None),
        "actor": _actor(row, logins),
        "role": row.actor_kind,
        "at": when(row.at),
        "client_at": when(row.client_at),
        "doubt": data.get("doubt", ""),
        "visible_to_owner": row.visible,
        "reason": queries.text_for(scope, ticket, row.note) if row.note else data.get("reason"),
        **inside,
    }


def _login(value: Any, logins: Mapping[int, str]) -> Any:
    """Of a person; `before` and `co` are leaves or departments in some entries."""
    return logins.get(value, value) if isinstance(value, int) else value


def _actor(row: Entry, logins: Mapping[int, str]) -> str:
    if row.actor_kind == "staff":
        return logins.get(row.actor_id or 0, "")
    return _("系统") if row.actor_kind == "system" else _("报事人")


def _message(scope: Scope, ticket: Ticket, one: Told) -> dict[str, Any]:
    return {
        "template": one.template,
        "channel": one.channel,
        "to": one.to_kind,
        "state": one.state,
        "reason": one.reason,
        "at": when(one.sent_at or one.at),
        "delivered_at": when(one.delivered_at),
        "body": queries.text_for(scope, ticket, one.body),
    }


def _quote(facts: TicketFacts) -> dict[str, Any] | None:
    if not facts.quotes:
        return None
    last = facts.quotes[-1]
    return {
        "total_fen": last.total_fen,
        "material_fen": last.material_fen,
        "labour_fen": last.labour_fen,
        "lines": last.lines,
        "state": last.state,
        "at": when(last.at),
    }


def _rating(scope: Scope, ticket: Ticket) -> dict[str, Any] | None:
    """The stars: at once for the reporter and for those who call, for others when they are final (R19.2)."""
    given = feedback.standing(scope, ticket).rating or feedback.stars_of(scope, [ticket.id]).get(ticket.id)
    return {"stars": given.stars, "chips": given.chips, "at": when(given.at)} if given else None


def _suspension(ticket: Ticket) -> dict[str, Any] | None:
    last = ticket.suspensions.order_by("-id").first()
    if last is None:
        return None
    state = "REQUESTED" if last.from_at is None else "ENDED" if last.ended_at else "RUNNING"
    return {
        "reason": last.reason,
        "resume_at": when(last.resume_at),
        "state": state,
        "approved": last.approved_by_id is not None,
    }
