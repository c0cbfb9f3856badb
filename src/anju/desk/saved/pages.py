"""Saved views as the head of the queue shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from anju.core.scope import Scope
from anju.tickets.models import SavedView

KEYS = 9
"""So many are reached by a digit."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One saved view: its address, the digit that opens it."""

    id: int
    name: str
    url: str
    key: str
    own: bool
    shared: bool
    first: bool


def url_of(row: SavedView) -> str:
    """The queue with the filters of this view."""
    return f"{reverse('desk:queue')}?{urlencode({**row.query, 'view': row.query.get('view', 'all'), 'saved': row.id})}"


def kept(scope: Scope, rows: Sequence[SavedView]) -> list[Kept]:
    """The views of this person in their order."""
    return [
        Kept(
            id=row.id,
            name=row.name,
            url=url_of(row),
            key=str(place) if place <= KEYS else "",
            own=row.staff_id == scope.staff_id,
            shared=bool(row.dept),
            first=row.is_default,
        )
        for place, row in enumerate(rows, start=1)
    ]


def opening(scope: Scope, rows: Sequence[SavedView], community_id: int) -> str:
    """The address of what this person wants to see first, "" for the plain queue."""
    own = [row for row in rows if row.staff_id == scope.staff_id and row.is_default]
    here = next((row for row in own if row.community_id == community_id), None)
    return url_of(here) if here else ""
