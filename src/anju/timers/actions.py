"""Setting and dropping timers."""

from collections.abc import Iterable
from datetime import datetime

from anju.core import bulk
from anju.timers.models import Timer


def timer(kind: str, subject: tuple[str, int], due_at: datetime, community_id: int | None) -> Timer:
    """An unsaved timer, for callers that set many at once."""
    return Timer(kind=kind, subject_type=subject[0], subject_id=subject[1], community_id=community_id, due_at=due_at)


def put(timers: Iterable[Timer]) -> None:
    """Set timers in one statement; one that exists is moved and freed from whoever is handling it."""
    bulk.upsert(
        list(timers),
        unique=["kind", "subject_type", "subject_id"],
        update=["due_at", "attempts", "claim", "locked_until", "parked", "error"],
    )


def schedule(kind: str, subject: tuple[str, int], due_at: datetime, community_id: int | None = None) -> None:
    """Set one timer."""
    put([timer(kind, subject, due_at, community_id)])


def cancel(kind: str, subject_type: str, subject_ids: Iterable[int]) -> None:
    """Drop the timers of these subjects."""
    Timer.objects.filter(kind=kind, subject_type=subject_type, subject_id__in=list(subject_ids)).delete()
