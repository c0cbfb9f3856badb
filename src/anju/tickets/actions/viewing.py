"""Saving a list under a name, and letting it go; only its maker changes a view."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Community
from anju.tickets.actions.remembering import WINDOW
from anju.tickets.models import SavedView
from anju.tickets.queries.viewing import PARTS

MOST = 20
LONGEST = 12
PATIENCE = WINDOW + timedelta(seconds=2)
"""The eight seconds in which a deletion can be taken back, and the way to us."""


@transaction.atomic
def save_view(
    community: Community, *, by: Scope, name: str, query: Mapping[str, str], shared: bool = False, default: bool = False
) -> SavedView:
    """Keep a filter set; one's own view of the same name gets the new filters.

    Raises Refused VIEW_NAME_REQUIRED, VIEW_NAME_LONG, VIEW_LIMIT.
    """
    wording = text.one_line(name)
    if not wording:
        raise Refused("VIEW_NAME_REQUIRED", _("请给视图起个名字"), fields={"name": _("请给视图起个名字")})
    if len(wording) > LONGEST:
        raise Refused("VIEW_NAME_LONG", _("名字最多12个字"), fields={"name": _("名字最多12个字")})
    _mine(by).filter(dropped_at__lt=clock.now() - PATIENCE).delete()
    own = _mine(by).select_for_update().filter(community=community, dropped_at=None)
    if own.exclude(name=wording).count() >= MOST:
        raise Refused(
            "VIEW_LIMIT", _("最多存20个视图，先删掉不用的"), fields={"name": _("最多存20个视图，先删掉不用的")}
        )
    row = own.filter(name=wording).first() or SavedView(
        staff_id=by.staff_id or 0, community=community, name=wording, place=_last(by, community) + 1
    )
    row.query = {part: str(query[part]) for part in PARTS if query.get(part)}
    row.dept = by.depts.get(community.id, "") if shared else ""
    row.save()
    if default != row.is_default:
        choose_default(row, by=by, on=default)
    return row


def _last(by: Scope, community: Community) -> int:
    rows = _mine(by).filter(community=community, dropped_at=None)
    return max(rows.values_list("place", flat=True), default=0)


@transaction.atomic
def choose_default(row: SavedView, *, by: Scope, on: bool = True) -> SavedView:
    """What the queue opens with, for its maker: one at most. Raises Refused NOT_ALLOWED (403)."""
    _own(row, by)
    _mine(by).filter(community_id=row.community_id).update(is_default=False)
    row.is_default = on
    row.save(update_fields=["is_default"])
    return row


@transaction.atomic
def move_view(row: SavedView, *, by: Scope) -> SavedView:
    """One place towards the front among one's own; the first stays. Raises Refused NOT_ALLOWED (403)."""
    _own(row, by)
    rows = _mine(by).select_for_update().filter(community_id=row.community_id)
    order = list(rows.filter(dropped_at=None).order_by("place", "id"))
    at = next(index for index, one in enumerate(order) if one.id == row.id)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for place, one in enumerate(order, start=1):
        SavedView.objects.filter(id=one.id).update(place=place)
    return row


def drop_view(row: SavedView, *, by: Scope) -> SavedView:
    """Delete it; `restore_view` takes that back for eight seconds. Raises Refused NOT_ALLOWED (403)."""
    _own(row, by)
    row.dropped_at, row.is_default = clock.now(), False
    row.save(update_fields=["dropped_at", "is_default"])
    return row


def restore_view(view_id: int, *, by: Scope) -> SavedView:
    """Take the deletion back. Raises Refused UNDO_LATE (409)."""
    late = clock.now() - PATIENCE
    row = _mine(by).filter(id=view_id, dropped_at__gte=late).first()
    names = _mine(by).filter(dropped_at=None)
    if row is None or names.filter(community_id=row.community_id, name=row.name).exists():
        raise Refused("UNDO_LATE", _("已过8秒，不能撤回"), status=409)
    row.dropped_at = None
    row.save(update_fields=["dropped_at"])
    return row


def _mine(by: Scope) -> QuerySet[SavedView]:
    return SavedView.objects.filter(staff_id=by.staff_id or 0)


def _own(row: SavedView, by: Scope) -> None:
    if row.staff_id != by.staff_id:
        raise Refused("NOT_ALLOWED", _("只有存它的人可以改"), status=403)
