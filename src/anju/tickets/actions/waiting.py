"""Waiting with an end date, and prices that must be agreed (transitions h and i, quotes)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.money import yuan
from anju.core.scope import SYSTEM, Scope
from anju.tickets.actions import escalating, telling, waking
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.choices import SUSPEND_DAYS, ClockKind, QuoteState, Status, SuspendReason
from anju.tickets.models import Quote, Suspension, Ticket

TOTAL_DAYS = 30
MAX_FEN = 10**10
LEADERS = ("SUP", "DM", "PM")


def suspend(ticket: Ticket, *, by: Scope, reason: str = "", resume_at: datetime | None = None, **more: Any) -> Ticket:
    """挂起 until a date. The worker asks and a supervisor approves; waiting for the owner needs no approval (h).

    A supervisor who calls this without a date approves what was asked.
    """
    with opened(ticket, "suspend", by=by, **more) as case:
        row = case.ticket
        leads = by.has(row.community_id, *LEADERS)
        asked = row.suspensions.filter(from_at=None, ended_at=None).order_by("-id").first()
        if leads and asked is not None and not reason and resume_at is None:
            _until(case, SuspendReason(asked.reason), asked.resume_at, by)  # days may have passed since it was asked
            _begin(case, asked, by)
            return ticket
        if not leads and by.staff_id != row.handler_id:
            raise Refused("NOT_YOURS", _("这一单不在您手上"), status=403)
        chosen = _reason(reason)
        wanted = _until(case, chosen, resume_at, by)
        wait = Suspension(ticket=row, reason=chosen, resume_at=wanted, asked_by_id=by.staff_id)
        row.suspensions.filter(from_at=None, ended_at=None).delete()
        if leads or _needs_nobody(case, chosen):
            _begin(case, wait, by if leads else None)
        else:
            wait.save()
            case.event("suspend_asked", reason=chosen.value, resume_at=wanted.isoformat())
    return ticket


def _needs_nobody(case: Case, reason: SuspendReason) -> bool:
    """Waiting for the owner needs no approval, its renewal does."""
    return reason is SuspendReason.OWNER and _waited(case, reason)[0] == 0


def _reason(reason: str) -> SuspendReason:
    wording = reason.strip()
    meant = [one for one in SuspendReason if wording and (wording == one or str(one.label).startswith(wording))]
    if len(meant) != 1:
        raise reason_required()
    return meant[0]


def _until(case: Case, reason: SuspendReason, resume_at: datetime | None, by: Scope) -> datetime:
    """The end date, inside the limits: days per reason, one renewal, thirty days in all without the PM."""
    if resume_at is None or resume_at <= case.now:
        raise Refused("RESUME_PAST", _("恢复时间要晚于现在"), fields={"resume_at": _("恢复时间要晚于现在")})
    too_long = resume_at - case.now > timedelta(days=SUSPEND_DAYS[reason])
    times, total = _waited(case, reason)
    needs_pm = total + (resume_at - case.now) > timedelta(days=TOTAL_DAYS)
    if too_long or times >= 2 or (needs_pm and not by.has(case.ticket.community_id, "PM")):
        message = _("“%(reason)s”最多挂起%(days)d天，可续一次，累计超30天须项目经理批准") % {
            "reason": reason.label,
            "days": SUSPEND_DAYS[reason],
        }
        raise Refused("SUSPEND_LIMIT", message, fields={"resume_at": message})
    return resume_at


def _waited(case: Case, reason: SuspendReason) -> tuple[int, timedelta]:
    """How often it has waited for this reason, and how long in all."""
    earlier = list(case.ticket.suspensions.exclude(from_at=None))
    spans = ((one.ended_at or case.now) - (one.from_at or case.now) for one in earlier)
    return sum(one.reason == reason for one in earlier), sum(spans, timedelta())


def _begin(case: Case, wait: Suspension, approved_by: Scope | None) -> None:
    row = case.ticket
    if row.status != Status.SUSPENDED:
        row.resume_to = row.status
    row.suspensions.exclude(from_at=None).filter(ended_at=None).update(ended_at=case.now)
    wait.from_at = case.now
    wait.approved_by_id = approved_by.staff_id if approved_by else None
    wait.save()
    label = str(SuspendReason(wait.reason).label)
    case.event(
        "suspend",
        to=Status.SUSPENDED,
        visible=True,
        reason=wait.reason,
        resume_at=wait.resume_at.isoformat(),
        approved=approved_by is not None,
    )
    case.pause(ClockKind.RED, ClockKind.RESOLVE)
    if approved_by is not None:
        case.pause(*escalating.LEVELS)
    else:
        case.run(*escalating.LEVELS)
    case.start(ClockKind.RESUME, wait.resume_at - case.now)
    telling.reporter(case, "T105", reason=label, eta=telling.moment(wait.resume_at))


def resume(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """恢复 before the date (i)."""
    with opened(ticket, "resume", by=by, **more) as case:
        waking.from_wait(case)
        if by.staff_id != case.ticket.handler_id:
            waking.tell_it_counts(case)
    return ticket


def quote(ticket: Ticket, *, by: Scope, lines: Sequence[Mapping[str, Any]], **more: Any) -> Ticket:
    """报价: lines of {name, kind material|labour, fen}; the reporter must confirm before work (T116)."""
    with opened(ticket, "quote", by=by, **more) as case:
        row = case.ticket
        if by.staff_id != row.handler_id and not by.has(row.community_id, *LEADERS):
            raise Refused("NOT_YOURS", _("这一单不在您手上"), status=403)
        material, labour = _sum(lines, "material"), _sum(lines, "labour")
        if not all(map(_is_price, lines)) or material + labour <= 0:
            raise Refused("QUOTE_EMPTY", _("请填写报价明细"), fields={"lines": _("请填写报价明细")})
        row.quotes.filter(state=QuoteState.SENT).update(state=QuoteState.EXPIRED, answered_at=case.now)
        made = Quote(
            ticket=row,
            material_fen=material,
            labour_fen=labour,
            total_fen=material + labour,
            made_by_id=by.staff_id or 0,
            at=case.now,
        )
        made.lines = [dict(line) for line in lines]
        made.save(force_insert=True)
        case.event("quote", visible=True, total_fen=made.total_fen)
        case.start(ClockKind.QUOTE, case.bench.span("quote.valid_h"))
        telling.reporter(case, "T116", amount=yuan(made.total_fen), m=yuan(material), l=yuan(labour))
    return ticket


def _is_price(line: Mapping[str, Any]) -> bool:
    fen = line.get("fen")
    return isinstance(fen, int) and 0 <= fen <= MAX_FEN and line.get("kind", "labour") in ("material", "labour")


def _sum(lines: Sequence[Mapping[str, Any]], kind: str) -> int:
    return sum(line["fen"] for line in lines if _is_price(line) and line.get("kind", "labour") == kind)


def confirm_quote(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """The reporter agrees to the price."""
    return _answer_quote(ticket, QuoteState.CONFIRMED, "confirm_quote", by, more)


def refuse_quote(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """The reporter does not agree to the price."""
    return _answer_quote(ticket, QuoteState.REFUSED, "refuse_quote", by, more)


def _answer_quote(ticket: Ticket, state: QuoteState, action: str, by: Scope, more: dict[str, Any]) -> Ticket:
    with opened(ticket, action, by=by, **more) as case:
        last = case.ticket.quotes.order_by("-id").first()
        if last is None or last.state != QuoteState.SENT:
            raise Refused("QUOTE_GONE", _("报价已失效，请等新的报价"), status=409)
        last.state, last.answered_at = state, case.now
        last.save(update_fields=["state", "answered_at"])
        case.meet(ClockKind.QUOTE)
        case.event(action, visible=True, total_fen=last.total_fen)
    return ticket


def wake_by_owner(case: Case) -> None:
    """An urge ends a suspension (i: owner urge)."""
    before, case.by = case.by, SYSTEM
    waking.from_wait(case)
    waking.tell_it_counts(case)
    case.by = before
