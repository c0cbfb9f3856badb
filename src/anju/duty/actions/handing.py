"""交接: the outgoing person submits a sheet on which everything open has a line; the next accepts, disputes, or forces."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access, news
from anju.duty.actions.attending import done
from anju.duty.actions.attending import held as held_turn
from anju.duty.actions.telling import staff_notice
from anju.duty.choices import HandoverState, LineKind, LineState, TurnState
from anju.duty.models import Handover, Line, Turn
from anju.duty.queries.handing import OpenItem, open_items
from anju.estate.defaults import setting
from anju.journal import actions as journal
from anju.notify import actions as notify

LAST_MINUTES = timedelta(minutes=30)
NEIGHBOUR = timedelta(minutes=60)
"""The next turn of the post begins about when this one ends."""


@transaction.atomic
def open_sheet(turn: Turn, *, by: Scope) -> Handover:
    """The sheet of one's turn with a line for everything open; opened again, it has what is new.

    Raises Refused NOT_ALLOWED (403), TURN_STATE (409).
    """
    row = held_turn(turn)
    if not access.may_check_in(by, row):
        raise Refused("NOT_ALLOWED", _("只能交自己的班"), status=403)
    if row.state not in (TurnState.CHECKED_IN, TurnState.DONE):
        raise Refused("TURN_STATE", _("到岗以后才能交班"), status=409, data={"state": row.state})
    sheet, _new = Handover.objects.get_or_create(turn=row, defaults={"community_id": row.community_id})
    if sheet.state == HandoverState.DRAFT:
        sheet.to_turn = next_turn(row)
        sheet.save(update_fields=["to_turn"])
        _list(sheet, _missing(sheet, row))
    return sheet


def next_turn(row: Turn) -> Turn | None:
    """Who takes the post over."""
    rows = Turn.objects.filter(
        post_id=row.post_id,
        begin_at__range=(row.end_at - NEIGHBOUR, row.end_at + NEIGHBOUR),
        state__in=(TurnState.PUBLISHED, TurnState.CHECKED_IN),
    )
    return rows.exclude(staff_id=row.staff_id).exclude(shift__on_call=True).order_by("begin_at", "id").first()


def _missing(sheet: Handover, row: Turn) -> list[OpenItem]:
    listed = set(sheet.lines.values_list("ref_type", "ref_id"))
    return [item for item in [*_vacant(row), *open_items(row)] if item.ref not in listed]


def _vacant(row: Turn) -> list[OpenItem]:
    """Posts that are empty while this one changes hands."""
    absent = Turn.objects.filter(
        community_id=row.community_id, state=TurnState.ABSENT, begin_at__lt=row.end_at, end_at__gt=clock.now()
    ).select_related("post", "shift", "staff")
    taken = set(Turn.objects.filter(instead_of__in=absent).values_list("instead_of_id", flat=True))
    return [
        OpenItem(LineKind.VACANT, ("turn", one.id), f"{one.post.name} {one.shift.name} {one.staff.name}")
        for one in absent
        if one.id not in taken
    ]


def _list(sheet: Handover, items: list[OpenItem]) -> None:
    for item in items:
        Line.objects.create(
            community_id=sheet.community_id,
            handover=sheet,
            kind=item.kind,
            ref_type=item.ref[0],
            ref_id=item.ref[1],
            title=item.title[:80],
        )


@transaction.atomic
def add_line(sheet: Handover, *, title: str, by: Scope, note: str = "", line: Line | None = None) -> Line:
    """A matter of one's own (keys, tools, cash, readings), or with `line` a word to one that is listed."""
    row = _locked(sheet)
    _only_outgoing(row, by)
    _in_state(row, HandoverState.DRAFT)
    wording, words = text.one_line(title), text.clean(note)
    if line is not None:
        line.note = words
        line.save(update_fields=["note"])
        return line
    if not wording:
        raise Refused("TEXT_REQUIRED", _("请先写内容"), fields={"title": _("请先写内容")})
    return Line.objects.create(
        community_id=row.community_id, handover=row, kind=LineKind.ITEM, title=wording[:80], note=words
    )


@transaction.atomic
def submit(sheet: Handover, *, by: Scope) -> Handover:
    """Within the last 30 minutes of the turn; T210 to the one who comes.

    Raises Refused HANDOVER_OPEN_ITEMS (409) when something open has no line yet (it gets one, to be looked at),
    HANDOVER_EARLY (409), HANDOVER_STATE (409), NOT_ALLOWED (403).
    """
    row = _locked(sheet)
    _only_outgoing(row, by)
    _in_state(row, HandoverState.DRAFT)
    now = clock.now()
    if now < row.turn.end_at - LAST_MINUTES:
        begin = clock.local(row.turn.end_at - LAST_MINUTES)
        raise Refused("HANDOVER_EARLY", _("%(at)s起才能交班") % {"at": f"{begin:%H:%M}"}, status=409)
    missing = _missing(row, row.turn)
    if missing:
        titles = [item.title for item in missing]
        message = _("有%(n)d件未结事项还没列入交接单，请先打开核对") % {"n": len(titles)}
        raise Refused("HANDOVER_OPEN_ITEMS", message, status=409, data={"items": titles})
    row.to_turn = next_turn(row.turn)
    row.state, row.submitted_at = HandoverState.SUBMITTED, now
    row.save(update_fields=["to_turn", "state", "submitted_at"])
    tickets = row.lines.filter(kind=LineKind.TICKET).count()
    _say(row, news.SUBMITTED, by, tickets=tickets)
    if row.to_turn is not None:
        incoming = Staff.objects.get(id=row.to_turn.staff_id)
        notify.tell_many(
            [staff_notice("T210", incoming, row.community, ("handover", row.id), shift=row.turn.shift.name, n=tickets)]
        )
    return row


@transaction.atomic
def accept(sheet: Handover, *, by: Scope) -> Handover:
    """The incoming person takes everything over; with it goes first contact (R20.3)."""
    row = _locked(sheet)
    _only_incoming(row, by)
    _in_state(row, HandoverState.SUBMITTED)
    row.lines.filter(state=LineState.OPEN).update(state=LineState.FINE)
    return _taken_over(row, HandoverState.ACCEPTED, by)


@transaction.atomic
def dispute(sheet: Handover, *, line: Line, reason: str, by: Scope) -> Handover:
    """He does not agree with a line: the supervisor rules in 30 minutes, meanwhile he is responsible (R2.9)."""
    row = _locked(sheet)
    _only_incoming(row, by)
    _in_state(row, HandoverState.SUBMITTED, HandoverState.DISPUTED)
    line.objection = _reason(reason)
    line.state = LineState.DISPUTED
    line.save(update_fields=["objection", "state"])
    if row.state == HandoverState.SUBMITTED:
        _taken_over(row, HandoverState.DISPUTED, by)
    _say(row, news.DISPUTED, by, line=line.id)
    return row


@transaction.atomic
def rule(sheet: Handover, *, line: Line, ruling: str, by: Scope) -> Handover:
    """The supervisor's word on a disputed line; with the last one the sheet is accepted."""
    row = _locked(sheet)
    if not access.leads(by, row.community_id) or by.staff_id in (row.turn.staff_id, row.accepted_by_id):
        raise Refused("NOT_ALLOWED", _("由主管裁定"), status=403)
    _in_state(row, HandoverState.DISPUTED)
    if line.state != LineState.DISPUTED:
        raise Refused("HANDOVER_STATE", _("这一项没有异议"), status=409)
    line.ruling, line.state = _reason(ruling), LineState.RULED
    line.save(update_fields=["ruling", "state"])
    if not row.lines.filter(state=LineState.DISPUTED).exists():
        row.lines.filter(state=LineState.OPEN).update(state=LineState.FINE)
        row.state = HandoverState.ACCEPTED
        row.save(update_fields=["state"])
    _say(row, news.RULED, by, line=line.id)
    return row


@transaction.atomic
def force(turn: Turn, *, reason: str, by: Scope) -> Handover:
    """强制接班: 15 minutes after the end there is still no sheet; the incoming person takes over with a reason.

    Raises Refused FORCE_EARLY (409), HANDOVER_STATE (409), REASON_REQUIRED, NOT_ALLOWED (403).
    """
    row = held_turn(turn)
    incoming = next_turn(row)
    if not (incoming and incoming.staff_id == by.staff_id) and not access.leads(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("由接班的人强制接班"), status=403)
    wait = timedelta(minutes=int(setting(row.community.config, "duty.handover_ack_min")))
    if clock.now() <= row.end_at + wait:
        raise Refused("FORCE_EARLY", _("下班15分钟后还没有交接单，才能强制接班"), status=409)
    sheet, _new = Handover.objects.get_or_create(turn=row, defaults={"community_id": row.community_id})
    locked = _locked(sheet)
    _in_state(locked, HandoverState.DRAFT)
    locked.to_turn, locked.reason = incoming, _reason(reason)
    locked.save(update_fields=["to_turn", "reason"])
    _list(locked, _missing(locked, row))
    return _taken_over(locked, HandoverState.FORCED, by)


def _taken_over(row: Handover, state: HandoverState, by: Scope) -> Handover:
    row.state, row.accepted_at, row.accepted_by_id = state, clock.now(), by.staff_id
    row.save(update_fields=["state", "accepted_at", "accepted_by"])
    to = row.to_turn.staff_id if row.to_turn else by.staff_id
    turn = held_turn(row.turn)
    _say(row, news.HANDED_OVER, by, **{"from": turn.staff_id, "to": to, "forced": state == HandoverState.FORCED})
    if turn.state == TurnState.CHECKED_IN:
        done(turn, by=by)
    return row


def _locked(sheet: Handover) -> Handover:
    related = ("turn__post", "turn__shift", "to_turn", "community")
    return Handover.objects.select_for_update(of=("self",)).select_related(*related).get(id=sheet.id)


def _only_outgoing(row: Handover, by: Scope) -> None:
    if not access.may_check_in(by, row.turn):
        raise Refused("NOT_ALLOWED", _("只能交自己的班"), status=403)


def _only_incoming(row: Handover, by: Scope) -> None:
    if by.staff_id == row.turn.staff_id:
        raise Refused("NOT_ALLOWED", _("不能自己接自己的班"), status=403)
    expected = row.to_turn is not None and by.staff_id == row.to_turn.staff_id
    if not expected and not access.leads(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("由接班的人确认"), status=403)


def _in_state(row: Handover, *states: HandoverState) -> None:
    if row.state not in states:
        words = _("交接单的状态是“%(state)s”，请刷新") % {"state": HandoverState(row.state).label}
        raise Refused("HANDOVER_STATE", words, status=409, data={"state": row.state})


def _reason(given: str) -> str:
    wording = text.clean(given)
    if not wording:
        raise Refused("REASON_REQUIRED", _("请说明原因"), fields={"reason": _("请说明原因")})
    return wording


def _say(row: Handover, verb: str, by: Scope, **data: Any) -> None:
    data = {"turn": row.turn_id, "post": row.turn.post_id, **data}
    journal.record(verb, subject=("handover", row.id), community_id=row.community_id, by=by, data=data)
