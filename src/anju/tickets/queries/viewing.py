"""Views of the queue that somebody saved: his own, and those of his department."""

from django.db.models import Q, QuerySet

from anju.core.scope import Scope
from anju.tickets.models import SavedView

PARTS = ("view", "light", "status", "dept", "leaf", "handler", "c")
"""What a view keeps of the address."""


def saved_views(scope: Scope) -> QuerySet[SavedView]:
    """His own in his order, then his colleagues'."""
    shared = Q(pk=None)
    for community, dept in scope.depts.items():
        shared |= Q(community_id=community, dept=dept) & ~Q(dept="")
    rows = SavedView.objects.filter(Q(staff_id=scope.staff_id or 0) | shared, dropped_at=None)
    return rows.filter(community_id__in=scope.communities).order_by("place", "id")
