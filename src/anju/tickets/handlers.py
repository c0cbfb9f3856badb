"""The one timer of a ticket: wake up, do what is due, sleep until the next moment; and the end of a night."""

from collections.abc import Sequence

from anju.core.scope import SYSTEM
from anju.tickets.actions import nights, opening, waking
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(opening.WAKE)
def wake(timers: Sequence[Timer]) -> None:
    """Run the reactions of a batch of tickets, each at its true due time and in that order across all of them. What
    comes later than the last of the batch waits for the next one, which may hold something earlier (C3)."""
    cases = opening.load([timer.subject_id for timer in timers], by=SYSTEM)
    until = max(timer.due_at for timer in timers)
    waking.catch_up_all(cases, until)
    for case in cases:
        case.now = until  # the light is that of this moment: the next wake-up may be due before the present one
    opening.close(cases)


@handler(nights.IN)
def night_ends(timers: Sequence[Timer]) -> None:
    """The records of the night go to the day team."""
    for timer in timers:
        nights.hand_in(timer.subject_id)


@handler(nights.CHECK)
def night_is_settled(timers: Sequence[Timer]) -> None:
    """Everything of the night should have been touched by now."""
    for timer in timers:
        nights.look_again(timer.subject_id)
