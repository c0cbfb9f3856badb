"""Telling the listeners: one pass over the news that nobody has heard yet."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from anju.core import clock
from anju.journal import news
from anju.journal.models import News

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
log = logging.getLogger(__name__)


def due(limit: int = 200) -> int:
    """Tell up to `limit` pieces of news in order; returns how many were told."""
    told = 0
    for pending in _claim(limit):
        told += _tell(pending)
    return told


def next_due() -> datetime | None:
    """When the lease of news whose worker was killed is over, None while nobody holds any."""
    held = News.objects.filter(parked=False, locked_until__gte=clock.now()).order_by("locked_until")
    until = held.values_list("locked_until", flat=True).first()
    return until and until + clock.SECOND


def waiting() -> bool:
    """True while some news has not been told."""
    return _open().exists()


def lateness(now: datetime) -> timedelta:
    """How long the first piece of news has waited that nobody has in hand (I27)."""
    first = _open().order_by("id").values_list("entry__at", flat=True).first()
    return max(now - first, timedelta()) if first else timedelta()


def parked() -> QuerySet[News]:
    """News that a listener failed to hear too often and that waits for a person."""
    return News.objects.filter(parked=True).select_related("entry")


def _open() -> QuerySet[News]:
    return News.objects.filter(Q(locked_until=None) | Q(locked_until__lt=clock.now()), parked=False)


def _claim(limit: int) -> list[News]:
    if not waiting():  # a pass over nothing must not take SQLite's write lock
        return []
    with transaction.atomic():
        rows = list(
            _open().select_for_update(skip_locked=True, of=("self",)).select_related("entry").order_by("id")[:limit]
        )
        News.objects.filter(id__in=[row.id for row in rows]).update(locked_until=clock.now() + LEASE)
    return rows


def _tell(pending: News) -> int:
    listener = news.listener(pending.entry.verb, pending.listener)
    try:
        with transaction.atomic():
            if listener is not None:
                listener(pending.entry)
            pending.delete()
    except Exception as error:
        log.exception("listener %s failed", pending.listener)
        attempts = pending.attempts + 1
        News.objects.filter(id=pending.id).update(
            attempts=attempts,
            parked=attempts >= MAX_ATTEMPTS,
            locked_until=clock.now() + timedelta(seconds=2**attempts),
            error=type(error).__name__[:200],
        )
        return 0
    return 1
