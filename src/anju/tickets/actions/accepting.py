"""At the desk: accept, correct the kind, answer at once, cancel, merge (transitions a, o, r, s)."""

from typing import Any

from django.utils.translation import gettext as _

from anju import understanding
from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions import choosing, clockwork, escalating, freeing, joining, telling, waking
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.choices import ClockKind, ClockState, CloseCode, Status, Type
from anju.tickets.models import Ticket
from anju.tickets.rules import flow
from anju.vault import masks

MIN_ANSWER = 10


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
    clockwork.change_leaf(case, leaf_code)
    waking.catch_up(case)


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
        escalating.withdraw(case)
        case.event("answer", to=Status.PENDING_VISIT, note=wording, visible=True)
        case.start(ClockKind.VISIT, case.bench.span("rating.window_days"))
        if kind in (Type.INQUIRY, Type.REQUEST):
            telling.reporter(case, "T107")
    return ticket


def cancel(ticket: Ticket, *, by: Scope, reason: str = "", **more: Any) -> Ticket:
    """撤销 by the reporter; by an agent only for a duplicate or a test, with the reason (o)."""
    with opened(ticket, "cancel", by=by, **more) as case:
        wording = text.clean(reason)
        if not by.is_owner_side and not wording:
            raise reason_required()
        code = CloseCode.BY_REPORTER if by.is_owner_side else CloseCode.DUPLICATE
        case.ticket.close_code = code
        escalating.withdraw(case)
        case.event("cancel", to=Status.CANCELLED, note=wording, visible=True, code=code.value)
        if by.is_owner_side:
            telling.reporter(case, "T110")
        freeing.pass_on(case)
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
        escalating.withdraw(case)
        joining.become_child(case, head)
    return ticket


def split(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """拆开: it was not the same fault after all, and it stands on its own again, with its own clocks from its own report
    (the way back of r)."""
    with opened(ticket, "split", by=by, **more) as case:
        if case.ticket.master_id is None:
            raise Refused("NOT_MERGED", _("这一单没有并入别的工单"), status=409)
        freeing.split(case)
    return ticket


def confirm_late(ticket: Ticket, *, by: Scope, call_id: str, **more: Any) -> Ticket:
    """补录: the head of the desk or a supervisor confirms with the record of the call that the response was in time (R1.4)."""
    proof = masks.mask_text(text.one_line(call_id)[:64])
    if not proof:
        raise Refused("PROOF_REQUIRED", _("请填写通话记录编号"), fields={"call_id": _("请填写通话记录编号")})
    with opened(ticket, "confirm_late", by=by, **more) as case:
        clock = case.clocks[ClockKind.RESP]
        if not case.ticket.late_entry:
            raise Refused("NOT_LATE_ENTRY", _("这一单不是补录"))
        case.meet(ClockKind.RESP)  # or it would run on and be late again
        clock.state, clock.breached_at, clock.why = ClockState.MET, None, "补录"
        case.event("confirm_late", call_id=proof)
    return ticket
