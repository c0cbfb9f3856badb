"""Moving the lab's clock: everything due on the way runs, one thing after the other, under one lock."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from anju.core import clock, crash
from anju.lab import state
from anju.worker import loop

LOCK = threading.RLock()
"""Held while the clock moves or due things run; a request of the product never takes it."""
log = logging.getLogger(__name__)


def move(target: datetime) -> int:
    """Set the clock to `target`; returns how many things ran. Raises ValueError when that is in the past."""
    with LOCK:
        fired = _surviving(lambda: loop.until(target))
        state.keep(clock.now())
    return fired


def advance(by: timedelta) -> int:
    """Move on by a length of time."""
    with LOCK:
        return move(clock.now() + by)


def settle() -> None:
    """Let everything that is due at the present instant run."""
    with LOCK:
        _surviving(lambda: loop.until(clock.now()))


def _surviving(work: Callable[[], int]) -> int:
    """Run it; an armed crash point kills the pass, and the lab goes on as a restarted process would."""
    fired = 0
    while True:
        try:
            return fired + work()
        except crash.Crash as killed:
            log.warning("killed at %s, restarted", killed)
            connection.close()
            fired += 1
