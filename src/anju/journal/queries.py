"""Reading the journal."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from anju.journal.models import Entry


def of(subject_type: str, subject_id: int) -> QuerySet[Entry]:
    """All entries of one subject in order. The caller has already fetched the subject for its asker."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("seq")


def touched(subject_type: str, subject_ids: Collection[int], staff_ids: Collection[int]) -> set[int]:
    """Those of the subjects that one of these members of staff has done something to."""
    rows = Entry.objects.filter(subject_type=subject_type, subject_id__in=subject_ids)
    return set(rows.filter(actor_kind="staff", actor_id__in=staff_ids).values_list("subject_id", flat=True))


@dataclass(frozen=True, slots=True)
class Line:
    """That something happened to a subject, without what."""

    id: int
    community_id: int | None
    subject_type: str
    subject_id: int


def lines(*, after: int, limit: int) -> list[Line]:
    """The newest entries with an id above `after`, for the live stream, which filters them by scope itself.

    Ids can be committed slightly out of order, so a reader goes back a little and treats an entry as "fetch again".
    """
    rows = Entry.objects.filter(id__gt=after).order_by("-id")
    return [Line(*row) for row in rows.values_list("id", "community_id", "subject_type", "subject_id")[:limit]]


def newest_id() -> int:
    """The id of the latest entry, 0 when there is none."""
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
