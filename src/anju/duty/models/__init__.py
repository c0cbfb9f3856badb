"""Tables of rosters, handovers and chains."""

from anju.duty.models.chains import Attempt, Callout, Chain
from anju.duty.models.handovers import Handover, Line
from anju.duty.models.roster import Leave, Pattern, Post, Publication, Shift, Swap, Turn

__all__ = [
    "Attempt",
    "Callout",
    "Chain",
    "Handover",
    "Leave",
    "Line",
    "Pattern",
    "Post",
    "Publication",
    "Shift",
    "Swap",
    "Turn",
]
