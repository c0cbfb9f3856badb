"""The light of a ticket and the clock that decides it (R1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anju.tickets.choices import ENDED, FINISHED, LIGHT_RANK, UNPROCESSED, ClockKind, Light, Reason, Status
from anju.tickets.rules.clocks import Tick, is_late, is_open, used, warn_points


@dataclass(frozen=True, slots=True)
class Shine:
    """A light with its reason, and the clock whose deadline stands beside it."""

    light: Light
    reason: Reason
    clock: str = ""
    due_at: datetime | None = None

    @property
    def rank(self) -> int:
        return LIGHT_RANK[self.light]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a light depends on beside the clocks."""

    status: str
    prio: str
    level: int
    was_red: bool
    locked: bool
    yellow_resp_s: int = 600
    yellow_red_s: int = 5400


def shine(facts: Facts, clocks: Mapping[str, Tick], now: datetime) -> Shine:
    """The light at `now`. A late clock stands beside red or yellow; else the nearest deadline does."""
    light, reason, kind = _light(facts, clocks, now)
    kind = kind or _nearest(clocks)
    clock = clocks.get(kind)
    return Shine(light, reason, kind, _deadline(clock) if clock else None)


def _light(facts: Facts, clocks: Mapping[str, Tick], now: datetime) -> tuple[Light, Reason, str]:
    if facts.status in ENDED:
        return Light.GREY, Reason.CLOSED, ""
    if facts.status == Status.SUSPENDED:
        return Light.GREY, Reason.SUSPENDED, ClockKind.RESUME
    return _red(facts, clocks) or _yellow(facts, clocks, now) or (Light.GREEN, Reason.NONE, "")


def _red(facts: Facts, clocks: Mapping[str, Tick]) -> tuple[Light, Reason, str] | None:
    finished = facts.status in FINISHED
    checks = (
        (facts.locked and not finished, Reason.LOCKED, ClockKind.RULING),
        (facts.level >= 1 and not finished, Reason.ESCALATED, ClockKind.PLAN),
        (facts.status in UNPROCESSED and _late(clocks, ClockKind.RED), Reason.RED, ClockKind.RED),
        (
            facts.prio == "P0" and not finished and _late(clocks, ClockKind.ARRIVE),
            Reason.ARRIVE,
            ClockKind.ARRIVE,
        ),
        (not finished and _late(clocks, ClockKind.RESOLVE), Reason.RESOLVE, ClockKind.RESOLVE),
    )
    return next(((Light.RED, reason, kind) for holds, reason, kind in checks if holds), None)


def _yellow(facts: Facts, clocks: Mapping[str, Tick], now: datetime) -> tuple[Light, Reason, str] | None:
    resp, red, resolve = (clocks.get(kind) for kind in (ClockKind.RESP, ClockKind.RED, ClockKind.RESOLVE))
    checks = (
        (resp is not None and resp.breached_at is not None, Reason.RESP, ClockKind.RESP),
        (_past(resp, now, facts.yellow_resp_s), Reason.RESP_SOON, ClockKind.RESP),
        (_late(clocks, ClockKind.ARRIVE), Reason.ARRIVE, ClockKind.ARRIVE),
        (
            facts.status in UNPROCESSED and _past(red, now, facts.yellow_red_s),
            Reason.RED_SOON,
            ClockKind.RED,
        ),
        (_past(resolve, now, _first_warning(resolve)), Reason.RESOLVE_SOON, ClockKind.RESOLVE),
        (facts.was_red, Reason.WAS_RED, ""),
    )
    for holds, reason, kind in checks:
        if holds:
            open_kind = kind if kind and kind in clocks and is_open(clocks[kind]) else ""
            return Light.YELLOW, reason, open_kind
    return None


def _first_warning(clock: Tick | None) -> int:
    return next(iter(warn_points(clock)), 0) if clock else 0


def _late(clocks: Mapping[str, Tick], kind: str) -> bool:
    return kind in clocks and is_late(clocks[kind])


def _past(clock: Tick | None, now: datetime, seconds: int) -> bool:
    return clock is not None and clock.running_since is not None and seconds > 0 and used(clock, now) >= seconds


def _nearest(clocks: Mapping[str, Tick]) -> str:
    running = [(clock.deadline, clock.kind) for clock in clocks.values() if clock.deadline and is_open(clock)]
    return min(running)[1] if running else ""


def _deadline(clock: Tick) -> datetime | None:
    return clock.deadline
