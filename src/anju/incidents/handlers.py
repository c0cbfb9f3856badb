"""Timers of incidents and drills."""

from collections.abc import Sequence

from anju.incidents.actions import drilling, waking
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(waking.TIMER)
def wake(timers: Sequence[Timer]) -> None:
    """The next moment of an incident has come."""
    for timer in timers:
        waking.wake(timer.subject_id)


@handler(drilling.NOTICE)
def announce(timers: Sequence[Timer]) -> None:
    """A drill is a day away."""
    for timer in timers:
        drilling.announce(timer.subject_id)
