"""What those say who are rung: coming, cannot; there; and that it is over (R2.6, R2.7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.duty import access, news
from anju.duty.actions.calling import keep, locked, nobody_comes, ring_next, say
from anju.duty.choices import CalloutState, Result
from anju.duty.models import Attempt, Callout
from anju.duty.queries.calling import open_for
from anju.duty.rules import chains

COMING, CANNOT = "1", "2"


@transaction.atomic
def answer(callout: Callout, *, staff: Staff, key: str, by: Scope, minutes: int | None = None) -> Callout:
    """Key 1: coming, in 1 to 60 minutes; key 2: cannot come, the next one is rung at once. By phone or in the app.

    Whoever has been rung may answer, also after his time. Raises Refused NOT_CALLED (403), KEY_UNKNOWN, ETA_RANGE,
    CALLOUT_OVER (409).
    """
    row = locked(callout.id)
    attempt = _rung(row, staff, by)
    if key == COMING:
        _coming(row, attempt, clock.now() + timedelta(minutes=_in_range(minutes)), by)
    elif key == CANNOT:
        _cannot(row, attempt, by)
    else:
        raise Refused("KEY_UNKNOWN", _("请按1或2"), fields={"key": _("请按1或2")})
    keep(row)
    return row


def _rung(row: Callout, staff: Staff, by: Scope) -> Attempt:
    """The last time he was rung in this run."""
    if by.is_staff and by.staff_id != staff.id and not access.leads(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    attempt = row.attempts.filter(staff=staff).order_by("-id").first()
    if attempt is None:
        raise Refused("NOT_CALLED", _("这次应急没有呼叫您"), status=403)
    if row.closed_at or row.arrived_at:
        raise Refused("CALLOUT_OVER", _("已经有人到场或已处理完"), status=409)
    return attempt


def _in_range(minutes: int | None) -> int:
    if minutes is None or not 1 <= minutes <= chains.MOST_MINUTES:
        message = _("请输入1到60之间的分钟数")
        raise Refused("ETA_RANGE", message, fields={"minutes": message})
    return minutes


def _result(attempt: Attempt, result: Result, minutes: int | None = None) -> None:
    attempt.result, attempt.answered_at, attempt.minutes = result, clock.now(), minutes
    attempt.save(update_fields=["result", "answered_at", "minutes"])


def _coming(row: Callout, attempt: Attempt, eta_at: datetime, by: Scope) -> None:
    """He who is there first has it; while he needs more than 30 minutes, the chain goes on to find somebody nearer."""
    now = clock.now()
    minutes = min(int((eta_at - now).total_seconds()) // 60, 32_000)
    _result(attempt, Result.ACK, minutes)
    if row.state == CalloutState.ACKED and row.acked_by_id != attempt.staff_id:
        if row.eta_at is not None and eta_at >= row.eta_at:
            return
        _relieve(row)
    row.state, row.acked_by_id, row.acked_at, row.eta_at = CalloutState.ACKED, attempt.staff_id, now, eta_at
    row.reminded = now >= chains.remind_at(row.reported_at, row.due_at)
    say(row, news.ACKED, by, staff=attempt.staff_id, eta=eta_at.isoformat(), minutes=minutes)
    if not chains.is_far(eta_at, now):
        row.ring_until = None
        row.attempts.filter(result=Result.RINGING).update(result=Result.RELIEVED)
    elif row.ring_until is None or attempt.step == row.step:
        ring_next(row)


def _relieve(row: Callout) -> None:
    """The one who was coming need not: somebody is nearer."""
    row.attempts.filter(staff=row.acked_by, result=Result.ACK).update(result=Result.RELIEVED)


def _cannot(row: Callout, attempt: Attempt, by: Scope) -> None:
    was_coming = row.state == CalloutState.ACKED and row.acked_by_id == attempt.staff_id
    rings = attempt.result == Result.RINGING and attempt.step == row.step
    _result(attempt, Result.REFUSED)
    if was_coming:
        nobody_comes(row)
        say(row, news.CANNOT_COME, by, staff=attempt.staff_id)
    if (row.step < len(row.steps) and (rings or (was_coming and row.ring_until is None))) or (
        was_coming and row.ring_until is None
    ):
        ring_next(row)


def taken(subject: tuple[str, int], staff_id: int, eta_at: datetime) -> None:
    """He has taken the job in the app: the same as key 1; inside the caller's transaction."""
    held = open_for(subject)
    if held is None or held.arrived_at is not None:
        return
    row = locked(held.id)
    attempt = row.attempts.filter(staff_id=staff_id).order_by("-id").first()
    if attempt is None:
        attempt = Attempt(callout=row, step=row.step, staff_id=staff_id, at=clock.now())
        attempt.save(force_insert=True)
    _coming(row, attempt, eta_at, SYSTEM)
    keep(row)


def arrived(subject: tuple[str, int], staff_id: int | None) -> None:
    """Somebody has proved that he is there; inside the caller's transaction."""
    held = open_for(subject)
    if held is None:
        return
    row = locked(held.id)
    row.state, row.arrived_at, row.ring_until = CalloutState.ARRIVED, clock.now(), None
    if staff_id is not None:
        row.acked_by_id = staff_id
    row.attempts.filter(result=Result.RINGING).update(result=Result.RELIEVED)
    keep(row)


def over(kind: str, subject_ids: Iterable[int]) -> None:
    """These matters are over, whoever came or not; nobody is rung any more. Inside the caller's transaction."""
    wanted = list(subject_ids)
    held = Callout.objects.filter(subject_type=kind, subject_id__in=wanted, closed_at=None) if wanted else ()
    for one in held:
        row = locked(one.id)
        row.closed_at, row.ring_until = clock.now(), None
        row.attempts.filter(result=Result.RINGING).update(result=Result.RELIEVED)
        keep(row)


@transaction.atomic
def block(callout: Callout, *, reason: str, by: Scope) -> Callout:
    """路况受阻: the 30 minutes cannot be kept; the breach stays, but counts against nobody. Only the duty manager."""
    row = locked(callout.id)
    wording = text.one_line(reason)
    if not by.has(row.community_id, "DM", "PM"):
        raise Refused("NOT_ALLOWED", _("由值班经理认定"), status=403)
    if not wording:
        raise Refused("REASON_REQUIRED", _("请说明原因"), fields={"reason": _("请说明原因")})
    row.blocked = wording[:200]
    say(row, "duty.blocked", by, reason=row.blocked)
    keep(row)
    return row
