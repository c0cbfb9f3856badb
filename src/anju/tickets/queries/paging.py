"""Turning pages by the last row seen: the orders of a list and the cursor between its pages."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.tickets.models import Ticket
from anju.tickets.queries.lines import Line

MAX_CURSOR = 200
_DUE = F("due_at").asc(nulls_last=True)
ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "light": ("rank", "held", _DUE, "id"),
    "due_at": (_DUE, "id"),
    "created_at": ("id",),
    "-created_at": ("-id",),
}
"""What must be done first (unheld before held inside a light); nearest deadline; oldest; newest. Ids grow with time."""


def cursor_of(row: Ticket | Line) -> str:
    """Where the next page begins: behind this row."""
    key = [row.rank, row.held, row.due_at.isoformat() if row.due_at else None, row.id]
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def after(cursor: str, sort: str) -> Q:
    """The rows behind a cursor in this order. Raises Refused CURSOR_INVALID."""
    rank, held, due_at, row_id = _opened(cursor)
    if sort == "created_at":
        return Q(id__gt=row_id)
    if sort == "-created_at":
        return Q(id__lt=row_id)
    later = _later(due_at, row_id)
    if sort == "due_at":
        return later
    return Q(rank__gt=rank) | (Q(rank=rank, held=True) if not held else Q(pk=None)) | (Q(rank=rank, held=held) & later)


def _later(due_at: datetime | None, row_id: int) -> Q:
    if due_at is None:
        return Q(due_at=None, id__gt=row_id)
    return Q(due_at__gt=due_at) | Q(due_at=None) | Q(due_at=due_at, id__gt=row_id)


def _opened(cursor: str) -> list[Any]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor[:MAX_CURSOR] + "=" * (-len(cursor) % 4)))
        rank, held, due_at, row_id = key
        due = datetime.fromisoformat(due_at).astimezone(UTC) if due_at else None
        return [_small(rank), bool(held), due, _small(row_id)]
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused("CURSOR_INVALID", _("翻页位置已失效，请从头看"), status=422) from error


def _small(value: object) -> int:
    """A whole number as databases hold it. Raises ValueError."""
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("not a number of ours")
    return value
