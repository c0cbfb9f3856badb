"""Making a roster: generate from a pattern, put and remove single turns."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.core import bulk, clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.duty.actions.founding import planner
from anju.duty.choices import TurnState
from anju.duty.models import Pattern, Post, Publication, Shift, Turn
from anju.duty.queries.checking import LOOK_BACK
from anju.duty.rules import checks, patterns
from anju.duty.rules.spans import Work
from anju.estate.models import Community
from anju.journal import actions as journal

LONGEST = 93
"""Days that are generated or published at once."""


def dates(first: date, last: date) -> None:
    """Raises Refused DATES_INVALID unless it is a stretch of one to 93 days."""
    if not 0 <= (last - first).days < LONGEST:
        raise Refused("DATES_INVALID", _("日期不对，一次最多排93天"), fields={"last": _("日期不对，一次最多排93天")})


def new_turn(post: Post, shift: Shift, staff_id: int, day: date, *, extra: bool = False) -> Turn:
    """An unsaved draft."""
    begin = clock.on(day, time(0)) + timedelta(minutes=shift.begin_min)
    return Turn(
        community_id=post.community_id,
        post=post,
        shift=shift,
        staff_id=staff_id,
        day=day,
        begin_at=begin,
        end_at=begin + timedelta(minutes=shift.length_min),
        extra=extra,
        pay_rate=checks.pay_rate(day, extra=extra),
    )


@transaction.atomic
def generate(
    pattern: Pattern, *, post: Post, teams: Sequence[Sequence[Staff]], first: date, last: date, by: Scope
) -> list[Turn]:
    """Drafts for everybody of the teams by the pattern, instead of the drafts they had on this post in these dates.

    Raises Refused WEEKLY_HOURS or NO_WEEKLY_REST for a pattern nobody may work, ROSTER_PUBLISHED where some of these
    turns are in force already, STAFF_UNKNOWN, DATES_INVALID.
    """
    planner(pattern.community, by)
    dates(first, last)
    shifts = {one.code: one for one in Shift.objects.filter(community_id=pattern.community_id)}
    _refuse_pattern(pattern, shifts, pooled=bool(post.pooled_until and post.pooled_until >= last))
    people = [one.id for team in teams for one in team]
    _known(pattern.community, people)
    old = Turn.objects.filter(post=post, staff_id__in=people, day__range=(first, last))
    if old.exclude(state__in=(TurnState.DRAFT, TurnState.SWAPPED)).exists():
        raise Refused("ROSTER_PUBLISHED", _("这段时间已经发布，请逐个调班"), status=409)
    old.filter(state=TurnState.DRAFT).delete()
    planned = patterns.generate(
        pattern.rule, [[one.id for one in team] for team in teams], first.toordinal(), last.toordinal()
    )
    rows = [new_turn(post, shifts[one.code], one.staff, date.fromordinal(one.day)) for one in planned]
    bulk.insert(rows)
    return rows


def _refuse_pattern(pattern: Pattern, shifts: Mapping[str, Shift], *, pooled: bool) -> None:
    paid = {code: 0 if one.on_call else one.paid_min for code, one in shifts.items()}
    codes = patterns.objections(pattern.rule, paid, pooled=pooled)
    if codes:
        words = {
            "WEEKLY_HOURS": _("这个排班规律平均每周超过44小时（劳动法第36条），岗位须有综合计算工时的批准"),
            "NO_WEEKLY_REST": _("这个排班规律没有每周一天的休息（劳动法第38条）"),
        }
        raise Refused(codes[0], words[codes[0]], data={"codes": list(codes)})


def _known(community: Community, staff_ids: Sequence[int]) -> None:
    here = set(accounts.staff_in(SYSTEM, community.id).values_list("staff_id", flat=True))
    if not staff_ids or set(staff_ids) - here or len(set(staff_ids)) < len(staff_ids):
        message = _("班组里有人不在本小区，或者写了两次")
        raise Refused("STAFF_UNKNOWN", message, fields={"teams": message})


@transaction.atomic
def put(post: Post, *, shift: Shift, staff: Staff, day: date, by: Scope) -> Turn:
    """Somebody gets a turn. In a roster that is in force it counts at once and must hold all rules.

    Raises Refused ROSTER_OVERLAP; in a published stretch also CERT_EXPIRED, REST_TOO_SHORT and the others of R2.2.
    """
    planner(post.community, by)
    _known(post.community, [staff.id])
    published = in_publication(post.community_id, day)
    row = new_turn(post, shift, staff.id, day, extra=published)
    Staff.objects.select_for_update().get(id=staff.id)  # two planners put one person into one turn each
    refuse_faults(row, staff, published=published)
    row.state = TurnState.PUBLISHED if published else TurnState.DRAFT
    row.save(force_insert=True)
    if published:
        journal.record("duty.put", subject=("turn", row.id), community_id=row.community_id, by=by)
    return row


def in_publication(community_id: int, day: date) -> bool:
    """Whether the roster of this date has been published."""
    return Publication.objects.filter(community_id=community_id, first_on__lte=day, last_on__gte=day).exists()


def refuse_faults(row: Turn, staff: Staff, *, published: bool, but: Sequence[int] = (), urgent: bool = False) -> None:
    """Raises Refused for what this turn would break for its person. A draft may be anything but double; an urgent
    stand-in may have rested too little, but not lack a certificate."""
    works = _works_around(row, staff, but)
    alike = [one for one in works if one.on_call == row.work.on_call]
    if any(one.begin < row.work.end and row.work.begin < one.end for one in alike):
        name = {"name": staff.name, "day": f"{row.day:%m-%d}"}
        raise Refused("ROSTER_OVERLAP", _("%(name)s %(day)s已经有班，时间重叠") % name, status=409)
    if published:
        _refuse_personal(row, staff, works, ("CERT_EXPIRED", "CERT_MISSING") if urgent else tuple(PERSONAL))


def _works_around(row: Turn, staff: Staff, but: Sequence[int]) -> list[Work]:
    span = (row.day - timedelta(days=LOOK_BACK), row.day + timedelta(days=LOOK_BACK))
    around = Turn.objects.filter(staff=staff, day__range=span).exclude(id__in=but)
    rows = around.exclude(state__in=(TurnState.SWAPPED, TurnState.ABSENT)).select_related("shift")
    return [one.work for one in rows]


def _refuse_personal(row: Turn, staff: Staff, works: Sequence[Work], codes: Sequence[str]) -> None:
    terms = checks.Terms(certs={row.post_id: tuple(row.post.certs)}, valid=accounts.certificates(row.community_id))
    day = row.day.toordinal()
    for fault in checks.faults([*works, row.work], terms, day - LOOK_BACK, day + LOOK_BACK):
        if fault.refused and fault.code in codes:
            raise Refused(fault.code, PERSONAL[fault.code]() % {"name": staff.name})


PERSONAL = {
    "CERT_EXPIRED": lambda: _("该员工证书已过期，%(name)s不能上这个岗"),
    "CERT_MISSING": lambda: _("%(name)s没有这个岗位要的证书"),
    "REST_TOO_SHORT": lambda: _("%(name)s两班之间休息不够"),
    "DAYS_IN_A_ROW": lambda: _("%(name)s连续上班超过6天"),
}


@transaction.atomic
def remove(turn: Turn, *, by: Scope) -> None:
    """Take a draft out. Raises Refused ROSTER_PUBLISHED: what is in force is swapped or stood in for."""
    planner(turn.community, by)
    if Turn.objects.filter(id=turn.id, state=TurnState.DRAFT).delete()[0] == 0:
        raise Refused("ROSTER_PUBLISHED", _("这个班已经发布，请换班或安排顶岗"), status=409)
