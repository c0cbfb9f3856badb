"""Who is on duty at this moment: the roster where one is in force, the switch where none is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.models import Membership, Staff
from anju.accounts.rules import Worker
from anju.core import clock
from anju.core.scope import Scope
from anju.duty.choices import Decision, LeaveKind, TurnState
from anju.duty.models import Leave, Post, Publication, Shift, Turn
from anju.duty.queries.roster import held, posts
from anju.duty.rules.windows import Window
from anju.estate.defaults import setting
from anju.estate.models import Community


def window(community: Community) -> Window:
    """The hours of the outside answering service."""
    return Window.parse(str(setting(community.config, "duty.outsource_window")))


def in_force(community_id: int, at: datetime) -> bool:
    """Whether a published roster covers this instant."""
    return _in_force(community_id, at).exists()


def _in_force(community_id: int, at: datetime) -> QuerySet[Publication]:
    return Publication.objects.filter(community_id=community_id, begin_at__lte=at, end_at__gt=at)


def running(community_id: int, at: datetime) -> list[Turn]:
    """Published turns that somebody is at, or should be at. Who has checked in stays on duty until he checks out: a
    guarded post is not left before the relief is there (R2.8)."""
    on = Q(state=TurnState.CHECKED_IN, begin_at__lte=at + EARLY) | Q(
        state=TurnState.PUBLISHED, begin_at__lte=at, end_at__gt=at
    )
    away = Leave.objects.filter(begin_at__lte=at, end_at__gt=at, state=Decision.APPROVED).exclude(
        kind=LeaveKind.SHELTERED
    )
    rows = Turn.objects.filter(on, community_id=community_id).exclude(staff_id__in=away.values("staff_id"))
    return list(rows.select_related("post", "shift", "staff").order_by("post__rank", "begin_at", "staff_id"))


EARLY = clock.iso_duration("PT15M")
"""One may check in so long before the turn begins (R2.8)."""


def workers(community: Community, crew: Sequence[Membership] | None = None) -> list[Worker]:
    """Everybody who works in a community (`crew`, where the caller holds it), as dispatch and chains see them now:
    roster ∩ checked in.

    Without a roster in force it is the switch; also for those no roster speaks of, unless they work on site.
    """
    crew, now = accounts.crew(community.id) if crew is None else crew, clock.now()
    people = [accounts.worker(one) for one in crew]
    if not any(begin <= now < end for begin, end in _spans(community.id, crew)):
        return people
    mine: dict[int, list[Turn]] = {}
    for one in running(community.id, now):
        mine.setdefault(one.staff_id, []).append(one)
    planned = _planned(community.id, now)
    asked = bool(setting(community.config, "duty.check_in"))
    return [_as_rostered(one, mine.get(one.staff_id, ()), one.staff_id in planned, asked=asked) for one in people]


def _spans(community_id: int, crew: Sequence[Membership]) -> list[tuple[datetime, datetime]]:
    """From when to when published rosters are in force; read again with the crew, whose mark publishing changes."""
    held = _read.get(community_id)
    if held is None or held[0] is not crew:
        rows = Publication.objects.filter(community_id=community_id).order_by("id")
        held = _read[community_id] = (crew, list(rows.values_list("begin_at", "end_at")))
    return held[1]


_read: dict[int, tuple[Sequence[Membership], list[tuple[datetime, datetime]]]] = {}


def _planned(community_id: int, at: datetime) -> set[int]:
    """Everybody who has a turn in the roster in force."""
    span = _in_force(community_id, at).order_by("-id").values_list("first_on", "last_on")[0]
    rows = Turn.objects.filter(community_id=community_id, day__range=span).exclude(state=TurnState.DRAFT)
    return set(rows.order_by().values_list("staff_id", flat=True).distinct())


def _as_rostered(worker: Worker, mine: Sequence[Turn], planned: bool, *, asked: bool) -> Worker:
    if not planned and "WK" not in worker.roles:
        return worker
    here = [one for one in mine if is_there(one, asked=asked) and (not one.shift.on_call or one.post.role)]
    roles = worker.roles | {one.post.role for one in here if one.post.role}
    return replace(worker, on_shift=bool(here), on_call=any(one.shift.on_call for one in mine), roles=roles)


def is_there(turn: Turn, *, asked: bool) -> bool:
    """Checked in, or on call; where nobody is asked to check in, whoever should be there is. (A manager on call is on
    duty, everybody else on call is only called for emergencies.)"""
    return turn.shift.on_call or not asked or turn.state == TurnState.CHECKED_IN


def worker_rows(scope: Scope, community: Community) -> list[Worker]:
    """The same for the staff of that community."""
    return workers(community) if held(scope, community.id) else []


@dataclass(frozen=True, slots=True)
class Standing:
    """A post and who is there now; `missing` people lack, `waiting` have not checked in yet."""

    post: Post | None
    label: str
    here: Sequence[Staff]
    waiting: Sequence[Staff] = ()
    missing: int = 0


def standing(scope: Scope, community: Community) -> list[Standing]:
    """谁在值班, by post; empty while no roster is in force (the switch is then all there is)."""
    now = clock.now()
    if not held(scope, community.id) or not in_force(community.id, now):
        return []
    asked = bool(setting(community.config, "duty.check_in"))
    window = str(setting(community.config, "duty.outsource_window"))
    rows = running(community.id, now)
    return [_standing(post, rows, window, now, asked=asked) for post in posts(scope, community.id)]


def _standing(post: Post, rows: Sequence[Turn], window: str, now: datetime, *, asked: bool) -> Standing:
    mine = [one for one in rows if one.post_id == post.id]
    here = [one for one in mine if is_there(one, asked=asked)]
    covered = sum(post.on_call or not one.shift.on_call for one in here) + outside(post, window, now)
    waiting = [one.staff for one in mine if not is_there(one, asked=asked)]
    return Standing(post, post.name, [one.staff for one in here], waiting, max(0, post.heads - covered))


@dataclass(frozen=True, slots=True)
class OnPost:
    """A post in words and who stands there now."""

    label: str
    names: Sequence[str]


def on_posts(standing: Sequence[Standing], crew: Sequence[Membership]) -> list[OnPost]:
    """Who is there: by post where a roster is in force, else by the switch as 坐席, 现场, 值班经理."""
    if standing:
        return [OnPost(one.label, [staff.name for staff in one.here]) for one in standing]
    here = [row for row in crew if row.on_shift]
    posts = ((_("坐席"), {"CS", "OUT"}), (_("现场"), {"WK"}), (_("值班经理"), {"DM"}))
    return [OnPost(post, [row.staff.name for row in here if roles & set(row.roles)]) for post, roles in posts]


def shift_now(scope: Scope, community: Community) -> tuple[Shift, datetime] | None:
    """The shift that most people are at, and when the next change is; None where no roster is in force."""
    rows = (
        [one for one in running(community.id, clock.now()) if not one.shift.on_call]
        if held(scope, community.id)
        else []
    )
    coming = [one.end_at for one in rows if one.end_at > clock.now()]
    if not coming:
        return None
    return Counter(one.shift for one in rows).most_common(1)[0][0], min(coming)


def outside(post: Post, window: str, now: datetime) -> int:
    """One head when the outside answering service is at work for this post."""
    hours = post.need(window).vendor
    if hours is None:
        return 0
    local = clock.local(now)
    at, (begin, end) = local.hour * 60 + local.minute, hours
    return int(begin <= at < end if begin < end else at >= begin or at < end)


def people_on(community_id: int) -> dict[str, list[int]]:
    """Post code -> who stands there now (staff ids), for chains."""
    found: dict[str, list[int]] = {}
    for one in running(community_id, clock.now()):
        found.setdefault(one.post.code, []).append(one.staff_id)
    return found
