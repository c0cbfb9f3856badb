"""A ticket as one asker may see it: the only way by which its personal data leave this room (16.1, 16.2).

Doors render `Shown`, never the row. What the asker may not see is masked here, so that a full value cannot reach a
template, an API answer or an error by being forgotten about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anju.accounts.choices import Dept
from anju.accounts.models import Staff
from anju.core.scope import Scope
from anju.estate.models import Asset, Place
from anju.tickets import access
from anju.tickets.choices import ENDED, OWNER_WORDS, Channel, ClockKind, Light, Prio, Reason, Status, Type
from anju.tickets.models import Ticket
from anju.tickets.queries.lines import Line
from anju.tickets.rules import flow
from anju.vault import policy

IN_HAND = frozenset({Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS, Status.SUSPENDED, Status.PENDING_ACCEPTANCE})


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reported it, as far as the asker may see; `closed` names the fields he may look at for a reason (R16.2)."""

    name: str
    phone: str
    room: str
    can_call: bool = False
    closed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One ticket for one asker. Labels are in the reader's language; `mine` is the reporter's own view."""

    no: str
    community: str
    type: str
    type_label: str
    leaf: str
    leaf_name: str
    leaf_words: Sequence[str]
    confidence: float
    prio: str
    prio_label: str
    status: str
    status_label: str
    light: str
    reason: str
    reason_label: str
    clock: str
    clock_label: str
    due_at: datetime | None
    was_red: bool
    title: str
    text: str
    result: str
    reporter: Reporter
    where: str
    place: str
    asset: str
    first_contact_id: int | None
    accountable_id: int | None
    handler_id: int | None
    accountable: str
    handler: str
    lead_dept: str
    dept_label: str
    channel: str
    channel_label: str
    reported_at: datetime
    created_at: datetime
    closed_at: datetime | None
    promised_at: datetime | None
    flags: Sequence[str]
    photos: int
    version: int
    mine: bool


def show(scope: Scope, ticket: Ticket) -> Shown:
    """The ticket as `scope` may see it. Needs place, room, asset, handler and accountable loaded; opens sealed text
    only where it is shown."""
    mine = access.is_reporter(scope, ticket)
    status = Status(ticket.status)
    return Shown(
        no=ticket.no,
        community=ticket.community.name,
        type=ticket.type,
        type_label=str(Type(ticket.type).label),
        leaf=ticket.leaf_code,
        leaf_name=ticket.leaf.name,
        leaf_words=() if mine else ticket.leaf_words,
        confidence=ticket.leaf_conf,
        prio=ticket.prio,
        prio_label=str(Prio(ticket.prio).label),
        status=ticket.status,
        status_label=str(OWNER_WORDS[status] if mine else status.label),
        light=ticket.light,
        reason=ticket.light_reason,
        reason_label=str(Reason(ticket.light_reason).label),
        clock=ticket.light_clock,
        clock_label=str(ClockKind(ticket.light_clock).label) if ticket.light_clock else "",
        due_at=ticket.due_at,
        was_red=ticket.was_red,
        title=text_for(scope, ticket, ticket.title),
        text=text_for(scope, ticket, ticket.text),
        result=text_for(scope, ticket, ticket.result),
        reporter=reporter(scope, ticket),
        where=where(scope, ticket),
        place=_name(ticket.place),
        asset=_name(ticket.asset),
        first_contact_id=ticket.first_contact_id,
        accountable_id=ticket.accountable_id,
        handler_id=ticket.handler_id,
        accountable=_name(ticket.accountable),
        handler=_name(ticket.handler),
        lead_dept=ticket.lead_dept,
        dept_label=str(Dept(ticket.lead_dept).label),
        channel=ticket.channel,
        channel_label=str(Channel(ticket.channel).label),
        reported_at=ticket.reported_at,
        created_at=ticket.created_at,
        closed_at=ticket.closed_at,
        promised_at=ticket.promised_at,
        flags=flags(ticket),
        photos=ticket.photo_count,
        version=ticket.version,
        mine=mine,
    )


def _name(thing: Place | Asset | Staff | None) -> str:
    return thing.name if thing else ""


def show_all(scope: Scope, tickets: Iterable[Ticket]) -> list[Shown]:
    """Many tickets; no query of its own."""
    return [show(scope, ticket) for ticket in tickets]


def sight(scope: Scope, ticket: Ticket | Line) -> policy.Sight:
    """How much the asker sees of whoever this ticket is about: more while it is open and in his hands."""
    in_hand = access.works_on(scope, ticket) and Status(ticket.status) in IN_HAND
    mine = access.is_reporter(scope, ticket)
    return policy.sight(scope, ticket.community_id, mine=mine, in_hand=in_hand, leaf=ticket.leaf_code)


def reporter(scope: Scope, ticket: Ticket) -> Reporter:
    """Name, phone and room of the reporter by table 16.2."""
    seen = sight(scope, ticket)
    name = seen.look("name", ticket.reporter.name if ticket.reporter_id and ticket.reporter else "")
    phone = seen.look("phone", ticket.reporter_phone)
    room = seen.look("room", ticket.room.room_no if ticket.room_id and ticket.room else "")
    return Reporter(
        name=name.text,
        phone=phone.text,
        room=_room(seen, ticket),
        can_call=phone.can_call,
        closed=tuple(
            field for field, one in (("name", name), ("phone", phone), ("room", room)) if one.can_reveal and one.text
        ),
    )


def _room(seen: policy.Sight, ticket: Ticket) -> str:
    if not ticket.room_id or ticket.room is None:
        return ""
    if seen.letter("room") == "F":
        return ticket.room.full_code
    return seen.show("room", ticket.room.room_no)


def where(scope: Scope, ticket: Ticket | Line) -> str:
    """The place in one line: a public place by name, a home as its address or as 户内 and the masked number."""
    if ticket.spot or not ticket.room_id or (room := ticket.room) is None:
        return ticket.spot
    seen = sight(scope, ticket)
    shown = room.address if seen.letter("room") == "F" else f"{_('户内')} {seen.show('room', room.room_no)}"
    return shown.strip()


def text_for(scope: Scope, ticket: Ticket | Line, text: str) -> str:
    """A remark of the ticket's story as the asker may read it."""
    if not text or scope.is_system:
        return text
    return sight(scope, ticket).text(text, ticket.hotline)


def flags(ticket: Ticket | Line) -> list[str]:
    """Short words beside the title: 催2 并3 图2 补录 曾红 锁定待裁 重开1."""
    found = (
        (ticket.locked_at is not None and not ticket.ruling, gettext_noop("锁定待裁")),
        (ticket.urge_count, gettext_noop("催%(n)d")),
        (ticket.child_count, gettext_noop("并%(n)d")),
        (ticket.reopen_count, gettext_noop("重开%(n)d")),
        (ticket.late_entry, gettext_noop("补录")),
        (ticket.was_red and ticket.light != Light.RED, gettext_noop("曾红")),
        (ticket.photo_count, gettext_noop("图%(n)d")),
    )
    return [_(word) % {"n": holds} for holds, word in found if holds]


def next_actions(scope: Scope, ticket: Ticket) -> list[str]:
    """Action names this asker may do now, by the state table and his rights, in the order of the work."""
    from_state = [action for action in ORDER if flow.may(action, ticket.status)]
    return [action for action in from_state if access.can_do(scope, action, ticket) and _makes_sense(action, ticket)]


ORDER = (
    "accept",
    "dispatch",
    "take",
    "start",
    "finish",
    "confirm",
    "resume",
    "reopen",
    "answer",
    "reject",
    "transfer",
    "decline",
    "return",
    "delay",
    "suspend",
    "quote",
    "confirm_quote",
    "refuse_quote",
    "classify",
    "plan",
    "offer",
    "receive",
    "refuse",
    "rule",
    "merge",
    "split",
    "refer",
    "escalate",
    "urge",
    "note",
    "reply",
    "contact",
    "close",
    "cancel",
    "first_contact",
)


def _makes_sense(action: str, ticket: Ticket) -> bool:
    if ticket.master_id is not None and action not in flow.OF_CHILDREN:
        return False
    if action == "rule":
        return ticket.locked_at is not None and not ticket.ruling
    if action == "offer":
        return ticket.locked_at is None
    if action == "split":
        return ticket.master_id is not None
    if action == "contact":
        return ticket.handler_id is not None
    return ticket.status not in ENDED or action in ("reopen", "note", "reply", "first_contact")
