"""What the wallboard shows: lights, the reddest rows, who is there, and the figures of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju import understanding
from anju.accounts import queries as accounts
from anju.accounts.choices import Dept
from anju.core import clock, replicas
from anju.core import scope as scopes
from anju.duty import queries as duty
from anju.estate.models import Community
from anju.tickets import queries
from anju.tickets.choices import ClockKind, Light
from anju.tickets.queries import MANY, Figures, Filters, Planned
from anju.ui.charts import Column, Part, Pile

ROWS = 8
NAMES = 2
WEEKS = 4
DEPTS = 5
HALF_DAY = timedelta(hours=12)
LIGHTS: Sequence[tuple[Light, Promise, Promise]] = (
    (Light.RED, gettext_lazy("红灯"), gettext_lazy("马上处理")),
    (Light.YELLOW, gettext_lazy("黄灯"), gettext_lazy("快到时限")),
    (Light.GREEN, gettext_lazy("绿灯"), gettext_lazy("在时限内")),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One light, large."""

    light: str
    word: str
    about: str
    count: str


@dataclass(frozen=True, slots=True)
class Row:
    """A red or yellow ticket: its kind, never what the resident wrote."""

    light: str
    clock: str
    due_at: datetime | None
    what: str
    where: str
    who: str


class Board:
    """Everything on the board of a community, each part read when the template comes to it."""

    def __init__(self, community: Community) -> None:
        self.community = community
        self.scope = scopes.screen(community.id)
        self.now = clock.now()
        self.midnight = clock.day_start(self.now)

    @cached_property
    def counts(self) -> dict[str, int]:
        return queries.counts(self.scope, Filters(community=self.community.id))

    @property
    def tiles(self) -> list[Tile]:
        return [Tile(light.lower(), str(word), str(about), _upto(self.counts[light])) for light, word, about in LIGHTS]

    @property
    def held(self) -> str:
        return _upto(self.counts[Light.GREY])

    @property
    def rows(self) -> list[Row]:
        """The reddest, in the order of the queue."""
        lines = queries.queue_lines(self.scope, Filters(community=self.community.id), limit=ROWS).rows
        clocks = {one.value: str(one.label) for one in ClockKind}
        return [
            Row(
                light=line.light.lower(),
                clock=clocks.get(line.light_clock, ""),
                due_at=line.due_at,
                what=understanding.leaf(line.leaf_code).short,
                where=queries.where(self.scope, line),
                who=line.accountable__name or _("无人"),
            )
            for line in lines
            if line.light in (Light.RED, Light.YELLOW)
        ]

    @cached_property
    def shift(self) -> tuple[str, datetime] | None:
        """早班 08:00–16:00, and when the next change is."""
        found = duty.shift_now(self.scope, self.community)
        return (f"{found[0].name} {found[0].hours}", found[1]) if found else None

    @property
    def duty(self) -> list[tuple[str, Sequence[str], int]]:
        """Post, names, how many more."""
        here = duty.on_posts(duty.standing(self.scope, self.community), accounts.crew(self.community.id))
        return [(one.label, one.names[:NAMES], max(0, len(one.names) - NAMES)) for one in here]

    @property
    def planned(self) -> list[tuple[Planned, str]]:
        found = queries.planned(self.scope, self.community.id, self.now, self.midnight + timedelta(days=1))
        return [(one, understanding.leaf(one.leaf_code).short) for one in found]

    @cached_property
    def today(self) -> Figures:
        with replicas.may_lag():
            return queries.figures(self.scope, self.community.id, self.midnight, self.midnight + timedelta(days=1))

    @property
    def hours(self) -> list[Column]:
        """Reports by hour of today against the mean of the last four of the same weekday; no bars for hours to come."""
        today = clock.local(self.now).date()
        before = [today - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
        with replicas.may_lag():
            found = queries.arrivals(self.scope, self.community.id, [today, *before])
        current = clock.local(self.now).hour
        return [
            Column(str(hour), count, sum(found.day(day)[hour] for day in before) / WEEKS, now=hour == current)
            for hour, count in enumerate(found.day(today))
        ]

    @property
    def usual(self) -> str:
        """近4个星期一平均."""
        weekday = clock.local(self.now).strftime("%w")
        names = (_("周日"), _("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"))
        return _("虚线：近4个%(day)s平均") % {"day": names[int(weekday)]}

    @property
    def depts(self) -> list[Pile]:
        """Open tickets by department; what does not fit is added up."""
        found = queries.open_by_dept(self.scope, self.community.id)
        named = [(str(Dept(dept).label), counts) for dept, counts in found.items()]
        if len(named) > DEPTS:
            rest = [sum(column) for column in zip(*(counts for _name, counts in named[DEPTS - 1 :]), strict=True)]
            named = [*named[: DEPTS - 1], (_("其他"), rest)]
        return [piled(name, counts) for name, counts in named]

    @property
    def open(self) -> int:
        return sum(self.counts.values())


def piled(name: str, counts: Sequence[int]) -> Pile:
    """A department with its lights."""
    return Pile(name, [Part(str(light.label), n, light.lower()) for light, n in zip(Light, counts, strict=True)])


def _upto(count: int) -> str:
    return f"{MANY}+" if count >= MANY else str(count)
