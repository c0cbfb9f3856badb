"""A breach: known to compliance and the manager within an hour, whom to tell decided within a day (§57, R16.7, T903),
and the authority told within four hours when it is graded larger or worse."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.access import allowed
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate.models import Community, Person
from anju.journal import actions as journal
from anju.privacy import news, rules
from anju.privacy.actions import telling
from anju.privacy.actions.numbering import number
from anju.privacy.choices import LeakState
from anju.privacy.models import Leak, LogLine
from anju.timers import actions as timers

KNOWN, DECIDED, AUTHORITY = "privacy.leak_known", "privacy.leak_decided", "privacy.leak_authority"
MUST_KNOW = ("COMP", "PM")
SECOND = timedelta(seconds=1)


@transaction.atomic
def report(
    community: Community,
    *,
    item: str,
    scope: str,
    by: Scope,
    found_at: datetime | None = None,
    staff_id: int | None = None,
    since: datetime | None = None,
) -> Leak:
    """Anybody of the staff reports a breach. `staff_id` and `since`: whose looks since when; they name the affected.

    Raises Refused NOT_ALLOWED (403), LEAK_ITEM, LEAK_SCOPE, FOUND_LATER.
    """
    if not allowed(by, "privacy.report_leak", community.id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    what, where = text.one_line(item)[:12], text.clean(scope)
    if not what:
        raise Refused("LEAK_ITEM", _("请写泄露的是什么信息"), fields={"item": _("请写泄露的是什么信息")})
    if not where:
        raise Refused("LEAK_SCOPE", _("请写怎么发现的、可能涉及谁"), fields={"scope": _("请写怎么发现的、可能涉及谁")})
    found = found_at or clock.now()
    if found > clock.now():
        raise Refused("FOUND_LATER", _("发现时间不能晚于现在"), fields={"found_at": _("发现时间不能晚于现在")})
    row = Leak(
        community=community,
        no=number(Leak, community.id, "L"),
        found_at=found,
        opened_by_id=by.staff_id or 0,
        item=what,
        people=touched(community.id, staff_id, since) if staff_id else [],
    )
    row.scope = where
    row.save(force_insert=True)
    timers.put(
        [
            timers.timer(KNOWN, ("leak", row.id), found + rules.LEAK_KNOWN + SECOND, community.id),
            timers.timer(DECIDED, ("leak", row.id), found + rules.LEAK_DECIDED + SECOND, community.id),
        ]
    )
    journal.record(news.LEAK, subject=("leak", row.id), community_id=community.id, by=by, note=where)
    _alarm(row, "leak", gettext_lazy("疑似信息泄露"))
    return row


def touched(community_id: int, staff_id: int, since: datetime | None) -> list[int]:
    """Whose data somebody has seen, by the log."""
    rows = LogLine.objects.filter(community_id=community_id, actor_id=staff_id).exclude(person_id=None)
    rows = rows.filter(at__gte=since) if since else rows
    return sorted({one for one in rows.values_list("person_id", flat=True) if one is not None})


def _alarm(row: Leak, about: str, words: object, *roles: str) -> None:
    people = telling.holders(row.community, *(roles or MUST_KNOW))
    telling.staff(row.community, people, "T907", (about, row.id), item=words)


@transaction.atomic
def know(row: Leak, *, by: Scope) -> Leak:
    """Compliance or the manager confirms that he knows. Raises Refused NOT_ALLOWED (403)."""
    held = _held(row, by)
    roles = [role for role in MUST_KNOW if by.has(held.community_id, role)]
    held.known_by = {**{role: clock.iso(clock.now()) for role in roles}, **held.known_by}
    held.save(update_fields=["known_by"])
    journal.record(news.LEAK_KNOWN, subject=("leak", held.id), community_id=held.community_id, by=by)
    return held


def _held(row: Leak, by: Scope) -> Leak:
    if not allowed(by, "privacy.leak", row.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    return Leak.objects.select_for_update(of=("self",)).select_related("community").get(id=row.id)


@transaction.atomic
def decide(
    row: Leak, *, tell: bool, measures: str, by: Scope, why: str = "", people: Sequence[int] | None = None
) -> Leak:
    """What was done, and whether the affected are told (T903); not telling them needs a reason (§57).

    Raises Refused NOT_ALLOWED (403), STATE_CONFLICT (409), LEAK_MEASURES, LEAK_WHY, LEAK_NOBODY.
    """
    held = _held(row, by)
    if held.state != LeakState.OPEN:
        raise Refused("STATE_CONFLICT", _("已经有人处理过"), status=409)
    done, reason = text.clean(measures), text.clean(why)
    if not done:
        raise Refused("LEAK_MEASURES", _("请写已采取的补救措施"), fields={"measures": _("请写已采取的补救措施")})
    if not tell and not reason:
        raise Refused("LEAK_WHY", _("不通知当事人要写明理由"), fields={"why": _("不通知当事人要写明理由")})
    held.people = sorted(set(people)) if people is not None else held.people
    affected = list(Person.objects.filter(id__in=held.people, community_id=held.community_id).order_by("id"))
    if tell and not affected:
        raise Refused("LEAK_NOBODY", _("还没有选出受影响的人"), fields={"people": _("还没有选出受影响的人")})
    held.state, held.tell_people, held.decided_by_id = LeakState.DECIDED, tell, by.staff_id
    held.decided_at, held.measures, held.why = clock.now(), done, reason
    held.save()
    timers.cancel(DECIDED, "leak", [held.id])
    data = {"tell": tell, "people": len(affected)}
    journal.record(news.LEAK_DECIDED, subject=("leak", held.id), community_id=held.community_id, by=by, data=data)
    if tell:
        telling.residents(held.community, affected, "T903", ("leak", held.id), item=held.item)
    return held


@transaction.atomic
def grade(row: Leak, *, by: Scope) -> Leak:
    """It is a larger incident or worse: the authority must be told within four hours of when it was found.

    Raises Refused NOT_ALLOWED (403).
    """
    held = _held(row, by)
    if not held.serious:
        held.serious = True
        held.save(update_fields=["serious"])
        due = held.found_at + rules.LEAK_AUTHORITY + SECOND
        timers.put([timers.timer(AUTHORITY, ("leak", held.id), due, held.community_id)])
        journal.record(news.LEAK_GRADED, subject=("leak", held.id), community_id=held.community_id, by=by)
        _alarm(held, "leak_graded", gettext_lazy("4小时内报告网信部门"))
    return held


@transaction.atomic
def tell_authority(row: Leak, *, words: str, by: Scope) -> Leak:
    """It has been told: to whom, how, under which receipt. Raises Refused NOT_ALLOWED (403), LEAK_AUTHORITY, STATE_CONFLICT (409)."""
    held, said = _held(row, by), text.clean(words)
    if not said:
        message = _("请写报给了哪个部门、怎么报的、回执编号")
        raise Refused("LEAK_AUTHORITY", message, fields={"words": message})
    if held.authority_at is not None:
        raise Refused("STATE_CONFLICT", _("已经有人处理过"), status=409)
    held.authority_at, held.authority_words = clock.now(), said
    held.save(update_fields=["authority_at", "authority_words"])
    timers.cancel(AUTHORITY, "leak", [held.id])
    journal.record(news.LEAK_AUTHORITY, subject=("leak", held.id), community_id=held.community_id, by=by, note=said)
    return held


def authority_not_told(ids: Sequence[int]) -> None:
    """Four hours are over and nobody has told the authority."""
    rows = Leak.objects.select_related("community").filter(id__in=ids, serious=True, authority_at=None)
    for row in rows.order_by("id"):
        row.late_authority = True
        row.save(update_fields=["late_authority"])
        data = {"missing": ["AUTHORITY"]}
        journal.record(news.LEAK_LATE, subject=("leak", row.id), community_id=row.community_id, by=SYSTEM, data=data)
        _alarm(row, "leak_authority", gettext_lazy("泄露事件未报网信部门"))


def not_known(ids: Sequence[int]) -> None:
    """An hour is over and one of those who must know has not confirmed."""
    for row in Leak.objects.select_related("community").filter(id__in=ids).order_by("id"):
        missing = [role for role in MUST_KNOW if role not in row.known_by]
        if missing:
            row.late_known = True
            row.save(update_fields=["late_known"])
            journal.record(
                news.LEAK_LATE,
                subject=("leak", row.id),
                community_id=row.community_id,
                by=SYSTEM,
                data={"missing": missing},
            )
            _alarm(row, "leak_known", gettext_lazy("泄露事件待确认"), *missing, "DM")


def not_decided(ids: Sequence[int]) -> None:
    """A day is over without a decision."""
    for row in Leak.objects.select_related("community").filter(id__in=ids, state=LeakState.OPEN).order_by("id"):
        row.late_decided = True
        row.save(update_fields=["late_decided"])
        data = {"missing": ["DECISION"]}
        journal.record(news.LEAK_LATE, subject=("leak", row.id), community_id=row.community_id, by=SYSTEM, data=data)
        _alarm(row, "leak_decided", gettext_lazy("泄露事件待决定"))
