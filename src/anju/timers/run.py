"""Running what is due: claim a batch with a lease, handle it in one transaction, drop what was not set again."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Q, QuerySet

from anju.core import clock, ids
from anju.timers.models import Timer
from anju.timers.registry import find

LEASE = timedelta(seconds=120)
MAX_ATTEMPTS = 6
log = logging.getLogger(__name__)


def next_due() -> datetime | None:
    """When the next timer can be handled: one that nobody holds when it is due, one whose worker was killed when its
    lease is over."""
    open_ones = Timer.objects.filter(parked=False)
    free = open_ones.filter(_free()).order_by("due_at", "id").values_list("due_at", flat=True).first()
    held = open_ones.exclude(_free()).order_by("locked_until").values_list("locked_until", flat=True).first()
    return min((moment for moment in (free, held and held + clock.SECOND) if moment), default=None)


def due(now: datetime, limit: int = 1000) -> int:
    """Handle up to `limit` timers due at `now` in order of due time, then id; returns how many were handled."""
    handled = 0
    claimed = _claim(now, limit)
    for kind, group in groupby(claimed, key=lambda timer: timer.kind):
        handled += _handle(kind, list(group))
    return handled


def lateness(now: datetime) -> timedelta:
    """How long the first timer has waited that is due and that nobody has in hand (I27)."""
    rows = Timer.objects.filter(_free(), parked=False, due_at__lt=now).order_by("due_at", "id")
    first = rows.values_list("due_at", flat=True).first()
    return now - first if first else timedelta()


def parked() -> QuerySet[Timer]:
    """Timers that failed too often and wait for a person."""
    return Timer.objects.filter(parked=True)


def _free() -> Q:
    return Q(locked_until=None) | Q(locked_until__lt=clock.now())


def _claim(now: datetime, limit: int) -> list[Timer]:
    claim, due_now = ids.new(), Timer.objects.filter(_free(), parked=False, due_at__lte=now)
    if not due_now.exists():  # a pass over nothing must not take SQLite's write lock
        return []
    with transaction.atomic():
        rows = list(due_now.order_by("due_at", "id").select_for_update(skip_locked=True)[:limit])
        if rows:
            Timer.objects.filter(id__in=[row.id for row in rows]).update(claim=claim, locked_until=clock.now() + LEASE)
    for row in rows:
        row.claim = claim
    return rows


def _handle(kind: str, timers: Sequence[Timer]) -> int:
    handler = find(kind)
    try:
        with transaction.atomic():
            if handler is not None:
                handler(timers)
            Timer.objects.filter(id__in=[timer.id for timer in timers], claim=timers[0].claim).delete()
    except Exception as error:
        log.exception("timer %s failed for %d subjects", kind, len(timers))
        return _fall_back(kind, timers, error)
    return len(timers)


def _fall_back(kind: str, timers: Sequence[Timer], error: Exception) -> int:
    """One bad row must not hold up the others: try each alone, then put off or park the one that fails."""
    if len(timers) > 1:
        return sum(_handle(kind, [timer]) for timer in timers)
    timer = timers[0]
    attempts = timer.attempts + 1
    Timer.objects.filter(id=timer.id, claim=timer.claim).update(
        attempts=attempts,
        parked=attempts >= MAX_ATTEMPTS,
        locked_until=clock.now() + timedelta(seconds=5 * 2**attempts),
        claim=None,
        error=type(error).__name__[:200],
    )
    return 0
