"""A test alarm from outside: raised in the office, it must come back from every worker (P10, F48)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from anju.core import clock, ids
from anju.notify import queries as notify
from anju.timers import actions as timers
from anju.timers.handlers import ALARM
from anju.timers.models import Timer
from anju.worker import beats

LATE = timedelta(minutes=3)
"""Messages that have been due for so long do not leave."""
REPLACED = timedelta(minutes=15)
"""A worker silent for so long has been paged for; while others work, it is taken for one that was replaced."""


@dataclass(frozen=True, slots=True)
class Back:
    """How far an alarm has come: which workers have been through a pass since, whether timers run and messages leave."""

    workers: Mapping[str, bool]
    timers: bool
    messages: bool

    @property
    def whole(self) -> bool:
        return bool(self.workers) and all(self.workers.values()) and self.timers and self.messages


def raise_alarm() -> int:
    """Put a new alarm up; gives its number."""
    alarm = ids.new()
    timers.schedule(ALARM, ("alarm", alarm), clock.now())
    beats.put_up(alarm)
    return alarm


def back(alarm: int) -> Back:
    """What has come back of it by now."""
    signs = sorted(beats.signs().items())
    since = min(clock.now() - REPLACED, max((seen.at for _name, seen in signs), default=clock.now()))
    return Back(
        workers={name: seen.alarm >= alarm for name, seen in signs if seen.at >= since},
        timers=not Timer.objects.filter(kind=ALARM, subject_id__lte=alarm).exists(),
        messages=notify.backlog(clock.now()).oldest <= LATE,
    )
