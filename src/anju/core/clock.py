"""The only source of time.

Every component asks `now()`; the lab and the tests replace the clock with a `VirtualClock` that moves only when told.
Instants are aware UTC datetimes in whole seconds (C1); Asia/Shanghai is for people.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)


class Clock(Protocol):
    """Something that knows the time."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock, cut to whole seconds."""

    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)


class VirtualClock:
    """A clock that moves only when told and never backwards (C3)."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC).replace(microsecond=0)
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def set(self, at: datetime) -> None:
        """Move to `at`; raises ValueError when that is in the past."""
        at = at.astimezone(UTC).replace(microsecond=0)
        with self._lock:
            if at < self._now:
                raise ValueError("the clock cannot go backwards")
            self._now = at

    def advance(self, by: timedelta) -> None:
        self.set(self._now + by)


_clock: Clock = SystemClock()


def now() -> datetime:
    """This moment: aware, UTC, whole seconds."""
    return _clock.now()


def use(clock: Clock | None) -> None:
    """Replace the clock of this process; None goes back to the machine's."""
    global _clock
    _clock = clock or SystemClock()


@contextmanager
def using(clock: Clock) -> Iterator[Clock]:
    """Replace the clock for a block, as tests do."""
    before = _clock
    use(clock)
    try:
        yield clock
    finally:
        use(before)


def virtual() -> VirtualClock | None:
    """The virtual clock in use, or None when time is real."""
    return _clock if isinstance(_clock, VirtualClock) else None


def is_virtual() -> bool:
    return virtual() is not None


def stopwatch() -> float:
    """Seconds on a monotonic scale, for measuring how long something took; never for deadlines."""
    return monotonic()


def local(at: datetime) -> datetime:
    """The same instant as people in the office read it."""
    return at.astimezone(SHANGHAI)


def iso(at: datetime) -> str:
    """ISO 8601 with the Shanghai offset, as API answers show times."""
    return local(at).isoformat(timespec="seconds")


def parse(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is Shanghai time. Raises ValueError."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=SHANGHAI)
    return at.astimezone(UTC).replace(microsecond=0)


def today() -> date:
    """The day in Shanghai."""
    return local(now()).date()


def day_start(at: datetime) -> datetime:
    """Midnight in Shanghai of the day that holds `at`, in UTC."""
    return on(local(at).date(), time(0))


def on(day: date, at: time) -> datetime:
    """A Shanghai wall time as a UTC instant."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def iso_duration(text: str) -> timedelta:
    """An ISO 8601 duration of days, hours, minutes and seconds ("PT15M1S"). Raises ValueError."""
    rest = text.strip().upper()
    if not rest.startswith("P") or len(rest) < 3:
        raise ValueError(f"not a duration: {text!r}")
    days, _, clock_part = rest[1:].partition("T")
    parts = _amounts(days, "D") | _amounts(clock_part, "HMS")
    return timedelta(
        days=parts.get("D", 0), hours=parts.get("H", 0), minutes=parts.get("M", 0), seconds=parts.get("S", 0)
    )


def _amounts(text: str, units: str) -> dict[str, int]:
    found: dict[str, int] = {}
    digits = ""
    for char in text:
        if char.isascii() and char.isdigit():
            digits += char
        elif char in units and digits and char not in found:
            found[char] = int(digits)
            digits = ""
        else:
            raise ValueError(f"not a duration part: {text!r}")
    if digits:
        raise ValueError(f"a number without a unit: {text!r}")
    return found
