"""The lab's people come and go by the duty table of the fixture, until rosters exist."""

from collections.abc import Sequence

from anju.accounts import actions as accounts
from anju.accounts import queries
from anju.core.scope import SYSTEM
from anju.lab import garden, state
from anju.timers import actions as timers
from anju.timers.models import Timer
from anju.timers.registry import handler


@handler(state.SHIFT)
def change_shift(due: Sequence[Timer]) -> None:
    """At 00:00, 08:00, 16:00 and 22:00 everybody's switch is set; the next change is scheduled."""
    hires = {hire.name: hire for hire in garden.STAFF}
    for timer in due:
        for row in queries.crew(timer.subject_id):
            hire = hires.get(row.staff.login)
            if hire is not None:
                accounts.set_shift(row, on=garden.on_duty(hire, timer.due_at), by=SYSTEM)
        subject = (timer.subject_type, timer.subject_id)
        timers.schedule(state.SHIFT, subject, garden.next_change(timer.due_at))
