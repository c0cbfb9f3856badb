"""When stars may be given and who must call. Pure."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from anju.accounts.rules import Worker
from anju.feedback.choices import RevisitReason

CHANGE_WITHIN = timedelta(hours=24)
TRIES = 3
CALLERS = ("QLT", "CSS")


def changeable(rated_at: datetime, now: datetime) -> bool:
    """The reporter may change his stars for 24 hours (R19.2)."""
    return now <= rated_at + CHANGE_WITHIN


def open_until(since: datetime, days: int) -> datetime:
    """The last second in which stars are taken (R19.1)."""
    return since + timedelta(days=days)


def must_visit(type_: str, prio: str) -> RevisitReason | None:
    """Complaints and emergencies are always called, whatever the stars (R19.3)."""
    if type_ == "CP":
        return RevisitReason.COMPLAINT
    return RevisitReason.P0 if prio == "P0" else None


def sampled(nth: int, percent: int, series: str) -> bool:
    """Whether the `nth` rating (from 0) of a series is called: exactly `percent` of every hundred, evenly spread, from
    a beginning that differs by series, so that nobody counts along (R19.3)."""
    phase = int(sha256(series.encode()).hexdigest(), 16) % 100
    return (nth * percent + phase) % 100 < percent


def caller(workers: Iterable[Worker], handler_id: int | None) -> Worker | None:
    """Who calls: QLT before CSS, on duty before off duty, never the one who did the work."""
    people = [one for one in workers if one.staff_id != handler_id]
    for role in CALLERS:
        able = [one for one in people if role in one.roles]
        if able:
            return min(able, key=lambda one: (not one.on_shift, one.staff_id))
    return None


def tried_enough(days: Collection[date]) -> bool:
    """Three failed calls on three different days: nobody can say we did not try."""
    return len(set(days)) >= TRIES
