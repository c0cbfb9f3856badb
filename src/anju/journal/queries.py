"""Reading the journal."""

from django.db.models import Q, QuerySet

from anju.core.scope import Scope
from anju.journal.models import Entry


def of(subject_type: str, subject_id: int) -> QuerySet[Entry]:
    """All entries of one subject in order. The caller has already fetched the subject for its asker."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("seq")


def after(scope: Scope, last_id: int, *, limit: int = 200) -> list[Entry]:
    """Entries newer than `last_id` in the asker's communities, for the live stream.

    Ids can be committed slightly out of order, so a reader goes back a little and treats an entry as "fetch again".
    """
    rows = Entry.objects.filter(id__gt=last_id)
    if not scope.is_system:
        rows = rows.filter(Q(community_id__in=scope.communities))
    return list(rows.order_by("id").defer("note", "data")[:limit])


def newest_id() -> int:
    """The id of the latest entry, 0 when there is none."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
