"""The loop: batches in real time, one thing at a time on a virtual clock, alive after a pass that failed."""

import threading
from datetime import timedelta

import pytest

from anju.core import clock
from anju.timers import actions as timers
from anju.timers import registry
from anju.worker import beats, loop

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def rung(monkeypatch):
    """What a handler of kind `test.bell` has seen: subject and the time at that moment."""
    seen = []
    monkeypatch.setitem(
        registry._handlers,
        "test.bell",
        lambda rows: seen.extend((row.subject_id, clock.now() - row.due_at) for row in rows),
    )
    return seen


def ring(number, minutes):
    timers.schedule("test.bell", ("bell", number), clock.now() + minutes * MINUTE)


def test_a_pass_does_what_is_due_and_no_more(rung):
    ring(1, 0)
    ring(2, 5)
    assert loop.step(clock.now()) == 1
    assert [number for number, _late in rung] == [1]
    assert loop.next_due() == clock.now() + 5 * MINUTE
    assert loop.step(clock.now()) == 0


def test_each_timer_sees_its_own_time(rung):
    start = clock.now()
    for number, minutes in ((3, 30), (1, 10), (2, 20)):
        ring(number, minutes)
    assert loop.until(start + 60 * MINUTE) == 3
    assert rung == [(1, timedelta()), (2, timedelta()), (3, timedelta())]
    assert clock.now() == start + 60 * MINUTE


def test_time_goes_forward_only_and_only_when_it_is_ours():
    with pytest.raises(ValueError, match="backwards"):
        loop.until(clock.now() - MINUTE)
    with clock.using(clock.SystemClock()), pytest.raises(RuntimeError, match="virtual"):
        loop.until(clock.now())


def test_something_due_that_does_not_run_is_said_and_passed_over(monkeypatch, errors_logged):
    start = clock.now()
    monkeypatch.setattr(loop, "next_due", lambda: start)
    monkeypatch.setattr(loop, "_one", lambda: 0)
    loop.until(start + MINUTE)
    assert clock.now() == start + MINUTE
    assert len(errors_logged) == 1


def test_it_goes_on_after_a_pass_that_failed_and_stops_when_told(monkeypatch, errors_logged):
    stop, passes = threading.Event(), []

    def step(now):
        passes.append(now)
        if len(passes) == 1:
            raise OSError("the database is away")
        stop.set()
        return 1

    monkeypatch.setattr(loop, "step", step)
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)
    monkeypatch.setattr(loop, "IDLE_S", 0)
    loop.forever(stop)
    assert len(passes) == 2
    assert errors_logged == ["anju.worker.loop: a pass of the worker failed"]
    assert beats.silent()  # it left in order
