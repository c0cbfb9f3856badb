"""How a row moves on: forward only, whatever comes in whatever order. Rows change here and are stored by the caller."""

from datetime import datetime

from anju.channels import ReceiptState
from anju.notify import catalog, rules
from anju.notify.choices import RANK, TROUBLED, Reason, State
from anju.notify.models import Delivery

FIELDS = (
    "state",
    "reason",
    "detail",
    "failures",
    "provider_id",
    "send_at",
    "check_at",
    "due_at",
    "sent_at",
    "delivered_at",
    "read_at",
    "locked_by",
)
"""What the functions here change."""

_TO_STATE = {
    ReceiptState.SENT: State.SENT,
    ReceiptState.DELIVERED: State.DELIVERED,
    ReceiptState.READ: State.READ,
    ReceiptState.FAILED: State.FAILED,
}


def reached(row: Delivery, state: ReceiptState, at: datetime, provider_id: str = "") -> bool:
    """The provider says it came this far; True when that is news.

    A repeat or an older word changes nothing. A refusal after sending ends the message (WeChat still gets its SMS).
    """
    wanted = _TO_STATE[state]
    if RANK[wanted] <= RANK[State(row.state)]:
        return False
    row.state = wanted
    row.provider_id = row.provider_id or provider_id
    row.reason, row.detail = (Reason.REFUSED, "") if wanted is State.FAILED else ("", "")
    row.send_at = None
    _stamp(row, at)
    _end_watch(row)
    return True


def _stamp(row: Delivery, at: datetime) -> None:
    if row.state == State.FAILED:
        return
    row.sent_at = row.sent_at or at
    if row.state in (State.DELIVERED, State.READ):
        row.delivered_at = row.delivered_at or at
    if row.state == State.READ:
        row.read_at = at


def _end_watch(row: Delivery) -> None:
    """Nothing is left to watch once it arrived in time; one that arrived late is left to the check (C2)."""
    if row.check_at is None or not rules.ends_watch(
        catalog.get(row.template), emergency=row.emergency, state=row.state
    ):
        return
    arrived = row.read_at or row.delivered_at
    if arrived and arrived < row.check_at:
        row.check_at = None


def failed(row: Delivery, reason: Reason, detail: str, now: datetime) -> None:
    """An attempt did not succeed: try again by N9 with the same key, or give up."""
    row.failures += 1
    again = rules.retry_at(row.first_at or now, row.failures, now)
    row.reason, row.detail = reason, detail[:120]
    if again is None:
        end(row, State.FAILED, reason, detail)
    elif _any_hour(row):
        row.send_at = again
    else:
        row.send_at = rules.after_quiet(again)


def end(row: Delivery, state: State, reason: Reason, detail: str = "") -> None:
    """Nothing more is sent of this row; a watched message that failed still gets its second look."""
    row.state, row.reason, row.detail = state, reason, detail[:120]
    row.send_at = None
    if state not in TROUBLED:
        row.check_at = None


def postpone(row: Delivery, now: datetime) -> None:
    """It is night by now: leave in the morning (N7)."""
    row.send_at = row.queued_at = rules.after_quiet(now)
    row.reason = Reason.QUIET
    if row.check_at:
        row.check_at = row.send_at + rules.CHECK_AFTER


def may_leave(row: Delivery, now: datetime) -> bool:
    """Whether quiet hours let the row go now."""
    return _any_hour(row) or not rules.quiet(now)


def told_by(row: Delivery, now: datetime) -> bool:
    """Whether the message had arrived before the second `now` began: at exactly + 60 s is in time (C2)."""
    return row.delivered_at is not None and row.delivered_at < now


def read_by(row: Delivery, now: datetime) -> bool:
    """The same for having been read."""
    return row.read_at is not None and row.read_at < now


def give_time(row: Delivery) -> None:
    """A message that left late has its full minute before anything follows it."""
    if row.check_at and row.sent_at and row.check_at <= row.sent_at:
        row.check_at = row.sent_at + rules.CHECK_AFTER


def _any_hour(row: Delivery) -> bool:
    return rules.any_hour(row.template, row.to_kind, emergency=row.emergency, asked=row.asked)


def late(row: Delivery, now: datetime) -> bool:
    """Whether the row leaves so much later than it was written that it must be asked whether it still holds."""
    return now - row.created_at > rules.STALE_AFTER
