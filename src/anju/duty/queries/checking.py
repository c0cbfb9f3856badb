"""The roster check: holes, faults and hints of a stretch of dates, before publishing and every day for the next sixty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Min

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.duty.choices import STANDING, Decision, LeaveKind
from anju.duty.models import Leave, Post, Shift
from anju.duty.queries.roster import aways, held, leaves, posts, turns
from anju.duty.rules import checks, holidays
from anju.duty.rules.checks import Fault, Terms
from anju.duty.rules.spans import DAY, Gap, Work, gaps, present
from anju.estate.defaults import setting
from anju.estate.models import Community

LOOK_BACK = 7
"""Days before the stretch that are read too: rest and days in a row are seen across its edge."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `refusing` faults and gaps keep a roster from being published, `hints` do not."""

    first: date
    last: date
    gaps: Sequence[Gap]
    refusing: Sequence[Fault]
    hints: Sequence[Fault]
    unknown_years: Sequence[int]
    posts: dict[int, Post]
    names: dict[int, str]

    @property
    def clean(self) -> bool:
        return not self.gaps and not self.refusing


def check(scope: Scope, community: Community, first: date, last: date) -> Report:
    """Everything that is wrong with the turns of these dates, drafts included."""
    held_posts = list(posts(scope, community.id))
    begin, end = first.toordinal(), last.toordinal()
    rows = list(turns(scope, community.id, first - timedelta(days=LOOK_BACK), last).filter(state__in=STANDING))
    works = [row.work for row in rows]
    absent = list(leaves(scope, community.id, clock.on(first, time(0)), clock.on(last + timedelta(days=2), time(0))))
    window = str(setting(community.config, "duty.outsource_window"))
    left = present(works, aways(absent))
    start = day_begins(community.id)
    found = gaps([post.need(window) for post in held_posts], left, begin * DAY + start, (end + 1) * DAY + start)
    crew = accounts.crew(community.id) if held(scope, community.id) else []
    faults = checks.faults(works, _terms(community, held_posts, absent), begin, end)
    refusing, said = _parted(faults)
    return Report(
        first,
        last,
        found,
        refusing,
        [*said, *checks.unfair(works, begin, end), *_paid(works, begin, end)],
        holidays.unknown_years(first, last),
        {post.id: post for post in held_posts},
        {row.staff_id: row.staff.name for row in crew} | {row.staff_id: row.staff.name for row in rows},
    )


def _parted(faults: Sequence[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Those that refuse a roster, and those that are only said."""
    return [one for one in faults if one.refused], [one for one in faults if not one.refused]


def day_begins(community_id: int) -> int:
    """The minute of the day at which the first shift begins: a night belongs to the date before (R2, edge cases)."""
    found = Shift.objects.filter(community_id=community_id, on_call=False).aggregate(first=Min("begin_min"))
    return int(found["first"] or 0)


def _terms(community: Community, held_posts: Sequence[Post], absent: Sequence[Leave]) -> Terms:
    sheltered: dict[int, list[tuple[int, int]]] = {}
    for one in absent:
        if one.kind == LeaveKind.SHELTERED and one.state == Decision.APPROVED:
            span = (clock.local(one.begin_at).date().toordinal(), clock.local(one.end_at).date().toordinal())
            sheltered.setdefault(one.staff_id, []).append(span)
    return Terms(
        certs={post.id: tuple(post.certs) for post in held_posts if post.certs},
        valid=accounts.certificates(community.id),
        pooled={post.id: post.pooled_until.toordinal() for post in held_posts if post.pooled_until},
        sheltered={staff: tuple(spans) for staff, spans in sheltered.items()},
        rest=int(setting(community.config, "duty.min_rest_h")) * 60,
    )


def _paid(works: Sequence[Work], begin: int, end: int) -> list[Fault]:
    """One hint per legal holiday: how many turns are paid threefold."""
    found: dict[int, int] = {}
    for work in works:
        if begin <= work.day <= end and not work.on_call and holidays.legal(date.fromordinal(work.day)):
            found[work.day] = found.get(work.day, 0) + 1
    return [Fault("HOLIDAY_PAY", 0, day, False, number) for day, number in sorted(found.items())]
