"""At the desk: accept, correct the kind, answer at once, note, cancel, merge (transitions a, o, r, s)."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from anju import understanding
from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions import choosing, joining, telling, waking
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.choices import CLOCKED_TYPES, UNPROCESSED, ClockKind, ClockState, CloseCode, Status, Type
from anju.tickets.models import Ticket
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules import flow

MIN_ANSWER = 10
RECLASSIFIED = "改派"
"""Why a clock is late that was shortened by a correction of the kind (AT4.7)."""
MAX_NOTE = 1000


def accept(ticket: Ticket, *, by: Scope, leaf: str = "", **more: Any) -> Ticket:
    """受理: a person has looked at it; RESP is met and dispatch follows by the rules (a)."""
    with opened(ticket, "accept", by=by, **more) as case:
        if leaf and leaf != case.ticket.leaf_code:
            reclassify(case, leaf)
        if case.ticket.leaf_code == "ZZ99" and not leaf:
            raise Refused("LEAF_REQUIRED", _("请先选择类别"), fields={"leaf": _("请先选择类别")})
        joining.accepted(case, by.staff_id, human=True)
        choosing.dispatch_by_rules(case)
    return ticket


def classify(ticket: Ticket, *, by: Scope, leaf: str, **more: Any) -> Ticket:
    """Correct the kind: clocks are counted again from their base and never get later; P0 starts the chain at once."""
    with opened(ticket, "classify", by=by, **more) as case:
        if leaf != case.ticket.leaf_code:
            reclassify(case, leaf)
    return ticket


def reclassify(case: Case, leaf_code: str) -> None:
    """Give the ticket another leaf with its department, priority and deadlines (04, edge cases; AT4.7)."""
    if leaf_code not in understanding.leaves():
        raise Refused("LEAF_UNKNOWN", _("没有这个类别"), fields={"leaf": _("没有这个类别")})
    ticket, leaf = case.ticket, understanding.leaf(leaf_code)
    before, was_emergency = ticket.leaf_code, ticket.leaf.emergency
    suggested: dict[str, Any] = {
        "source": ticket.leaf_source,
        "confidence": ticket.leaf_conf,
        "model": ticket.leaf_model,
    }
    ticket.leaf_code, ticket.leaf_source, ticket.leaf_conf = leaf.code, "MANUAL", 1.0
    ticket.type, ticket.prio, ticket.lead_dept = leaf.type, leaf.prio, leaf.dept
    case.event("classify", before=before, leaf=leaf.code, prio=leaf.prio, **suggested)
    _recount(case, leaf)
    if leaf.emergency and not was_emergency:
        choosing.start_emergency(case)


def _recount(case: Case, leaf: understanding.Leaf) -> None:
    ticket = case.ticket
    _shorten(case, ClockKind.RESP, timedelta(minutes=leaf.response_min))
    if leaf.arrival_min is not None:
        if ClockKind.ARRIVE not in case.clocks:
            case.start(ClockKind.ARRIVE, timedelta(minutes=leaf.arrival_min), base=ticket.reported_at)
        elif ticket.appointment_end is None or leaf.prio == "P0":
            _shorten(case, ClockKind.ARRIVE, timedelta(minutes=leaf.arrival_min))
    _shorten(case, ClockKind.RESOLVE, timedelta(minutes=leaf.resolve_min))
    _of_the_type(case)
    until, by = case.now, case.by
    waking.catch_up(case)
    case.now, case.by = until, by


def _of_the_type(case: Case) -> None:
    """RED and ESC24 for what was taken for praise or a suggestion, none for what is one after all (R1.6)."""
    ticket = case.ticket
    if ticket.type not in CLOCKED_TYPES:
        case.drop(ClockKind.RED, ClockKind.ESC24)
    elif ClockKind.RED not in case.clocks or case.clocks[ClockKind.RED].state == ClockState.VOID:
        base = max(ticket.reported_at, ticket.appointment_start or ticket.reported_at)
        case.start(ClockKind.RED, case.bench.span("sla.red_min"), base=base)
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


def answer(ticket: Ticket, *, by: Scope, answer_text: str, **more: Any) -> Ticket:
    """即时答复: inquiry, praise, suggestion, and a request without a visit, are settled by an answer (s)."""
    wording = text.clean(answer_text)
    with opened(ticket, "answer", by=by, **more) as case:
        kind, leaf = Type(case.ticket.type), case.ticket.leaf
        if kind not in flow.ANSWERABLE and not (kind is Type.REQUEST and leaf.arrival_min is None):
            raise Refused("ANSWER_NOT_POSSIBLE", _("这类工单要上门处理，不能直接答复"))
        if len(wording) < MIN_ANSWER:
            message = _("答复至少写10个字")
            raise Refused("ANSWER_TOO_SHORT", message, fields={"text": message})
        case.ticket.first_contact_id = case.ticket.first_contact_id or by.staff_id
        case.answer_for(by.staff_id, "ANSWER")
        case.event("answer", to=Status.PENDING_VISIT, note=wording, visible=True)
        case.start(ClockKind.VISIT, case.bench.span("rating.window_days"))
        if kind in (Type.INQUIRY, Type.REQUEST):
            telling.reporter(case, "T107")
    return ticket


def note(ticket: Ticket, *, by: Scope, note_text: str, visible: bool = False, **more: Any) -> Ticket:
    """A remark: internal from staff unless `visible`, an addition from the reporter always visible to him."""
    wording = text.clean(note_text)
    if not wording:
        raise Refused("TEXT_REQUIRED", _("请先写内容"), fields={"text": _("请先写内容")})
    if len(wording) > MAX_NOTE:
        raise Refused("DESC_TOO_LONG", _("最多1000字，请精简一些"), fields={"text": _("最多1000字，请精简一些")})
    with opened(ticket, "note", by=by, **more) as case:
        case.event("note", note=wording, visible=visible or by.is_owner_side)
    return ticket


def cancel(ticket: Ticket, *, by: Scope, reason: str = "", **more: Any) -> Ticket:
    """撤销 by the reporter; by an agent only for a duplicate or a test, with the reason (o)."""
    with opened(ticket, "cancel", by=by, **more) as case:
        wording = text.clean(reason)
        if not by.is_owner_side and not wording:
            raise reason_required()
        code = CloseCode.BY_REPORTER if by.is_owner_side else CloseCode.DUPLICATE
        case.ticket.close_code = code
        case.event("cancel", to=Status.CANCELLED, note=wording, visible=True, code=code.value)
        if by.is_owner_side:
            telling.reporter(case, "T110")
    return ticket


def reason_required() -> Refused:
    """The step needs a reason."""
    return Refused("REASON_REQUIRED", _("请说明原因"), fields={"reason": _("请说明原因")})


def merge(ticket: Ticket, *, by: Scope, master: Ticket, **more: Any) -> Ticket:
    """合并: the same fault; the ticket follows `master` and its reporter gets T112 (r)."""
    with opened(ticket, "merge", by=by, **more) as case:
        head = Ticket.objects.select_for_update(of=("self",)).get(id=master.id)
        if head.id == ticket.id or head.community_id != ticket.community_id:
            raise Refused("MERGE_SELF", _("不能合并到自己或别的小区的工单"))
        if head.master_id or case.ticket.child_count or case.ticket.master_id:
            raise Refused("MERGE_CHAIN", _("已合并的工单不能再合并，请合并到主单"))
        if not flow.may("merge", head.status):
            raise Refused("MERGE_CLOSED", _("主单已处理完，不能合并进去"), status=409)
        joining.become_child(case, head)
    return ticket


def confirm_late(ticket: Ticket, *, by: Scope, call_id: str, **more: Any) -> Ticket:
    """补录: the head of the desk or a supervisor confirms with the record of the call that the response was in time (R1.4)."""
    proof = text.one_line(call_id)
    if not proof:
        raise Refused("PROOF_REQUIRED", _("请填写通话记录编号"), fields={"call_id": _("请填写通话记录编号")})
    with opened(ticket, "confirm_late", by=by, **more) as case:
        clock = case.clocks[ClockKind.RESP]
        if not case.ticket.late_entry:
            raise Refused("NOT_LATE_ENTRY", _("这一单不是补录"))
        case.meet(ClockKind.RESP)  # or it would run on and be late again
        clock.state, clock.breached_at, clock.why = ClockState.MET, None, "补录"
        case.event("confirm_late", call_id=proof[:64])
    return ticket
