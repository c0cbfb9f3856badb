"""Clocks against a slow clock that counts second by second."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anju.tickets.choices import ClockKind, ClockState
from anju.tickets.rules import clocks as rules

START = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass
class Plain:
    """A clock without a table."""

    kind: str = "RED"
    hours: str = ""
    base: datetime = START
    duration_s: int = 120
    used_s: int = 0
    running_since: datetime | None = None
    deadline: datetime | None = None
    state: str = "RUNNING"
    met_at: datetime | None = None
    breached_at: datetime | None = None
    warned: int = 0


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["run", "pause"])), max_size=12), st.integers(0, 60))
def test_pausing_never_loses_or_gains_a_second(steps: list[tuple[int, str]], tail: int) -> None:
    clock = Plain()
    rules.run(clock, START)
    now, running, counted = 0, True, 0
    for wait, what in steps:
        counted += wait if running else 0
        now += wait
        running = what == "run"
        {"run": rules.run, "pause": rules.pause}[what](clock, at(now))
    counted += tail if running else 0
    assert rules.used(clock, at(now + tail)) == counted
    if running:
        left = clock.duration_s - counted
        assert clock.deadline == at(now + tail) + timedelta(seconds=left)


@given(st.integers(1, 5000), st.integers(0, 6000))
def test_a_breach_is_one_second_after_the_deadline(duration: int, passed: int) -> None:
    clock = Plain(kind=ClockKind.ACCEPT, duration_s=duration)
    rules.run(clock, START)
    moment = rules.next_moment(clock)
    assert moment == (at(duration + 1), "breach")
    assert (at(passed) > (clock.deadline or START)) == (passed > duration) == (at(passed) >= moment[0])


def test_a_met_clock_opens_again_with_its_time() -> None:
    clock = Plain()
    rules.run(clock, START)
    rules.meet(clock, at(60))
    assert (clock.state, clock.used_s, clock.deadline) == (ClockState.MET, 60, None)
    rules.run(clock, at(600))
    assert (clock.state, clock.met_at, clock.deadline) == (ClockState.RUNNING, None, at(660))


def test_a_breach_stays_in_the_record() -> None:
    clock = Plain()
    rules.run(clock, START)
    rules.breach(clock, at(121))
    rules.meet(clock, at(300))
    assert (clock.state, clock.met_at, clock.breached_at) == (ClockState.BREACHED, at(300), at(121))
    assert not rules.is_late(clock)
    rules.run(clock, at(400))
    assert rules.is_late(clock)


def test_it_does_not_run_before_its_base() -> None:
    clock = Plain(base=at(100))
    rules.run(clock, START)
    assert (rules.used(clock, at(50)), clock.deadline) == (0, at(220))
    rules.pause(clock, at(50))
    assert clock.used_s == 0


def test_a_void_clock_never_moves_again() -> None:
    clock = Plain()
    rules.run(clock, START)
    rules.void(clock, at(5))
    rules.run(clock, at(6))
    rules.meet(clock, at(7))
    assert (clock.state, clock.met_at, rules.next_moment(clock)) == (ClockState.VOID, None, None)


@given(st.integers(1, 500), st.integers(1, 500))
def test_another_leaf_never_makes_it_later(first: int, second: int) -> None:
    clock = Plain(duration_s=first)
    rules.run(clock, START)
    before = clock.deadline
    rules.shorten(clock, second)
    assert clock.deadline == min(before or START, at(second))


def test_warnings_come_in_order_before_the_breach() -> None:
    clock = Plain(kind=ClockKind.RESP, duration_s=1800)
    rules.run(clock, START)
    seen = []
    while moment := rules.next_moment(clock):
        seen.append((int((moment[0] - START).total_seconds()), moment[1]))
        if moment[1] == "warn":
            clock.warned += 1
        else:
            rules.breach(clock, moment[0])
    assert seen == [(600, "warn"), (1500, "warn"), (1801, "breach")]


def test_an_appointment_fires_on_time() -> None:
    clock = Plain(kind=ClockKind.RESUME, duration_s=60)
    rules.run(clock, START)
    assert rules.next_moment(clock) == (at(60), "breach")


def test_red_may_count_in_the_hours_of_service_only() -> None:
    """R1.5: from 19:00 an hour counts today and the other one tomorrow from 08:00."""
    evening = datetime(2026, 3, 2, 11, tzinfo=UTC)
    clock = Plain(hours="08:00-20:00", base=evening, duration_s=7200)
    rules.run(clock, evening)
    assert clock.deadline == datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert rules.next_moment(clock) == (datetime(2026, 3, 3, 0, 30, tzinfo=UTC), "warn")
    assert rules.used(clock, datetime(2026, 3, 2, 20, tzinfo=UTC)) == 3600
    rules.count_always(clock)
    assert clock.deadline == datetime(2026, 3, 2, 13, tzinfo=UTC)
