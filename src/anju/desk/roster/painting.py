"""Cells of the grid that were drawn over."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import actions, queries
from anju.duty.choices import STANDING
from anju.duty.models import Shift
from anju.estate.models import Community

MOST_CELLS = 400
OFF = ""


def paint(scope: Scope, community: Community, brush: str, cells: Sequence[str]) -> list[str]:
    """Put the shift `brush` ("": a day off) into cells "post:staff:day"; a cell of a copied week names its own shift,
    "post:staff:day:早". Gives what was refused, in words."""
    shifts: dict[str, Shift | None] = {one.code: one for one in queries.shifts(scope, community.id)}
    shifts[OFF] = None
    refused: list[str] = []
    for cell in dict.fromkeys(cells[:MOST_CELLS]):
        key, code = _parted(cell, brush)
        if code not in shifts:
            return [_("没有这个班次")]
        try:
            _fill(scope, community, shifts[code], key)
        except ValueError:
            refused.append(_("日期不对，一次最多排93天"))
        except Refused as refusal:
            refused.append(str(refusal.message))
    return refused


def _parted(cell: str, brush: str) -> tuple[str, str]:
    """The cell, and the shift that goes into it."""
    parts = cell.split(":")
    return ":".join(parts[:3]), parts[3] if len(parts) == 4 else brush


def _fill(scope: Scope, community: Community, shift: Shift | None, cell: str) -> None:
    """One cell. Raises Refused, ValueError for one that is none."""
    post_id, staff_id, day = cell.split(":")
    on = date.fromisoformat(day)
    post = queries.posts(scope, community.id).filter(id=int(post_id)).first()
    staff = accounts.staff_by_id(scope, community.id, int(staff_id))
    if post is None or staff is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"))
    held = list(queries.turns(scope, community.id, on, on).filter(post=post, staff=staff, state__in=STANDING))
    for old in held:
        if shift is None or old.shift_id != shift.id:
            actions.remove(old, by=scope)
    if shift is not None and all(old.shift_id != shift.id for old in held):
        actions.put(post, shift=shift, staff=staff, day=on, by=scope)
