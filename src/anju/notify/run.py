"""The loop over due rows: callbacks of simulators, second looks, sending."""

from datetime import datetime
from functools import cache

from django.conf import settings

from anju.channels import simulator
from anju.core import clock
from anju.notify import attempts, claims, followups, hold
from anju.notify.attempts import Outcome
from anju.notify.choices import Channel
from anju.notify.lanes import Pump
from anju.notify.models import Delivery


def next_due() -> datetime | None:
    """The next moment at which `due` has something to do, None when nothing is pending."""
    if hold.is_held():
        return None
    rows = Delivery.objects.filter(channel__in=Channel.values, due_at__isnull=False).order_by("due_at")
    moments = [rows.values_list("due_at", flat=True).first(), simulator.next_due() if simulator.in_use() else None]
    return min((moment for moment in moments if moment), default=None)


def due(now: datetime, limit: int = 500) -> int:
    """Do at most `limit` of each thing that is due at `now`; 0 when nothing is left. Call it outside transactions.

    On a virtual clock everything happens in this thread, in order of due time, then id. In real time messages leave
    through the lanes and the result counts what is under way; a worker that stops calls `drain`.
    """
    if hold.is_held():
        return 0
    moved = simulator.due(now, limit) if simulator.in_use() else 0
    if not Delivery.objects.filter(channel__in=Channel.values, due_at__lte=now).exists():
        limit = 0  # an idle pass asks once, not once for each channel
    else:
        moved += followups.run(now, limit)
    return moved + (_in_order(now, limit) if clock.is_virtual() else pump().step(now, limit))


def drain(seconds: float = 15) -> int:
    """Wait for what is under way and store its results; gives the number that did not come back in time."""
    return pump().drain(seconds)


@cache
def pump() -> Pump:
    """The lanes of this process."""
    return Pump(Channel.values, settings.ANJU_PARALLEL)


def _in_order(now: datetime, limit: int) -> int:
    rows = claims.claim(tuple(Channel.values), now, limit)
    for row in rows:
        message = attempts.prepare(row)
        outcome = message if isinstance(message, Outcome) else attempts.attempt(row.channel, message)
        attempts.record([(row, outcome)])
    return len(rows)
