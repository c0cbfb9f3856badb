"""Figures about many tickets, by the definitions of Appendix E; counts only, never whose they are.

Merged children and cancelled duplicates are left out everywhere. Spans are half open: from `since` until before `until`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour

from anju.core import clock, worktime
from anju.core.scope import Scope
from anju.tickets.choices import FINISHED, ClockKind, ClockState, CloseCode, Light, Prio
from anju.tickets.models import Clock, Ticket
from anju.tickets.queries.listing import Filters, listed, visible

DAY = timedelta(days=1)
BACK = 3 * DAY
"""How much earlier than a span a ticket may have come whose clock of at most a day, paused meanwhile, ends within it."""
ENOUGH = 5
KINDS = (ClockKind.RESP, ClockKind.ARRIVE, ClockKind.ESC24)
MOST_PLANNED = 20


class Rate(NamedTuple):
    """A share with the counts that make it."""

    met: int
    of: int

    @property
    def percent(self) -> str:
        """`96.8%`, with one decimal; "" when there is nothing to divide by."""
        return f"{100 * self.met / self.of:.1f}%" if self.of else ""

    @property
    def enough(self) -> bool:
        """Below five a share says nothing (样本不足)."""
        return self.of >= ENOUGH


@dataclass(frozen=True, slots=True)
class Figures:
    """What a span amounts to. M1 `response`, M3 `arrival`, M5 `solved`; M2 `median_s` and `ninetieth_s` in seconds, None
    when nobody answered; `created` and how many of them are `finished`."""

    response: Rate
    arrival: Rate
    solved: Rate
    median_s: int | None
    ninetieth_s: int | None
    created: int
    finished: int


class _Tick(NamedTuple):
    ticket: int
    kind: str
    prio: str
    created_at: datetime
    base: datetime
    duration_s: int
    hours: str
    deadline: datetime | None
    state: str
    met_at: datetime | None
    breached_at: datetime | None

    @property
    def ends_at(self) -> datetime:
        return self.deadline or worktime.after(self.base, self.duration_s, self.hours)

    @property
    def in_time(self) -> bool:
        return self.met_at is not None and self.breached_at is None


_COLUMNS = (
    "ticket_id",
    "kind",
    "ticket__prio",
    "ticket__created_at",
    "base",
    "duration_s",
    "hours",
    "deadline",
    "state",
    "met_at",
    "breached_at",
)


def figures(scope: Scope, community_id: int, since: datetime, until: datetime) -> Figures:
    """The figures of a span, in two statements; of one that is still running, as they stand now."""
    now = min(until, clock.now())
    ticks = _ticks(counted(scope, community_id).filter(created_at__gte=since - BACK, created_at__lt=until))
    fallen = [one for one in ticks if since <= one.ends_at < now]
    waits = _waits(ticks, since, until)
    rows = counted(scope, community_id).filter(created_at__gte=since, created_at__lt=until)
    made = rows.aggregate(created=Count("id"), finished=Count("id", filter=Q(status__in=FINISHED)))
    return Figures(
        response=_rate(_of(fallen, ClockKind.RESP)),
        arrival=_rate(one for one in _of(fallen, ClockKind.ARRIVE) if one.prio == Prio.P0),
        solved=_rate(one for one in _of(ticks, ClockKind.ESC24) if since <= one.created_at <= now - DAY),
        median_s=round(median(waits)) if waits else None,
        ninetieth_s=_ninetieth(waits),
        created=made["created"],
        finished=made["finished"],
    )


def response_by_day(scope: Scope, community_id: int, days: Sequence[date]) -> list[Rate]:
    """M1 of each of these days, which follow each other, in one statement."""
    first = clock.on(days[0], time.min)
    rows = counted(scope, community_id).filter(created_at__gte=first - BACK)
    fallen = [one for one in _ticks(rows, (ClockKind.RESP,)) if one.ends_at < clock.now()]
    return [_rate(one for one in fallen if clock.local(one.ends_at).date() == day) for day in days]


def counted(scope: Scope, community_id: int) -> QuerySet[Ticket]:
    """The tickets of a community that statistics are about."""
    rows = visible(scope).filter(community_id=community_id, master=None)
    return rows.exclude(close_code=CloseCode.DUPLICATE)


def _ticks(rows: QuerySet[Ticket], kinds: Sequence[str] = KINDS) -> list[_Tick]:
    """The clocks of these tickets, of each kind the latest round."""
    found = Clock.objects.filter(ticket__in=rows, kind__in=kinds).order_by("round")
    latest = {(row[0], row[1]): _Tick._make(row) for row in found.values_list(*_COLUMNS)}
    return list(latest.values())


def _counts(one: _Tick) -> bool:
    """Whether it ran to an end: neither void without a breach nor waiting in a pause."""
    return one.breached_at is not None or one.state not in (ClockState.VOID, ClockState.PAUSED)


def _of(ticks: Sequence[_Tick], kind: str) -> list[_Tick]:
    return [one for one in ticks if one.kind == kind]


def _waits(ticks: Sequence[_Tick], since: datetime, until: datetime) -> list[int]:
    """Seconds until the first answer, of those answered in this span."""
    answered = [(one.base, one.met_at) for one in _of(ticks, ClockKind.RESP) if one.met_at is not None]
    return [int((met_at - base).total_seconds()) for base, met_at in answered if since <= met_at < until]


def _rate(ticks: Iterable[_Tick]) -> Rate:
    kept = [one for one in ticks if _counts(one)]
    return Rate(sum(one.in_time for one in kept), len(kept))


def _ninetieth(waits: Sequence[int]) -> int | None:
    if len(waits) < 2:
        return waits[0] if waits else None
    return round(quantiles(waits, n=10, method="inclusive")[-1])


@dataclass(slots=True)
class Hours:
    """How many tickets came in each hour of a day, Shanghai time."""

    of: dict[date, list[int]] = field(default_factory=dict)

    def day(self, day: date) -> list[int]:
        """Twenty-four counts."""
        return self.of.get(day, [0] * 24)


def arrivals(scope: Scope, community_id: int, days: Sequence[date]) -> Hours:
    """When tickets came on these days, in one statement."""
    wanted = Q(pk=None)
    for one in days:
        begin = clock.on(one, time.min)
        wanted |= Q(created_at__gte=begin, created_at__lt=begin + DAY)
    hour = TruncHour("created_at", tzinfo=clock.SHANGHAI)
    rows = counted(scope, community_id).filter(wanted).annotate(hour=hour).order_by()
    found = Hours({day: [0] * 24 for day in days})
    for at, count in rows.values("hour").annotate(n=Count("id")).values_list("hour", "n"):
        there = clock.local(at)
        found.of[there.date()][there.hour] = count
    return found


def open_by_dept(scope: Scope, community_id: int) -> dict[str, list[int]]:
    """Department -> how many open tickets in each light, in the order of the lights; the fullest first."""
    rows = listed(scope, Filters(community=community_id)).order_by()
    found: dict[str, list[int]] = {}
    for dept, rank, count in (
        rows.values("lead_dept", "rank").annotate(n=Count("id")).values_list("lead_dept", "rank", "n")
    ):
        found.setdefault(dept, [0] * len(Light))[rank] = count
    return dict(sorted(found.items(), key=lambda pair: (-sum(pair[1]), pair[0])))


class Deadline(NamedTuple):
    """A deadline that comes: when, in which light the ticket is now, what it is about."""

    at: datetime
    light: str
    leaf_code: str


def deadlines(scope: Scope, community_id: int, until: datetime, *, limit: int = 60) -> list[Deadline]:
    """The open tickets whose deadline comes until then, the nearest first."""
    rows = listed(scope, Filters(community=community_id)).filter(due_at__gte=clock.now(), due_at__lte=until)
    found = rows.order_by("due_at", "id").values_list("due_at", "light", "leaf_code")[:limit]
    return [Deadline(at, light, leaf) for at, light, leaf in found if at]


class Planned(NamedTuple):
    """Something of today that has its hour: a visit that was agreed, with its end, or a ticket that comes back."""

    at: datetime
    until: datetime | None
    leaf_code: str


def planned(scope: Scope, community_id: int, since: datetime, until: datetime, *, limit: int = 4) -> list[Planned]:
    """What has its hour in this span, in order."""
    rows = listed(scope, Filters(community=community_id))
    visits = rows.filter(appointment_start__gte=since, appointment_start__lt=until)
    back = rows.filter(light=Light.GREY, due_at__gte=since, due_at__lt=until)
    found = [
        *(Planned(at, end, leaf) for at, end, leaf in _hours(visits, "appointment_start", "appointment_end") if at),
        *(Planned(at, None, leaf) for at, leaf in _hours(back, "due_at") if at),
    ]
    return sorted(found, key=lambda one: one.at)[:limit]


def _hours(rows: QuerySet[Ticket], *columns: str) -> list[tuple[Any, ...]]:
    return list(rows.order_by(columns[0]).values_list(*columns, "leaf_code")[:MOST_PLANNED])
