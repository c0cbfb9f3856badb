"""Who could take a turn without breaking a rule: those who have rested longest first."""

from dataclasses import dataclass
from datetime import date, timedelta

from anju.accounts import queries as accounts
from anju.core.scope import Scope
from anju.duty.choices import STANDING
from anju.duty.models import Post, Shift, Turn
from anju.duty.queries.checking import LOOK_BACK
from anju.duty.queries.roster import aways, held, leaves
from anju.duty.rules import checks
from anju.duty.rules.spans import DAY, Work, instant, present
from anju.estate.models import Community


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who may, and the rest he has before and after in minutes (None: no other turn near)."""

    staff_id: int
    name: str
    before: int | None
    after: int | None


def stand_ins(scope: Scope, community: Community, post: Post, shift: Shift, day: date) -> list[Able]:
    """People of the post's department who have its certificates, are there, and would break no rule of R2.2."""
    if not held(scope, community.id):
        return []
    first, last = day - timedelta(days=LOOK_BACK), day + timedelta(days=LOOK_BACK)
    rows = Turn.objects.filter(community=community, day__range=(first, last), state__in=STANDING)
    works: dict[int, list[Work]] = {}
    for row in rows.select_related("shift"):
        works.setdefault(row.staff_id, []).append(row.work)
    begin = day.toordinal() * DAY + shift.begin_min
    wanted = Work(0, post.id, begin, begin + shift.length_min, day.toordinal(), shift.paid_min, shift.on_call)
    away = aways(leaves(scope, community.id, instant(wanted.begin), instant(wanted.end)))
    terms = checks.Terms(certs={post.id: tuple(post.certs)}, valid=accounts.certificates(community.id))
    found = []
    for member in accounts.crew(community.id):
        new = wanted._replace(staff=member.staff_id)
        mine = works.get(member.staff_id, [])
        if (
            member.dept == post.dept
            and not {"WK", "CS"}.isdisjoint(member.roles)
            and present([new], away) == [new]
            and _fits(new, mine, terms)
        ):
            found.append(Able(member.staff_id, member.staff.name, *_rest(new, mine)))
    return sorted(found, key=lambda one: (-min(one.before or DAY * 9, one.after or DAY * 9), one.staff_id))


def _fits(new: Work, mine: list[Work], terms: checks.Terms) -> bool:
    """It breaks nothing that was not broken before."""
    first, last = new.day - LOOK_BACK, new.day + LOOK_BACK
    old = {(one.code, one.day) for one in checks.faults(mine, terms, first, last) if one.refused}
    now = {(one.code, one.day) for one in checks.faults([*mine, new], terms, first, last) if one.refused}
    return now <= old


def _rest(new: Work, mine: list[Work]) -> tuple[int | None, int | None]:
    before = [new.begin - one.end for one in mine if one.end <= new.begin and not one.on_call]
    after = [one.begin - new.end for one in mine if one.begin >= new.end and not one.on_call]
    return min(before, default=None), min(after, default=None)
