"""Taking rows to send under a lease: a worker that dies leaves them to the next one when the lease is over."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from anju.core import ids
from anju.notify import progress, rules, store, trouble
from anju.notify.choices import Reason, State
from anju.notify.models import Delivery

BROADCAST = 100
"""So many messages due at once on one channel are a broadcast."""


def claim_urgent_first(letter: str, now: datetime, limit: int) -> list[Delivery]:
    """As `claim`, but emergencies do not queue behind a broadcast."""
    due = _due((letter,), now)
    if not due.exists():
        return []
    urgent = _take(due.filter(emergency=True), now, limit)
    return urgent + _take(due, now, limit - len(urgent))


def a_broadcast_waits(letter: str, now: datetime) -> bool:
    """More is due on this channel than the work of an office brings by itself."""
    return _due((letter,), now)[:BROADCAST].count() == BROADCAST


def claim(letters: tuple[str, ...], now: datetime, limit: int) -> list[Delivery]:
    """At most `limit` due rows of these channels, in order of due time, then id; nobody else gets them before
    `now + LEASE`. What it is night for is postponed, and a row that killed every worker that took it is parked."""
    return _take(_due(letters, now), now, limit)


def _due(letters: tuple[str, ...], now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(channel__in=letters, due_at__lte=now, send_at__lte=now)


def _take(due: QuerySet[Delivery], now: datetime, limit: int) -> list[Delivery]:
    if limit <= 0 or not due.exists():
        return []
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True).order_by("due_at", "id")[:limit])
        kept = [row for row in rows if not _turned_away(row, now)]
        away = [row for row in rows if row not in kept]
        store.update(away, progress.FIELDS)
        trouble.tell(row for row in away if row.state == State.DEAD)
        _lease(kept, now)
    return kept


def _turned_away(row: Delivery, now: datetime) -> bool:
    if row.attempts - row.failures >= rules.MAX_CRASHES:
        progress.end(row, State.DEAD, Reason.CRASHED)
    elif not progress.may_leave(row, now):
        progress.postpone(row, now)
    else:
        return False
    row.settle()
    return True


def _lease(rows: list[Delivery], now: datetime) -> None:
    token, until = ids.token(8), now + rules.LEASE
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENDING,
        locked_by=token,
        due_at=until,
        attempts=F("attempts") + 1,
        first_at=Coalesce("first_at", now),
    )
    for row in rows:
        row.state, row.locked_by, row.due_at = State.SENDING, token, until
        row.attempts += 1
        row.first_at = row.first_at or now
