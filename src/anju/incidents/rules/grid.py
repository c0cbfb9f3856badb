"""The bulletin grid (R3.3): T0+10, +20, +30 … minutes; what is due next by itself in an incident."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
REMIND = timedelta(minutes=2)
CHASE = timedelta(minutes=5)
LONGER = (20, 30, 60)
"""Minutes to which the commander may lengthen the interval after CONTROLLED (R3.4)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One interval of the grid: a bulletin posted in (after, due] satisfies it, the first slot also at T0 itself."""

    seq: int
    after: datetime
    due: datetime
    met: bool = False
    reminded: bool = False
    missed: bool = False
    chased: bool = False

    def takes(self, at: datetime) -> bool:
        """True when a bulletin of this moment is this slot's."""
        return (self.after < at or (self.seq == 1 and at == self.after)) and at <= self.due


@dataclass(frozen=True, slots=True)
class Facts:
    """What an incident waits for. `calls` are the ends of the acknowledgements waited for, by id of the call."""

    runs: bool
    slots: Sequence[Slot]
    calls: Iterable[tuple[datetime, int]]
    eta_due: datetime | None
    last_posted: datetime | None


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Something happens by itself at `at`; of the same second in the order of the words, then of `ref`."""

    at: datetime
    what: str
    ref: int


def moments(facts: Facts) -> Iterator[Moment]:
    """Everything that will happen by itself as things stand; `slots` are in order, and only the last one is open."""
    if not facts.runs:
        return
    for end, call in facts.calls:
        yield Moment(end + SECOND, "ack", call)
    if facts.eta_due is not None:
        yield Moment(facts.eta_due + SECOND, "eta", 0)
    for slot in facts.slots[-1:]:
        yield from _of_open(slot)
    for slot in facts.slots[:-1]:
        if slot.missed and not slot.chased and not _came_later(slot, facts.last_posted):
            yield Moment(slot.due + CHASE + SECOND, "chase", slot.seq)


def _of_open(slot: Slot) -> Iterator[Moment]:
    if not slot.met and not slot.reminded:
        yield Moment(slot.due - REMIND, "remind", slot.seq)
    yield Moment(slot.due + SECOND, "close", slot.seq)


def _came_later(slot: Slot, last_posted: datetime | None) -> bool:
    return last_posted is not None and last_posted > slot.due
