"""Shifts, posts, patterns and turns of the asker's communities."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.duty.choices import Decision, LeaveKind, TurnState
from anju.duty.models import Leave, Pattern, Post, Shift, Swap, Turn
from anju.duty.rules.spans import Away, minute


def held(scope: Scope, community_id: int) -> bool:
    """Staff of that community, its wall screen, and the system; residents see no roster."""
    inside = scope.is_staff or scope.kind is Kind.SCREEN
    return scope.is_system or (inside and community_id in scope.communities)


def shifts(scope: Scope, community_id: int) -> QuerySet[Shift]:
    """早, 中, 夜 and whatever else is worked there."""
    rows = Shift.objects.filter(community_id=community_id)
    return rows if held(scope, community_id) else rows.none()


def posts(scope: Scope, community_id: int) -> QuerySet[Post]:
    """What must be staffed, in the order of the grid."""
    rows = Post.objects.filter(community_id=community_id)
    return rows if held(scope, community_id) else rows.none()


def post(scope: Scope, community_id: int, code: str) -> Post:
    """One post by its code. Raises Refused POST_UNKNOWN."""
    found = posts(scope, community_id).filter(code=code).first()
    if found is None:
        raise Refused("POST_UNKNOWN", _("没有这个岗位"), fields={"post": _("没有这个岗位")})
    return found


def patterns(scope: Scope, community_id: int) -> QuerySet[Pattern]:
    """排班规律."""
    rows = Pattern.objects.filter(community_id=community_id)
    return rows if held(scope, community_id) else rows.none()


def turns(scope: Scope, community_id: int, first: date, last: date) -> QuerySet[Turn]:
    """All turns of these dates that stand or stood; who does not plan sees no drafts."""
    rows = Turn.objects.filter(community_id=community_id, day__gte=first, day__lte=last)
    rows = rows.select_related("post", "shift", "staff")
    return rows if held(scope, community_id) else rows.none()


def turns_of(scope: Scope, since: datetime, until: datetime) -> QuerySet[Turn]:
    """The asker's own published turns that touch these instants."""
    rows = Turn.objects.filter(staff_id=scope.staff_id or 0, begin_at__lt=until, end_at__gt=since)
    published = rows.exclude(state__in=(TurnState.DRAFT, TurnState.SWAPPED))
    return published.filter(community_id__in=scope.communities).select_related("post", "shift", "community", "staff")


def absent(scope: Scope, community_id: int) -> list[Turn]:
    """Turns nobody has come to and nobody stands in for, as long as they last."""
    rows = Turn.objects.filter(community_id=community_id, state=TurnState.ABSENT, end_at__gt=clock.now())
    taken = Turn.objects.filter(instead_of__in=rows).values("instead_of_id")
    found = rows.exclude(id__in=taken).select_related("post", "shift", "staff")
    return list(found) if held(scope, community_id) else []


def turn(scope: Scope, turn_id: int) -> Turn:
    """One turn of the asker's communities. Raises Refused TURN_UNKNOWN (404)."""
    row = Turn.objects.filter(id=turn_id).select_related("post", "shift", "staff", "community").first()
    if row is None or not held(scope, row.community_id):
        raise Refused("TURN_UNKNOWN", _("没有这个班"), status=404)
    return row


def leaves(scope: Scope, community_id: int, since: datetime, until: datetime) -> QuerySet[Leave]:
    """Leaves that touch these instants, asked for and decided."""
    rows = Leave.objects.filter(community_id=community_id, begin_at__lt=until, end_at__gt=since)
    return rows.select_related("staff") if held(scope, community_id) else rows.none()


def leave(scope: Scope, leave_id: int) -> Leave:
    """One leave. Raises Refused LEAVE_UNKNOWN (404)."""
    row = Leave.objects.select_related("staff").filter(id=leave_id).first()
    if row is None or not held(scope, row.community_id):
        raise Refused("LEAVE_UNKNOWN", _("没有这条请假"), status=404)
    return row


def swap(scope: Scope, swap_id: int) -> Swap:
    """One swap. Raises Refused SWAP_UNKNOWN (404)."""
    row = Swap.objects.select_related("turn__staff", "to").filter(id=swap_id).first()
    if row is None or not held(scope, row.community_id):
        raise Refused("SWAP_UNKNOWN", _("没有这条换班"), status=404)
    return row


def swaps(scope: Scope, community_id: int) -> QuerySet[Swap]:
    """Swaps that wait for somebody."""
    rows = Swap.objects.filter(community_id=community_id, state__in=(Decision.ASKED, Decision.AGREED))
    rows = rows.select_related("turn", "turn__post", "turn__shift", "turn__staff", "to", "back", "asked_by")
    return rows if held(scope, community_id) else rows.none()


def absences(rows: Iterable[Leave]) -> list[Leave]:
    """Those in which somebody is really away."""
    return [one for one in rows if one.state == Decision.APPROVED and one.kind != LeaveKind.SHELTERED]


def aways(rows: Iterable[Leave]) -> list[Away]:
    """Approved absences as the rules count them."""
    return [Away(one.staff_id, minute(one.begin_at), minute(one.end_at)) for one in absences(rows)]
