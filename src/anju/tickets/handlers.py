"""The one timer of a ticket: wake up, do what is due, sleep until the next moment."""

from collections.abc import Sequence

from anju.core.scope import SYSTEM
from anju.tickets.actions import opening, waking
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(opening.WAKE)
def wake(timers: Sequence[Timer]) -> None:
    """Run the reactions of a batch of tickets, each at its true due time."""
    cases = opening.load([timer.subject_id for timer in timers], by=SYSTEM)
    for case in cases:
        waking.catch_up(case)
    opening.close(cases)
