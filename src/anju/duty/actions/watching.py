"""The timers of turns: 5 minutes late, 15 minutes late, long over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from anju.core import clock
from anju.duty.models import Turn
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.timers import actions as timers

WATCH = "duty.turn"
OVER_AFTER = timedelta(minutes=30)
"""A turn that nobody has ended is over so long after its end."""


def watch(community: Community, turns: Sequence[Turn]) -> None:
    """Look at these turns when somebody should have come; where nobody checks in, there is nothing to watch."""
    if setting(community.config, "duty.check_in"):
        timers.put(
            timers.timer(WATCH, ("turn", one.id), late_at(community, one, "duty.absent_alarm_min"), community.id)
            for one in turns
            if not one.shift.on_call and one.end_at > clock.now()
        )


def late_at(community: Community, turn: Turn, key: str) -> datetime:
    """The second in which so many minutes are more than over (C2)."""
    return turn.begin_at + timedelta(minutes=int(setting(community.config, key))) + clock.SECOND
