"""One ticket in hand: its clocks, and everything this step will write.

Actions change the case in memory; `desk.closing` writes all cases of a step in a handful of statements, whether one
person pressed a button or ten thousand clocks ran out in the same second.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from anju.core.scope import SYSTEM, Scope
from anju.journal.actions import entry
from anju.journal.models import Entry
from anju.notify.actions import Notice
from anju.tickets.actions.bench import Bench
from anju.tickets.choices import UNPROCESSED, ClockKind, ClockState, Light, Status
from anju.tickets.models import Clock, Ticket
from anju.tickets.rules import clocks as ticking
from anju.tickets.rules.lights import Facts, Shine, shine
from anju.tickets.rules.offline import PhoneTime

WORKING_CLOCKS = (
    ClockKind.QUEUE,
    ClockKind.ACCEPT,
    ClockKind.PLAN,
    ClockKind.COMPANY,
    ClockKind.HANDOFF,
    ClockKind.RULING,
    ClockKind.QUOTE,
    ClockKind.RESUME,
)


KINDS = tuple(ClockKind.values)
OF_THE_WORK = frozenset({"ACCEPT", "ANSWER", "TAKE", "RETURN", "TRANSFER"})
"""Steps that make somebody accountable, but not away from the leader who answers since the first level."""


class Case:
    """A ticket, its current clocks by kind, who acts and when."""

    def __init__(self, ticket: Ticket, clocks: Iterable[Clock], bench: Bench, *, by: Scope, now: datetime) -> None:
        self.ticket = ticket
        self.clocks: dict[str, Clock] = {}
        for clock in sorted(clocks, key=lambda one: one.round):
            self.clocks[clock.kind] = clock
        self.bench = bench
        self.by = by
        self.now = now
        self.entries: list[Entry] = []
        self.told: list[Notice] = []
        self.echo: list[tuple[str, dict[str, object]]] = []
        self.touched: dict[int, Clock] = {}
        self.moved = False
        self.answered_anew = False
        self.wrote_result = False
        self.phone_time: PhoneTime | None = None
        self.is_new = ticket._state.adding
        self.was_emergency = ticket.leaf.emergency and not self.is_new

    # --- what happened ------------------------------------------------------------------------------------------
    def event(
        self,
        verb: str,
        *,
        to: Status | None = None,
        by: Scope | None = None,
        note: str = "",
        visible: bool = False,
        **data: Any,
    ) -> Entry:
        """Write one entry of the ticket's story and, with `to`, change its state."""
        ticket = self.ticket
        before = ticket.status
        if to is not None and to != before:
            self._enter(to)
            data = {"from": before, "to": to.value, **data}
        phone = self.phone_time if by is None and not self.by.is_system else None
        if phone and phone.doubt:
            data |= {"phone_time": phone.at.isoformat(), "doubt": phone.doubt}
        ticket.event_seq += 1
        if verb not in ("light", "breach", "no_candidate"):  # nobody's page is out of date because time has passed
            ticket.version += 1
        row = entry(
            f"tickets.{verb}",
            subject=ticket.subject,
            community_id=ticket.community_id,
            by=by or self.by,
            seq=ticket.event_seq,
            at=self.now,
            data=data,
            note=note,
            visible=visible,
            client_at=phone.believed if phone else None,
        )
        self.entries.append(row)
        return row

    def _enter(self, status: Status) -> None:
        self.ticket.status = status
        self.ticket.status_since = self.now
        self.moved = True
        if status in UNPROCESSED:
            self.run(ClockKind.RED)
        elif status == Status.IN_PROGRESS:
            self.meet(ClockKind.RED)
        elif status == Status.PENDING_ACCEPTANCE:
            self.meet(ClockKind.RED, ClockKind.RESOLVE, ClockKind.ESC24, ClockKind.ARRIVE)
            self.drop(*WORKING_CLOCKS)
        elif status == Status.PENDING_VISIT:
            self.meet(ClockKind.RED, ClockKind.RESP, ClockKind.RESOLVE, ClockKind.ESC24, ClockKind.AUTO_ACCEPT)
            self.drop(*WORKING_CLOCKS, ClockKind.ARRIVE)
        elif status in (Status.CLOSED, Status.CANCELLED):
            self.ticket.closed_at = self.now
            self.meet(ClockKind.VISIT)
            self.drop(*self.clocks)

    # --- clocks -------------------------------------------------------------------------------------------------
    def start(self, kind: ClockKind, span: timedelta, *, base: datetime | None = None, hours: str = "") -> Clock:
        """A new round of a clock, running from `base` (now by default), counting in these hours of the day."""
        base = base or self.now
        before = self.clocks.get(kind)
        if before is not None:
            ticking.void(self._touch(before), self.now)
        clock = Clock(
            ticket=self.ticket,
            kind=kind,
            round=before.round + 1 if before else 0,
            base=base,
            duration_s=int(span.total_seconds()),
            hours=hours,
        )
        ticking.run(clock, base)
        self.clocks[kind] = clock
        self._touch(clock)
        return clock

    def _touch(self, clock: Clock) -> Clock:
        self.touched[clock.id] = clock
        return clock

    def _each(self, kinds: Iterable[str]) -> list[Clock]:
        return [self._touch(self.clocks[kind]) for kind in kinds if kind in self.clocks]

    def run(self, *kinds: str) -> None:
        """Let clocks run again with the time they have used."""
        for clock in self._each(kinds):
            ticking.run(clock, self.now)

    def meet(self, *kinds: str) -> None:
        """What these clocks waited for has happened."""
        for clock in self._each(kinds):
            ticking.meet(clock, self.now)

    def pause(self, *kinds: str) -> None:
        """Stop counting while the ticket is suspended."""
        for clock in self._each(kinds):
            ticking.pause(clock, self.now)

    def drop(self, *kinds: str) -> None:
        """Nobody waits for these any more."""
        for clock in self._each(kinds):
            ticking.void(clock, self.now)

    def next_moment(self) -> tuple[datetime, Clock, str] | None:
        """The earliest moment at which a clock does something by itself; of the same second, in the order of kinds,
        for no database gives rows in the same order twice (C3)."""
        yellow_resp, yellow_red = self.bench.yellow
        moments = [
            (moment[0], KINDS.index(clock.kind), clock, moment[1])
            for clock in self.clocks.values()
            if (moment := ticking.next_moment(clock, yellow_resp_s=yellow_resp, yellow_red_s=yellow_red))
        ]
        if not moments:
            return None
        at, _kind, clock, what = min(moments, key=lambda one: one[:2])
        return at, clock, what

    @property
    def is_news(self) -> bool:
        """True when those who follow this ticket have something to follow: its state, who answers, what was told."""
        return self.moved or self.answered_anew or bool(self.echo)

    def is_late(self, kind: str) -> bool:
        return kind in self.clocks and self.clocks[kind].state == ClockState.BREACHED

    # --- light --------------------------------------------------------------------------------------------------
    def relight(self) -> None:
        """Store the light, its reason and deadline; write an entry when the colour or reason changed."""
        ticket = self.ticket
        found = self._shine()
        if found.light == Light.RED and not ticket.was_red:
            ticket.was_red = True
        if (found.light, found.reason) != (ticket.light, ticket.light_reason) and not self.is_new:
            self.event("light", by=SYSTEM, before=ticket.light, light=found.light.value, reason=found.reason.value)
        ticket.light, ticket.light_reason, ticket.rank = found.light, found.reason, found.rank
        ticket.light_clock, ticket.due_at = found.clock, found.due_at
        ticket.held = ticket.accountable_id is not None

    def _shine(self) -> Shine:
        ticket = self.ticket
        yellow_resp, yellow_red = self.bench.yellow
        facts = Facts(
            status=ticket.status,
            prio=ticket.prio,
            level=ticket.level,
            was_red=ticket.was_red,
            locked=ticket.locked_at is not None and not ticket.ruling,
            yellow_resp_s=yellow_resp,
            yellow_red_s=yellow_red,
        )
        return shine(facts, self.clocks, self.now)

    # --- people -------------------------------------------------------------------------------------------------
    def answer_for(self, staff_id: int | None, why: str) -> None:
        """Make somebody accountable; every change is an event, and there is exactly one (domain file 04). From the
        first level on it is the supervisor, then the PM, whoever works on it."""
        before = self.ticket.accountable_id
        if staff_id == before or (before is not None and self.ticket.level >= 1 and why in OF_THE_WORK):
            return
        self.ticket.accountable_id = staff_id
        self.answered_anew = True
        if not self.is_new:
            self.event("accountable", by=SYSTEM, before=before, staff=staff_id, why=why)
