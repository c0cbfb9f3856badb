"""The one timer of this room: a test alarm of the watch outside."""

from collections.abc import Sequence

from anju.timers.models import Timer
from anju.timers.registry import handler

ALARM = "timers.alarm"


@handler(ALARM)
def heard(timers: Sequence[Timer]) -> None:
    """Nothing is to be done: that it is gone shows that timers run."""
