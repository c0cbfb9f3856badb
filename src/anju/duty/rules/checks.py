"""What is wrong with a roster: certificates, overlaps, rest, hours, days in a row, fairness; each with its law (R2.2)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from anju.duty.rules import holidays
from anju.duty.rules.spans import DAY, Work

MOST_DAYS = 6
MOST_WEEK = 48 * 60
"""In one calendar week: six days of eight hours. More leaves no day of rest (劳动法 §38)."""
NORM_WEEK = 40 * 60
NORM_DAY = 8 * 60
MOST_OVERTIME = 36 * 60
"""劳动法 §41, in a month."""
NIGHT = (22 * 60, 30 * 60)
"""22:00–06:00, minutes from midnight of the day it begins."""
FAIR_DIFFERENCE = 2


class Fault(NamedTuple):
    """One thing that is wrong. `refused` keeps the roster from being published; the others are only said."""

    code: str
    staff: int
    day: int
    refused: bool
    value: int = 0
    what: str = ""
    post: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules need to know of posts and people. Days are ordinals.

    `certs`: post -> kinds of certificates; `valid`: (staff, kind) -> last day; `pooled`: post -> last day of its
    approval of 综合计算工时; `sheltered`: staff -> stretches of days without night work and overtime (劳动法 §61, §63).
    """

    certs: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    valid: Mapping[tuple[int, str], int] = field(default_factory=dict)
    pooled: Mapping[int, int] = field(default_factory=dict)
    sheltered: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    rest: int = 11 * 60


def faults(works: Iterable[Work], terms: Terms, first: int, last: int) -> list[Fault]:
    """Everything that is wrong from day `first` through `last`, by day, then person.

    `works` may reach a week back, so that rest and days in a row are seen across the edge.
    """
    found: list[Fault] = []
    for _staff, group in groupby(sorted(works), key=lambda one: one.staff):
        mine = sorted(group, key=lambda one: (one.begin, one.end))
        for look in PERSONAL:
            found += [fault for fault in look(mine, terms) if first <= fault.day <= last]
        found += _overtime([one for one in mine if first <= one.day <= last], terms, first, last)
    return sorted(found, key=lambda fault: (fault.day, fault.staff, fault.code))


def _overlaps(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    """Nobody is at two posts at once, nor waits for two; who manages may be on call beside his own work."""
    for on_call in (False, True):
        latest = None
        for work in (one for one in mine if one.on_call == on_call):
            if latest is not None and work.begin < latest.end:
                yield Fault("ROSTER_OVERLAP", work.staff, work.day, True, post=work.post)
            latest = work if latest is None or work.end > latest.end else latest


def _rest(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    """At least eleven hours between two shifts; waiting at home is no shift."""
    for before, after in pairwise([one for one in mine if not one.on_call]):
        pause = after.begin - before.end
        if 0 <= pause < terms.rest:
            yield Fault("REST_TOO_SHORT", after.staff, after.day, True, pause, post=after.post)


def _in_a_row(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    run, last = 0, None
    for day in sorted({one.day for one in mine if not one.on_call}):
        run = run + 1 if last is not None and day == last + 1 else 1
        last = day
        if run == MOST_DAYS + 1:
            yield Fault("DAYS_IN_A_ROW", mine[0].staff, day, True, run)


def _weeks(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    """Calendar weeks, Monday to Sunday: over 48 hours is refused, over 40 is said."""
    weeks: dict[int, int] = defaultdict(int)
    for work in mine:
        if not _pooled(work, terms):
            weeks[work.day - (work.day - 1) % 7] += 0 if work.on_call else work.paid
    for monday, minutes in weeks.items():
        if minutes > NORM_WEEK:
            yield Fault("WEEKLY_HOURS", mine[0].staff, monday, minutes > MOST_WEEK, minutes)


def _certificates(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    for work in mine:
        for kind in terms.certs.get(work.post, ()):
            last = terms.valid.get((work.staff, kind))
            if last is None or last < work.day:
                code = "CERT_MISSING" if last is None else "CERT_EXPIRED"
                yield Fault(code, work.staff, work.day, True, last or 0, kind, work.post)


def _sheltered(mine: list[Work], terms: Terms) -> Iterable[Fault]:
    stretches = terms.sheltered.get(mine[0].staff, ())
    for work in mine:
        if is_night(work) and any(first <= work.day <= last for first, last in stretches):
            yield Fault("NIGHT_FORBIDDEN", work.staff, work.day, True, post=work.post)


PERSONAL: tuple[Callable[[list[Work], Terms], Iterable[Fault]], ...] = (
    _overlaps,
    _rest,
    _in_a_row,
    _weeks,
    _certificates,
    _sheltered,
)


def _pooled(work: Work, terms: Terms) -> bool:
    return terms.pooled.get(work.post, 0) >= work.day


def _overtime(mine: list[Work], terms: Terms, first: int, last: int) -> Iterable[Fault]:
    """By month: hours above eight on each workday of the part looked at; over 36 are refused (劳动法 §41)."""
    months: dict[tuple[int, int], int] = defaultdict(int)
    for work in mine:
        if not work.on_call and not _pooled(work, terms):
            day = date.fromordinal(work.day)
            months[day.year, day.month] += work.paid
    for (year, month), minutes in months.items():
        begin = max(first, date(year, month, 1).toordinal())
        over = minutes - norm(begin, min(last, month_end(year, month)))
        if over > 0:
            refused = over > MOST_OVERTIME or bool(terms.sheltered.get(mine[0].staff))
            yield Fault("OVERTIME", mine[0].staff, begin, refused, over)


@cache
def norm(first: int, last: int) -> int:
    """The minutes of a full-time job from day `first` through `last`: eight hours on each workday."""
    return NORM_DAY * sum(holidays.workday(date.fromordinal(day)) for day in range(first, last + 1))


def month_end(year: int, month: int) -> int:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1


def is_night(work: Work) -> bool:
    """Whether some of it lies between 22:00 and 06:00."""
    begin, end = work.begin % DAY, work.begin % DAY + work.end - work.begin
    return not work.on_call and any(
        begin < to + shift and end > at + shift for at, to in (NIGHT,) for shift in (-DAY, 0, DAY)
    )


def unfair(works: Iterable[Work], first: int, last: int) -> list[Fault]:
    """Who on a post has more nights, or weekends, than its average by more than two; only said, never refused."""
    counted: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for work in works:
        if work.on_call or not first <= work.day <= last:
            continue
        counted["NIGHTS", work.post][work.staff] += is_night(work)
        counted["WEEKENDS", work.post][work.staff] += date.fromordinal(work.day).weekday() >= 5
    found = []
    for (what, post), people in counted.items():
        mean = sum(people.values()) / len(people)
        found += [
            Fault("UNFAIR", staff, first, False, number, what, post)
            for staff, number in people.items()
            if number > mean + FAIR_DIFFERENCE
        ]
    return sorted(found, key=lambda fault: (fault.post, fault.what, -fault.value, fault.staff))


def pay_rate(day: date, *, extra: bool) -> int:
    """Percent of the hourly pay: 300 on a legal holiday; of what is over one's own turns 200 on rest days, else 150.

    [L] 劳动法 §44. The system records hours; pay is the personnel office's (R2.3).
    """
    if holidays.legal(day):
        return 300
    if not extra:
        return 100
    return 150 if holidays.workday(day) else 200
