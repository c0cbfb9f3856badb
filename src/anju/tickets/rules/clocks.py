"""How a clock runs, pauses, is met and is breached (C2, domain file 01).

A clock counts used seconds, some only within the hours of service (R1.5). `deadline = running_since + (duration - used)`;
it is breached one second later, warned at given amounts of used time. BREACHED is kept for statistics when the clock is met afterwards or runs on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from anju.core import worktime
from anju.tickets.choices import ClockKind, ClockState

ON_TIME = frozenset({ClockKind.RESUME})
"""These fire at their deadline: they are appointments, not limits."""


class Tick(Protocol):
    """What the rules need of a clock."""

    kind: str
    hours: str
    base: datetime
    duration_s: int
    used_s: int
    running_since: datetime | None
    deadline: datetime | None
    state: str
    met_at: datetime | None
    breached_at: datetime | None
    warned: int


def run(clock: Tick, at: datetime) -> None:
    """Let it run from `at`, keeping the time already used. A met clock opens again, as RED does on a return."""
    if clock.running_since is not None or clock.state == ClockState.VOID:
        return
    since = max(at, clock.base)
    clock.running_since = since
    clock.met_at = None
    clock.deadline = _when_used(clock, since, clock.duration_s)
    if clock.state != ClockState.BREACHED:
        clock.state = ClockState.RUNNING


def pause(clock: Tick, at: datetime) -> None:
    """Stop counting without ending."""
    if clock.running_since is None:
        return
    _stop(clock, at)
    if clock.state != ClockState.BREACHED:
        clock.state = ClockState.PAUSED


def meet(clock: Tick, at: datetime) -> None:
    """The thing the clock waited for has happened."""
    if not is_open(clock):
        return
    if clock.running_since is not None:
        _stop(clock, at)
    clock.met_at = at
    if clock.state != ClockState.BREACHED:
        clock.state = ClockState.MET


def void(clock: Tick, at: datetime) -> None:
    """Nobody waits for it any more; a breach stays in the record."""
    if not is_open(clock):
        return
    if clock.running_since is not None:
        _stop(clock, at)
    if clock.state != ClockState.BREACHED:
        clock.state = ClockState.VOID
    else:
        clock.met_at = at


def breach(clock: Tick, at: datetime) -> None:
    """It is late; it goes on counting."""
    clock.state = ClockState.BREACHED
    clock.breached_at = at


def shorten(clock: Tick, duration_s: int) -> None:
    """A new leaf gives a new duration from the same base, never a later deadline (domain file 04, edge cases)."""
    if duration_s >= clock.duration_s:
        return
    clock.duration_s = duration_s
    if clock.running_since is not None:
        clock.deadline = _when_used(clock, clock.running_since, duration_s)


def count_always(clock: Tick) -> None:
    """From its last start on it counts day and night, as what has become urgent does."""
    clock.hours = ""
    if clock.running_since is not None:
        clock.deadline = _when_used(clock, clock.running_since, clock.duration_s)


def _when_used(clock: Tick, since: datetime, seconds: int) -> datetime:
    """When so many seconds are used, if it runs from `since`; before it when they were used already."""
    left = seconds - clock.used_s
    return worktime.after(since, left, clock.hours) if left > 0 else since + timedelta(seconds=left)


def _stop(clock: Tick, at: datetime) -> None:
    since = clock.running_since or at
    clock.used_s += worktime.between(since, at, clock.hours)
    clock.running_since = None
    clock.deadline = None


def is_open(clock: Tick) -> bool:
    """True until it is met or void."""
    return clock.met_at is None and clock.state not in (ClockState.VOID, ClockState.MET)


def used(clock: Tick, at: datetime) -> int:
    """Seconds counted up to `at`."""
    return clock.used_s + (worktime.between(clock.running_since, at, clock.hours) if clock.running_since else 0)


def is_late(clock: Tick) -> bool:
    """Breached and still waited for."""
    return clock.breached_at is not None and is_open(clock)


def warn_points(clock: Tick, *, yellow_resp_s: int = 600, yellow_red_s: int = 5400) -> Sequence[int]:
    """Used seconds at which something is looked at before the deadline."""
    match clock.kind:
        case ClockKind.RESP:
            points = {yellow_resp_s, clock.duration_s - 300}
        case ClockKind.RED:
            points = {yellow_red_s}
        case ClockKind.RESOLVE:
            points = {clock.duration_s * 3 // 4}
        case ClockKind.VISIT:
            points = {86_400}
        case _:
            points = set()
    return sorted(point for point in points if 0 < point < clock.duration_s)


def next_moment(clock: Tick, *, yellow_resp_s: int = 600, yellow_red_s: int = 5400) -> tuple[datetime, str] | None:
    """The next moment at which this clock does something by itself: (when, "warn" or "breach"), None when never."""
    if clock.running_since is None or clock.deadline is None:
        return None
    points = warn_points(clock, yellow_resp_s=yellow_resp_s, yellow_red_s=yellow_red_s)
    if clock.breached_at is None and clock.warned < len(points):
        return _when_used(clock, clock.running_since, points[clock.warned]), "warn"
    if clock.breached_at is not None:
        return None
    late = clock.deadline if clock.kind in ON_TIME else _when_used(clock, clock.running_since, clock.duration_s + 1)
    return late, "breach"
