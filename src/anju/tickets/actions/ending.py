"""The reporter's word: confirm, reject, urge, reopen; and closing (transitions k–n, p)."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions import choosing, clockwork, telling, waiting, waking
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.bench import title
from anju.tickets.actions.opening import opened
from anju.tickets.choices import ClockKind, CloseCode, Prio, Status
from anju.tickets.models import Ticket
from anju.tickets.rules.dispatch import leader
from anju.vault import masks

HIGHER = {"P3": Prio.P2, "P2": Prio.P1, "P1": Prio.P0, "P0": Prio.P0}
EVERY_THIRD = 3


def confirm(ticket: Ticket, *, by: Scope, call_id: str = "", **more: Any) -> Ticket:
    """验收通过 by the reporter, or by an agent who called him (record of the call) (k)."""
    proof = masks.mask_text(text.one_line(call_id)[:64])
    with opened(ticket, "confirm", by=by, **more) as case:
        if by.is_staff and not proof:
            raise Refused("PROOF_REQUIRED", _("请填写通话记录编号"), fields={"call_id": _("请填写通话记录编号")})
        waking.confirm(case, call_id=proof)
    return ticket


def reject(ticket: Ticket, *, by: Scope, reason: str, **more: Any) -> Ticket:
    """验收不通过: back to work, counted as a reopening, half the time to resolve (l)."""
    wording = text.clean(reason)
    if not wording:
        raise reason_required()
    with opened(ticket, "reject", by=by, **more) as case:
        row = case.ticket
        row.reopen_count += 1
        case.drop(ClockKind.AUTO_ACCEPT)
        case.event("reject", to=Status.IN_PROGRESS, note=wording, visible=True)
        case.start(ClockKind.RESOLVE, timedelta(minutes=row.leaf.resolve_min) / 2)
        telling.reporter(case, "T109", who=telling.name_of(case, row.handler_id))
    return ticket


def close(ticket: Ticket, *, by: Scope, code: CloseCode = CloseCode.CHECKED, **more: Any) -> Ticket:
    """关闭: after good stars, after a visit, or by hand; a visit that is due comes first (m)."""
    with opened(ticket, "close", by=by, **more) as case:
        if case.ticket.visit_due:
            raise Refused("CLOSE_BLOCKED_BY_REVISIT", _("还有回访没做，做完才能关闭"), status=409)
        case.ticket.close_code = code
        case.event("close", to=Status.CLOSED, visible=True, code=code.value)
    return ticket


def require_visit(ticket: Ticket, *, needed: bool, by: Scope) -> Ticket:
    """A visit of kind LOW_STAR, COMPLAINT or P0 is due (or done): closing waits for it (point 19)."""
    with opened(ticket, "note", by=by) as case:
        if case.ticket.visit_due != needed:
            case.ticket.visit_due = needed
            case.event("visit_due" if needed else "visit_done")
    return ticket


def reopen(ticket: Ticket, *, by: Scope, reason: str, **more: Any) -> Ticket:
    """重开 within seven days: same number, one priority higher, the supervisor answers, new clocks (n)."""
    wording = text.clean(reason)
    if not wording:
        raise reason_required()
    with opened(ticket, "reopen", by=by, **more) as case:
        row = case.ticket
        if row.closed_at is None or case.now > row.closed_at + case.bench.span("ticket.reopen_days"):
            raise Refused("REOPEN_EXPIRED", _("已超过7天，请重新提交"), status=409)
        _leave_master(row)
        row.reopen_count += 1
        row.prio = HIGHER[row.prio]
        row.closed_at, row.close_code, row.level = None, "", 0
        row.handler_id = row.promised_at = row.plan_due_at = None
        row.passed_by, row.redispatched, row.visit_due = [], False, False
        clockwork.restart_clocks(case)  # before the state changes: what the old RED has counted stays in the record
        case.event("reopen", to=Status.ACCEPTED, note=wording, visible=True, prio=row.prio)
        chief = leader(case.bench.workers, row.lead_dept)
        case.answer_for(chief.staff_id if chief else None, "REOPEN")
        telling.reporter(case, "T109", who=title(chief))
        choosing.dispatch_by_rules(case)
    return ticket


def _leave_master(row: Ticket) -> None:
    """One that followed another stands on its own again, or nobody could ever work on it."""
    if row.master_id is not None:
        Ticket.objects.filter(id=row.master_id).update(child_count=F("child_count") - 1)
        row.master = None


def urge(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """催办, half an hour apart; it ends a suspension, and every third one reaches the supervisor (p)."""
    with opened(ticket, "urge", by=by, **more) as case:
        row = case.ticket
        gap = case.bench.span("ticket.urge_gap_min")
        if row.last_urge_at and case.now < row.last_urge_at + gap:
            last, following = clock.local(row.last_urge_at), clock.local(row.last_urge_at + gap)
            message = _("请在30分钟后再催办（%(last)s刚催过，%(next)s以后可以再催）") % {
                "last": f"{last:%H:%M}",
                "next": f"{following:%H:%M}",
            }
            raise Refused("URGE_TOO_SOON", message, status=429)
        row.urge_count += 1
        row.last_urge_at = case.now
        if by.is_owner_side:
            row.asked_at = case.now
        case.event("urge", visible=True, count=row.urge_count)
        if row.status == Status.SUSPENDED and row.master_id is None:
            waiting.wake_by_owner(case)
        who = telling.name_of(case, row.handler_id or row.accountable_id)
        telling.reporter(case, "T113", who=who)
        if row.urge_count % EVERY_THIRD == 0:
            chief = leader(case.bench.workers, row.lead_dept)
            telling.staff(case, [chief], "T203", who=who)
    return ticket
