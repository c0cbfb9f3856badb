"""One pass over what is due, and the two ways of going on: with the clock of the lab, or with the time of day."""

import logging
import threading
from datetime import datetime

from django.db import close_old_connections

from anju.core import clock
from anju.journal import run as news
from anju.notify import run as deliveries
from anju.timers import run as timers
from anju.worker import beats

BATCH = 1000
IDLE_S = 0.5
DRAIN_S = 6.0
log = logging.getLogger(__name__)


def step(now: datetime, limit: int = BATCH) -> int:
    """Tell pending news, run due timers, hand over due deliveries; returns how many things were done."""
    done = news.due(limit)
    done += timers.due(now, limit)
    return done + deliveries.due(now, limit)


def next_due() -> datetime | None:
    """The next moment at which something is due."""
    moments = [news.next_due(), timers.next_due(), deliveries.next_due()]
    return min((moment for moment in moments if moment is not None), default=None)


def until(target: datetime) -> int:
    """Move the virtual clock to `target`, stopping at every due moment on the way; returns how many things ran.

    Each timer sees its own due time as now (C3), so one step of three hours leaves the records of three of one hour.
    Raises ValueError when `target` is in the past.
    """
    virtual = clock.virtual()
    if virtual is None:
        raise RuntimeError("only a virtual clock can be moved")
    if target < virtual.now():
        raise ValueError("the clock cannot go backwards")
    fired = _settle()
    while (moment := next_due()) is not None and moment <= target:
        virtual.set(max(moment, virtual.now()))
        done = _settle()
        fired += done
        if not done:
            log.error("something is due at %s and does not run", moment)
            break
    virtual.set(target)
    return fired


def _settle() -> int:
    """Everything that is due now, one thing after the other, until nothing is."""
    fired = 0
    while done := _one():
        fired += done
    return fired


def _one() -> int:
    now = clock.now()
    return news.due(1) or timers.due(now, 1) or deliveries.due(now, 1)


def forever(stop: threading.Event) -> None:
    """Work until told to stop, sleeping while nothing is due; a failing pass is logged and tried again."""
    sign = beats.Sign()
    while not stop.is_set():
        close_old_connections()
        try:
            done = step(clock.now())
            sign.beat()
        except Exception:
            log.exception("a pass of the worker failed")
            done = 0
        if not done:
            stop.wait(IDLE_S)
    deliveries.drain(DRAIN_S)
    sign.remove()
