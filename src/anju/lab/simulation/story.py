"""One ticket as the oracle knows it: what the journal tells, and what must follow from it by the rules alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from anju.core import clock
from anju.lab.simulation.paths import FINISHED, UNPROCESSED
from anju.lab.simulation.watches import ACCEPT_IN, DAY, HALF, HOUR, MINUTE, Watches
from anju.understanding import Leaf, leaf

LEVELS = ("ESC24", "PLAN", "COMPANY")
OF_THE_WORK = ("QUEUE", "ACCEPT", "HANDOFF", "RULING", "QUOTE", "RESUME", "PLAN", "COMPANY")
CLOCKED = ("RP", "CP", "IQ", "RQ")
SERVICE = (time(8), time(20))
NINE = time(9)


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the journal."""

    id: int
    verb: str
    at: datetime
    seq: int
    actor: str
    data: dict[str, Any]


@dataclass(slots=True)
class Story:
    """State, level and clocks of a ticket, moved on by one line of the journal after the other."""

    no: str
    born: dict[str, Any]
    leaf: Leaf
    prio: str
    status: str = "NEW"
    level: int = 0
    asked_level: int = 0
    seq: int = 0
    accountable: int | None = None
    waits_for_visit: bool = False
    child: bool = False
    watches: Watches = field(default_factory=Watches)

    # --- clocks that begin with a report ------------------------------------------------------------------------
    def begin(self, at: datetime) -> None:
        """All clocks of a report from the moment it reached us; what waits for an appointment begins with that."""
        base: datetime = self.born["reported_at"]
        visit = self.born["appointment_end"] if self.prio != "P0" else None
        waits_from = max(base, self.born["appointment_start"] or base) if visit else base
        start = self.watches.start
        start("RESP", self._respond_in(), at=at, base=base)
        start("RESOLVE", self.leaf.resolve_min * MINUTE, at=at, base=base)
        if self.leaf.arrival_min is not None:
            arrive = (visit - base).total_seconds() if visit else self.leaf.arrival_min * MINUTE
            start("ARRIVE", arrive, at=at, base=base)
        if self.leaf.type in CLOCKED:
            start("RED", 2 * HOUR, at=at, base=waits_from)
            start("ESC24", DAY, at=at, base=waits_from)

    def _respond_in(self) -> int:
        return (3 if self.prio == "P0" else 15) * MINUTE

    # --- one line of the journal ----------------------------------------------------------------------------------
    def hear(self, told: Told) -> None:
        """Move on by what happened."""
        effect = EFFECTS.get(told.verb)
        after = told.data.get("to", self.status)
        if effect is not None and not (self.child and told.verb not in ("reopen", "freed")):
            effect(self, told)
        if after != self.status:
            self.status = after
            self._arrive(told.at)
        if self.child:
            self.watches.end(told.at)

    def _arrive(self, at: datetime) -> None:
        """What reaching a state does to the clocks, whichever step led there."""
        watches = self.watches
        if self.status in UNPROCESSED:
            watches.again("RED", at)
        elif self.status == "IN_PROGRESS":
            watches.end(at, "RED")
        elif self.status == "PENDING_ACCEPTANCE":
            watches.end(at, "RED", "RESOLVE", "ESC24", "ARRIVE", *OF_THE_WORK)
        elif self.status == "PENDING_VISIT":
            watches.end(at, "RED", "RESP", "RESOLVE", "ESC24", "ARRIVE", "AUTO_ACCEPT", *OF_THE_WORK)
        elif self.status in FINISHED:
            watches.end(at)

    def classify(self, told: Told) -> None:
        """Another kind: its department and limits, counted from the report and never later."""
        self.leaf, self.prio = leaf(told.data["leaf"]), told.data["prio"]
        at, base = told.at, self.born["reported_at"]
        for kind, minutes in (("RESP", self.leaf.response_min), ("RESOLVE", self.leaf.resolve_min)):
            if kind in self.watches.by_kind:
                self.watches.by_kind[kind].shorten(minutes * MINUTE, at)
        self._arrival_anew(at, base)
        self._red_anew(at, base)

    def _arrival_anew(self, at: datetime, base: datetime) -> None:
        minutes = self.leaf.arrival_min
        if minutes is None:
            return
        if "ARRIVE" not in self.watches.by_kind:
            self.watches.start("ARRIVE", minutes * MINUTE, at=at, base=base)
        elif self.born["appointment_end"] is None or self.prio == "P0":
            self.watches.by_kind["ARRIVE"].shorten(minutes * MINUTE, at)

    def _red_anew(self, at: datetime, base: datetime) -> None:
        """Praise and suggestions have no red light; what turns out to be neither gets one from its report on (R1.6)."""
        red = self.watches.by_kind.get("RED")
        if self.leaf.type not in CLOCKED:
            self.watches.by_kind.pop("RED", None)
            self.watches.by_kind.pop("ESC24", None)
        elif red is None:
            base = max(base, self.born["appointment_start"] or base)
            self.watches.start("RED", 2 * HOUR, at=at, base=base)
            self.watches.start("ESC24", DAY, at=at, base=base)
            if self.status not in UNPROCESSED:
                self.watches.end(at, "RED")

    def offer(self, told: Told) -> None:
        """To another department: 15 minutes to answer, an emergency 3, by night until nine (R20.4)."""
        local = clock.local(told.at)
        if self.prio == "P0":
            seconds: float = 3 * MINUTE
        elif self.prio == "P1" or SERVICE[0] <= local.time() <= SERVICE[1]:
            seconds = 15 * MINUTE
        else:
            nine = clock.on(local.date(), NINE)
            seconds = (nine + timedelta(days=nine <= told.at) - told.at).total_seconds()
        self.watches.start("HANDOFF", seconds, at=told.at)

    def receive(self, told: Told) -> None:
        """The other department has it."""
        if self.status == "SUSPENDED":
            self._wait_over(told.at)
        self.watches.end(told.at, "ACCEPT", "HANDOFF")

    def suspend(self, told: Told) -> None:
        """Waiting: the red light and the work stand still, the levels only when a leader agreed."""
        at = told.at
        self.watches.stop(at, "RED", "RESOLVE")
        if told.data["approved"]:
            self.watches.stop(at, *LEVELS)
        else:
            self.watches.go(at, *LEVELS)
        until = datetime.fromisoformat(told.data["resume_at"])
        self.watches.start("RESUME", (until - at).total_seconds(), at=at)

    def resume(self, told: Told) -> None:
        """The waiting is over."""
        self._wait_over(told.at)

    def _wait_over(self, at: datetime) -> None:
        self.watches.end(at, "RESUME")
        self.watches.go(at, "RESOLVE", *LEVELS)

    def escalate(self, told: Told) -> None:
        """One level up; the next one follows after a day unless the work is done."""
        self.level, self.asked_level = told.data["level"], 0
        following = {1: "PLAN", 2: "COMPANY"}.get(self.level)
        if following and self.status not in FINISHED:
            self.watches.start(following, DAY, at=told.at)

    def escalate_asked(self, told: Told) -> None:
        """Somebody did not want to wait for the clock."""
        self.asked_level = told.data["level"]
        self.watches.end(told.at, *LEVELS)

    def plan(self, told: Told) -> None:
        """The supervisor names a date; late, it goes to the manager."""
        if self.level == 1:
            due = datetime.fromisoformat(told.data["due"])
            self.watches.start("PLAN", (due - told.at).total_seconds(), at=told.at)

    def reopen(self, told: Told) -> None:
        """Everything from the beginning, half the time for the work."""
        self.child, self.level, self.prio, self.waits_for_visit = False, 0, told.data["prio"], False
        at, start = told.at, self.watches.start
        start("RESP", self._respond_in(), at=at)
        start("RESOLVE", self.leaf.resolve_min * MINUTE / HALF, at=at)
        if self.leaf.arrival_min is not None:
            start("ARRIVE", self.leaf.arrival_min * MINUTE, at=at)
        if self.leaf.type in CLOCKED:
            start("RED", 2 * HOUR, at=at)
            start("ESC24", DAY, at=at)

    def merge(self, told: Told) -> None:
        """It follows another one from now on and has no clocks of its own."""
        self.child = True

    def freed(self, told: Told) -> None:
        """Its master was taken back: it stands on its own again, from its own report on."""
        self.child = False
        self.begin(told.at)
        if told.data.get("to", self.status) == "ACCEPTED":
            self.watches.end(told.at, "RESP")


def _met(*kinds: str) -> Callable[[Story, Told], None]:
    return lambda story, told: story.watches.end(told.at, *kinds)


def _started(kind: str, seconds: float, *ended: str) -> Callable[[Story, Told], None]:
    def effect(story: Story, told: Told) -> None:
        story.watches.end(told.at, *ended) if ended else None
        story.watches.start(kind, seconds, at=told.at)

    return effect


def _accept(story: Story, told: Told) -> None:
    """Only a person's look is an answer."""
    if not told.data["auto"]:
        story.watches.end(told.at, "RESP")


def _offered(story: Story, told: Told) -> None:
    story.watches.end(told.at, "QUEUE", "ACCEPT")
    story.watches.start("ACCEPT", ACCEPT_IN[story.prio] * MINUTE, at=told.at)


def _taken(story: Story, told: Told) -> None:
    story.watches.end(told.at, "ACCEPT", "RESP", *(["QUEUE"] if told.data.get("chain") else []))


def _declined(story: Story, told: Told) -> None:
    if "to" in told.data:
        story.watches.end(told.at, "ACCEPT")


def _nobody(story: Story, told: Told) -> None:
    waiting = story.watches.by_kind.get("QUEUE")
    if waiting is None or waiting.over:
        story.watches.start("QUEUE", 5 * MINUTE, at=told.at)


def _visit(story: Story, told: Told) -> None:
    story.waits_for_visit = told.verb == "visit_due"


EFFECTS: dict[str, Callable[[Story, Told], None]] = {
    "accept": _accept,
    "dispatch": _offered,
    "transfer": _offered,
    "take": _taken,
    "decline": _declined,
    "no_candidate": _nobody,
    "start": _met("ARRIVE"),
    "finish": _started("AUTO_ACCEPT", 2 * DAY),
    "confirm": _started("VISIT", 7 * DAY, "AUTO_ACCEPT"),
    "answer": _started("VISIT", 7 * DAY),
    "reject": lambda story, told: _started("RESOLVE", story.leaf.resolve_min * MINUTE / HALF, "AUTO_ACCEPT")(
        story, told
    ),
    "quote": _started("QUOTE", 2 * DAY),
    "confirm_quote": _met("QUOTE"),
    "refuse_quote": _met("QUOTE"),
    "quote_expired": _met("QUOTE"),
    "refuse": _met("HANDOFF"),
    "lock": _started("RULING", 30 * MINUTE, "HANDOFF"),
    "rule": _met("RULING"),
    "visit_due": _visit,
    "visit_done": _visit,
    "classify": Story.classify,
    "offer": Story.offer,
    "receive": Story.receive,
    "suspend": Story.suspend,
    "resume": Story.resume,
    "escalate": Story.escalate,
    "escalate_asked": Story.escalate_asked,
    "plan": Story.plan,
    "reopen": Story.reopen,
    "merge": Story.merge,
    "freed": Story.freed,
}
"""What each verb does to the clocks, by domain files 01, 04 and 20."""
