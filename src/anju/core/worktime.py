"""Time that counts only within some hours of the day in Shanghai ("08:00-20:00"); "" counts always."""

from datetime import datetime, time, timedelta

from anju.core import clock

DAY = timedelta(days=1)


def after(start: datetime, seconds: int, hours: str) -> datetime:
    """The moment at which so many seconds have counted since `start`; `start` itself for none or fewer."""
    if not hours:
        return start + timedelta(seconds=seconds)
    at, left = start, timedelta(seconds=seconds)
    while left > timedelta(0):
        begin, end = _hours_of(at, hours)
        at = max(at, begin)
        if left <= end - at:
            return at + left
        left -= max(end - at, timedelta(0))
        at = begin + DAY
    return at


def between(start: datetime, end: datetime, hours: str) -> int:
    """Whole seconds that count from `start` to `end`; 0 when it ends before it starts."""
    if not hours:
        return max(0, int((end - start).total_seconds()))
    counted, (begin, close) = timedelta(0), _hours_of(start, hours)
    while begin < end:
        counted += max(min(close, end) - max(begin, start), timedelta(0))
        begin, close = begin + DAY, close + DAY
    return int(counted.total_seconds())


def _hours_of(at: datetime, hours: str) -> tuple[datetime, datetime]:
    """When the hours of this day begin and end."""
    day = clock.local(at).date()
    begin, end = (clock.on(day, time.fromisoformat(one)) for one in hours.split("-"))
    return begin, end
