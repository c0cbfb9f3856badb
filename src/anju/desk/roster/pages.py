"""A month as a grid: people by post, a column per day, a row of coverage below each post, and what is wrong beside it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.duty import queries
from anju.duty.choices import STANDING, TurnState
from anju.duty.models import Leave, Post, Shift, Turn
from anju.duty.queries import Able, Report
from anju.duty.rules import checks, holidays
from anju.duty.rules.spans import DAY, Gap, instant
from anju.estate.models import Community

SUGGESTED = 3
LONG = 12 * 60
AFTERNOON, NIGHT = 14 * 60, 22 * 60
"""For so many holes a stand-in is looked for; the others are named."""


@dataclass(frozen=True, slots=True)
class Day:
    """A column: its number, its weekday, and whether it is free."""

    on: date
    weekday: str
    css: str


@dataclass(frozen=True, slots=True)
class Brush:
    """What a click puts into a cell."""

    code: str
    hours: str
    css: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one day. `key` is what the form sends for it."""

    text: str
    css: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One person on a post with his month."""

    name: str
    cells: Sequence[Cell]
    hours: int
    over: int


@dataclass(frozen=True, slots=True)
class Group:
    """A post with its people; `cover` has a word for each day with a hole, "" for a covered one."""

    post: Post
    lines: Sequence[Line]
    cover: Sequence[str]


@dataclass(frozen=True, slots=True)
class Hole:
    """A hole beside the grid, with who may fill it."""

    gap: Gap
    words: str
    mark: str
    able: Sequence[Able] = ()
    shift: Shift | None = None
    day: date | None = None


@dataclass(slots=True)
class Month:
    """Everything on the page."""

    first: date
    last: date
    days: Sequence[Day]
    shifts: Sequence[Shift]
    report: Report
    groups: list[Group] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    drafts: int = 0
    norm: int = 0

    @property
    def brushes(self) -> list[Brush]:
        return [Brush(one.code, one.hours, weight(one)) for one in self.shifts]

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.last + timedelta(days=1):%Y-%m}"

    @property
    def may_publish(self) -> bool:
        return bool(self.drafts) and not self.holes and not self.faults


def month(scope: Scope, community: Community, first: date, added: Iterable[tuple[int, int]]) -> Month:
    """The month that begins on `first`; `added` are rows without turns, (post, staff)."""
    last = date.fromordinal(checks.month_end(first.year, first.month))
    rows = list(queries.turns(scope, community.id, first, last).filter(state__in=STANDING))
    begin, until = drafted(rows, first, last)
    report = queries.check(scope, community, begin, until)
    shifts = sorted(
        queries.shifts(scope, community.id), key=lambda one: (one.on_call, one.length_min > 720, one.begin_min)
    )
    days = [_day(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    page = Month(first, last, days, shifts, report, drafts=sum(row.state == TurnState.DRAFT for row in rows))
    page.norm = checks.norm(first.toordinal(), last.toordinal()) // 60
    absent = list(
        queries.leaves(scope, community.id, instant(first.toordinal() * DAY), instant((last.toordinal() + 1) * DAY))
    )
    page.groups = _groups(page, rows, absent, set(added))
    page.holes = [_hole(scope, community, page, gap, number) for number, gap in enumerate(report.gaps)]
    page.faults = [queries.fault_words(report, one) for one in report.refusing]
    page.hints = [
        *(queries.fault_words(report, one) for one in report.hints if one.code != "WEEKLY_HOURS"),
        *(queries.calendar_words(year) for year in report.unknown_years),
    ]
    return page


def drafted(rows: Sequence[Turn], first: date, last: date) -> tuple[date, date]:
    """The dates that would be published: from the first draft to the last; without one the days of the month that are
    still to come, since nobody can stand in for yesterday."""
    days = [row.day for row in rows if row.state == TurnState.DRAFT]
    return (min(days), max(days)) if days else (min(max(first, clock.today()), last), last)


def _day(on: date) -> Day:
    called = holidays.name(on)
    css = "hol" if holidays.legal(on) else "" if holidays.workday(on) else "off"
    return Day(on, called[:1] if css == "hol" else _("一二三四五六日")[on.weekday()], css)


def weight(shift: Shift) -> str:
    """Three weights of ink: morning plain, afternoon pale, night solid; on call a fourth."""
    if shift.on_call:
        return "s-d"
    begin, end = shift.begin_min, shift.begin_min + shift.length_min
    if end > NIGHT + 3 * 60:  # reaches past one in the night
        return "s-c"
    return "s-b" if begin >= AFTERNOON else "s-a"


def _groups(page: Month, rows: Sequence[Turn], absent: Sequence[Leave], added: set[tuple[int, int]]) -> list[Group]:
    bad = {(one.staff, one.day) for one in page.report.refusing}
    off = _days_off(page, absent)
    total = Counter[int]()
    for row in rows:
        total[row.staff_id] += row.work.paid
    found = []
    for post in page.report.posts.values():
        mine = {(row.staff_id, row.day): row for row in rows if row.post_id == post.id}
        people = _people(post, mine, added)
        lines = []
        for staff in people:
            cells = [_cell(page, post, staff, day, mine.get((staff, day.on)), off, bad) for day in page.days]
            hours = total[staff] // 60
            lines.append(Line(page.report.names.get(staff, ""), cells, hours, max(0, hours - page.norm)))
        found.append(Group(post, lines, _cover(page, post)))
    return found


def _people(post: Post, mine: Iterable[tuple[int, date]], added: set[tuple[int, int]]) -> list[int]:
    """Who has a row on this post."""
    return sorted({staff for staff, _day in mine} | {staff for one, staff in added if one == post.id})


def _days_off(page: Month, absent: Sequence[Leave]) -> set[tuple[int, date]]:
    """Who is away on which day."""
    away = queries.absences(absent)
    return {(one.staff_id, day.on) for one in away for day in page.days if _covers(one, day.on)}


def _cell(
    page: Month,
    post: Post,
    staff: int,
    day: Day,
    turn: Turn | None,
    off: set[tuple[int, date]],
    bad: set[tuple[int, int]],
) -> Cell:
    text, css, called = (turn.shift.code, weight(turn.shift), turn.shift.name) if turn else ("·", "s-x", _("休"))
    if (staff, day.on) in off:
        text, css = _("假"), "s-v"
    marks = [css]
    if css in ("s-a", "s-x"):
        marks.append(day.css)
    if (staff, day.on.toordinal()) in bad:
        marks.append("bad")
    if turn and turn.state == TurnState.DRAFT:
        marks.append("draft")
    label = f"{page.report.names.get(staff, '')} {day.on:%m-%d} {called}"
    return Cell(text, " ".join(filter(None, marks)), f"{post.id}:{staff}:{day.on}", label)


def _covers(leave: Leave, day: date) -> bool:
    noon = instant(day.toordinal() * DAY + DAY // 2)
    return leave.begin_at <= noon < leave.end_at


def _cover(page: Month, post: Post) -> list[str]:
    """缺早 for each day with a hole on this post."""
    marks: dict[date, str] = {}
    for gap in page.report.gaps:
        if gap.post == post.id:
            for shift, day in _missed(page, gap):
                marks.setdefault(day, _("缺%(shift)s") % {"shift": shift.code})
    return [marks.get(day.on, "") for day in page.days]


def _missed(page: Month, gap: Gap) -> list[tuple[Shift, date]]:
    """Which shifts of which days lie in a hole, the one that begins with it first."""
    plain = [one for one in page.shifts if not one.on_call and one.length_min <= LONG]
    found = [
        (shift, day, day * DAY + shift.begin_min)
        for day in range(gap.begin // DAY - 1, gap.end // DAY + 1)
        for shift in plain
    ]
    missed = [one for one in found if one[2] < gap.end and gap.begin < one[2] + one[0].length_min]
    missed.sort(key=lambda one: abs(one[2] - gap.begin))
    return [(shift, date.fromordinal(day)) for shift, day, _begin in missed]


def _hole(scope: Scope, community: Community, page: Month, gap: Gap, number: int) -> Hole:
    missed = _missed(page, gap)
    words = queries.gap_words(page.report, gap)
    if not missed:
        return Hole(gap, words, _("缺"))
    shift, day = missed[0]
    post = page.report.posts[gap.post]
    able = queries.stand_ins(scope, community, post, shift, day)[:3] if number < SUGGESTED else ()
    return Hole(gap, words, _("缺%(shift)s") % {"shift": shift.code}, able, shift, day)


def this_month() -> date:
    """The first day of the present month."""
    return clock.today().replace(day=1)
