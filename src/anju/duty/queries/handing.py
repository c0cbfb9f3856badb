"""Handover sheets, and what is open when a post changes hands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty.choices import LineKind
from anju.duty.models import Handover, Turn
from anju.duty.queries.roster import held


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something open that the next one must know of; `ref` is what it is about."""

    kind: LineKind
    ref: tuple[str, int]
    title: str


Asked = Callable[[Turn], Sequence[OpenItem]]
_asked: list[Asked] = []


def tells_open_items(asked: Asked) -> Asked:
    """Decorator: a room above tells what is open on a post when its turn ends."""
    if asked not in _asked:
        _asked.append(asked)
    return asked


def open_items(turn: Turn) -> list[OpenItem]:
    """Everything open on the post of this turn, from all rooms, each matter once."""
    found = {item.ref: item for asked in _asked for item in asked(turn)}
    return list(found.values())


def handovers(scope: Scope, community_id: int) -> QuerySet[Handover]:
    """Sheets of a community, newest first."""
    rows = Handover.objects.filter(community_id=community_id)
    rows = rows.select_related("turn__post", "turn__shift", "turn__staff", "to_turn__staff", "accepted_by")
    return rows if held(scope, community_id) else rows.none()


def handover(scope: Scope, handover_id: int) -> Handover:
    """One sheet. Raises Refused HANDOVER_UNKNOWN (404)."""
    rows = Handover.objects.select_related("turn__post", "turn__shift", "turn__staff", "to_turn__staff", "community")
    row = rows.filter(id=handover_id).first()
    if row is None or not held(scope, row.community_id):
        raise Refused("HANDOVER_UNKNOWN", _("没有这张交接单"), status=404)
    return row
