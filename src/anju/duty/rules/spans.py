"""Stretches of working time: who is on duty at a minute, and where nobody is (R2.1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from anju.core import clock

DAY = 24 * 60


class Work(NamedTuple):
    """One person on one post from minute `begin` up to, not including, minute `end`.

    `day` is the date it belongs to (ordinal): a night belongs to the date it starts. `paid` counts minutes of work;
    `on_call` people wait at home.
    """

    staff: int
    post: int
    begin: int
    end: int
    day: int
    paid: int
    on_call: bool = False
    key: int = 0


class Away(NamedTuple):
    """Somebody is not there from minute `begin` up to, not including, `end`."""

    staff: int
    begin: int
    end: int


class Need(NamedTuple):
    """A post that must have `heads` people at every minute.

    `on_call` people count only where they may; `vendor` is a daily window (minutes of the day) in which an outside
    answering service stands for one head.
    """

    post: int
    heads: int
    on_call: bool = False
    vendor: tuple[int, int] | None = None


class Gap(NamedTuple):
    """`missing` people are missing on a post from `begin` up to, not including, `end`."""

    post: int
    begin: int
    end: int
    missing: int


def minute(at: datetime) -> int:
    """The minute of an instant."""
    local = clock.local(at)
    return local.toordinal() * DAY + local.hour * 60 + local.minute


def instant(minute_of: int) -> datetime:
    """The instant at which a minute begins."""
    return clock.on(date.fromordinal(minute_of // DAY), time(0)) + timedelta(minutes=minute_of % DAY)


def present(works: Iterable[Work], aways: Iterable[Away]) -> list[Work]:
    """What is left of the works when everybody who is away is away; a work may lose its middle."""
    absent: dict[int, list[Away]] = defaultdict(list)
    for away in aways:
        absent[away.staff].append(away)
    return [left for work in works for left in _without(work, absent.get(work.staff, ()))]


def _without(work: Work, aways: Sequence[Away]) -> Iterator[Work]:
    at = work.begin
    for away in sorted(aways, key=lambda one: one.begin):
        if away.begin > at:
            yield from _piece(work, at, min(away.begin, work.end))
        at = max(at, away.end)
    yield from _piece(work, at, work.end)


def _piece(work: Work, begin: int, end: int) -> Iterator[Work]:
    if begin < end:
        yield work if (begin, end) == (work.begin, work.end) else work._replace(begin=begin, end=end)


def on_duty(works: Iterable[Work], aways: Iterable[Away], at: int) -> list[Work]:
    """The works that somebody is at in this minute."""
    gone = {away.staff for away in aways if away.begin <= at < away.end}
    return [work for work in works if work.begin <= at < work.end and work.staff not in gone]


def gaps(needs: Iterable[Need], works: Iterable[Work], begin: int, end: int) -> list[Gap]:
    """Every stretch of [begin, end) in which a post has too few people, in order of time, then post."""
    changes: Mapping[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    wanted = {need.post: need for need in needs if need.heads > 0}
    for work in works:
        need = wanted.get(work.post)
        if need is not None and (need.on_call or not work.on_call):
            _add(changes[work.post], work.begin, work.end, begin, end)
    found = [gap for need in wanted.values() for gap in _lacking(need, changes[need.post], begin, end)]
    return sorted(found, key=lambda gap: (gap.begin, gap.post))


def _lacking(need: Need, changes: dict[int, int], begin: int, end: int) -> Iterator[Gap]:
    for first, last in _windows(need.vendor, begin, end):
        _add(changes, first, last, begin, end)
    return _holes(need, changes, begin, end)


def _add(changes: dict[int, int], first: int, last: int, begin: int, end: int) -> None:
    first, last = max(first, begin), min(last, end)
    if first < last:
        changes[first] += 1
        changes[last] -= 1


def _windows(window: tuple[int, int] | None, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The daily window on every day that touches [begin, end); one that ends before it begins ends tomorrow."""
    if window is None:
        return
    first, last = window
    last += DAY if last <= first else 0
    for day in range(begin // DAY - 1, end // DAY + 1):
        yield day * DAY + first, day * DAY + last


def _holes(need: Need, changes: dict[int, int], begin: int, end: int) -> Iterator[Gap]:
    heads, hole = 0, None
    for at, after in pairwise([*sorted({begin, *changes}), end]):
        heads += changes.get(at, 0)
        missing = need.heads - heads
        if hole and missing == hole.missing:
            hole = hole._replace(end=after)
            continue
        if hole:
            yield hole
        hole = Gap(need.post, at, after, missing) if missing > 0 and at < after else None
    if hole:
        yield hole
