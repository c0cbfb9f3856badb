"""The clocks of a ticket as bars: what is running, what was met and how late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.core import clock
from anju.tickets.choices import ClockKind, ClockState
from anju.tickets.models import Clock, Ticket
from anju.tickets.rules.clocks import used

HIDDEN = frozenset({ClockKind.QUEUE, ClockKind.VISIT, ClockKind.AUTO_ACCEPT})
ORDER = {kind.value: index for index, kind in enumerate(ClockKind)}


@dataclass(frozen=True, slots=True)
class Dial:
    """Arguments of `{% clockbar %}`."""

    name: str
    start: datetime
    due_at: datetime | None
    light: str
    met_at: datetime | None
    share: float


def dials(ticket: Ticket, clocks: Sequence[Clock]) -> list[Dial]:
    """The clocks that somebody waits for or waited for, in the order of the work."""
    now = clock.now()
    shown = [one for one in clocks if _shown(one)]
    return [_dial(ticket, one, now) for one in sorted(shown, key=lambda one: ORDER[one.kind])]


def _shown(one: Clock) -> bool:
    if one.kind in HIDDEN:
        return one.running_since is not None
    return one.state != ClockState.VOID


def _dial(ticket: Ticket, one: Clock, now: datetime) -> Dial:
    spent = used(one, now)
    share = spent / one.duration_s if one.duration_s else 1.0
    name = str(ClockKind(one.kind).label)
    if one.met_at is not None:
        late = timedelta(seconds=spent - one.duration_s) if one.breached_at else None
        start = one.met_at - timedelta(seconds=spent)
        return Dial(name, start, one.met_at - late if late else None, "grey", one.met_at, share)
    return Dial(name, one.base, one.deadline, _light(ticket, one), None, share)


def _light(ticket: Ticket, one: Clock) -> str:
    if one.breached_at is not None:
        return "red"
    return ticket.light.lower() if one.kind == ticket.light_clock and ticket.light == "YELLOW" else "green"
