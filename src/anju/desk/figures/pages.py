"""What the page of figures shows of a day or a week: counts beside every share, and the same span before for comparison."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.scope import Scope
from anju.estate.models import Community
from anju.feedback import queries as feedback
from anju.tickets import queries
from anju.tickets.choices import Light
from anju.tickets.queries import Figures, Rate
from anju.ui import times
from anju.ui.charts import Column, Mark, Part, Pile

DAY = timedelta(days=1)
WEEKS = 4
AHEAD_H = 4
SPARK_DAYS = 14


class Shown:
    """The figures of one span, each read when the template comes to it. A week begins on Monday."""

    def __init__(self, scope: Scope, community: Community, span: str) -> None:
        self.scope, self.community = scope, community
        self.now = clock.now()
        today = clock.today()
        self.first = today - timedelta(days=today.weekday()) if span == "week" else today
        self.days = 7 if span == "week" else 1
        self.since = clock.day_start(self.now) - (today - self.first)
        self.until = self.since + self.days * DAY

    @cached_property
    def figures(self) -> Figures:
        return queries.figures(self.scope, self.community.id, self.since, self.until)

    @cached_property
    def before(self) -> Figures:
        """The same span before this one, as far into it as we are now."""
        back = self.days * DAY
        return queries.figures(self.scope, self.community.id, self.since - back, min(self.now, self.until) - back)

    @property
    def rates(self) -> list[tuple[str, Rate, Rate]]:
        """Name, now, before."""
        now, before = self.figures, self.before
        return [
            (_("15分钟响应率"), now.response, before.response),
            (_("30分钟到场率"), now.arrival, before.arrival),
            (_("24小时解决率"), now.solved, before.solved),
        ]

    @property
    def waits(self) -> list[tuple[str, str, str]]:
        """How long it took until somebody answered: name, now, before."""
        now, before = self.figures, self.before
        pairs = (
            (_("响应时长（中位）"), now.median_s, before.median_s),
            (_("响应时长（90分位）"), now.ninetieth_s, before.ninetieth_s),
        )
        return [(name, _length(this), _length(that)) for name, this, that in pairs]

    @property
    def daily(self) -> list[tuple[str, float | None]]:
        """The share answered in time of each of the last days, the newest last; None where too few."""
        days = [clock.today() - timedelta(days=back) for back in range(SPARK_DAYS - 1, -1, -1)]
        rates = queries.response_by_day(self.scope, self.community.id, days)
        return [
            (_day(day), 100 * rate.met / rate.of if rate.enough else None)
            for day, rate in zip(days, rates, strict=True)
        ]

    @cached_property
    def _hours(self) -> queries.Hours:
        days = [
            self.first - timedelta(weeks=week) + timedelta(days=day)
            for week in range(WEEKS + 1)
            for day in range(self.days)
        ]
        return queries.arrivals(self.scope, self.community.id, days)

    @property
    def arrivals(self) -> list[Column]:
        """Reports by hour of today, or by day of the week, against the mean of the four weeks before."""
        return self._by_hour() if self.days == 1 else self._by_day()

    def _by_hour(self) -> list[Column]:
        current = clock.local(self.now).hour
        usual = [self._hours.day(self.first - timedelta(weeks=week)) for week in range(1, WEEKS + 1)]
        return [
            Column(str(hour), count, sum(day[hour] for day in usual) / WEEKS, now=hour == current)
            for hour, count in enumerate(self._hours.day(self.first))
        ]

    def _by_day(self) -> list[Column]:
        found = []
        for day in (self.first + timedelta(days=one) for one in range(self.days)):
            usual = sum(sum(self._hours.day(day - timedelta(weeks=week))) for week in range(1, WEEKS + 1)) / WEEKS
            found.append(Column(_day(day), sum(self._hours.day(day)), usual, now=day == clock.today()))
        return found

    @property
    def depts(self) -> list[Pile]:
        """Open tickets by department and light."""
        lights = [(str(light.label), light.lower()) for light in Light]
        found = queries.open_by_dept(self.scope, self.community.id)
        return [
            Pile(str(Dept(dept).label), [Part(label, n, kind) for (label, kind), n in zip(lights, counts, strict=True)])
            for dept, counts in found.items()
        ]

    @cached_property
    def _stars(self) -> Sequence[int]:
        return feedback.given(self.scope, self.community.id, self.since, self.until)

    @property
    def stars(self) -> list[Part]:
        """How many ratings of each star, five first."""
        return [Part(_("%(n)d星") % {"n": star}, self._stars[star - 1]) for star in (5, 4, 3, 2, 1)]

    @property
    def liked(self) -> Rate:
        """好评率: four and five stars."""
        return Rate(sum(self._stars[3:]), sum(self._stars))

    @property
    def ahead(self) -> tuple[object, object, list[Mark], list[tuple[object, str]]]:
        """The deadlines of the next hours: begin, end, marks, ticks."""
        end = self.now + timedelta(hours=AHEAD_H)
        marks = [
            Mark(one.at, f"{times.hm(one.at, self.now)} {understanding.leaf(one.leaf_code).short}", one.light)
            for one in queries.deadlines(self.scope, self.community.id, end)
        ]
        first = self.now.replace(minute=0, second=0) + timedelta(hours=1)
        ticks = [(at, f"{clock.local(at):%H:%M}") for at in (first + timedelta(hours=n) for n in range(AHEAD_H))]
        return self.now, end, marks, [(at, words) for at, words in ticks if at <= end]


def _length(seconds: int | None) -> str:
    return "–" if seconds is None else times.took(timedelta(seconds=seconds))


def _day(day: date) -> str:
    return f"{day.month}-{day.day}"
