"""Views of the queue that somebody saved: his own, and those of his department."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from anju.core.scope import Scope
from anju.tickets.models import SavedView
from anju.tickets.queries.listing import VIEWS, Filters

PARTS = ("view", "light", "status", "dept", "leaf", "handler", "c")
"""What a view keeps of the address."""


def saved_views(scope: Scope) -> QuerySet[SavedView]:
    """His own in his order, then his colleagues'."""
    shared = Q(pk=None)
    for community, dept in scope.depts.items():
        shared |= Q(community_id=community, dept=dept) & ~Q(dept="")
    rows = SavedView.objects.filter(Q(staff_id=scope.staff_id or 0) | shared, dropped_at=None)
    return rows.filter(community_id__in=scope.communities).order_by("place", "id")


def filters_of(query: Mapping[str, str]) -> Filters:
    """The list of a filter set; what makes no sense narrows nothing."""
    view, handler = query.get("view", ""), query.get("handler", "")
    return Filters(
        view=view if view in VIEWS else "all",
        handler=int(handler) if handler.isascii() and handler.isdigit() and len(handler) < 19 else None,
        light=query.get("light", ""),
        status=query.get("status", ""),
        dept=query.get("dept", ""),
        leaf=query.get("leaf", ""),
    )
