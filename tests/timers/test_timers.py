"""Timers: in order, each at its true time, leased, never held up by a poison one."""

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import connection

from anju.core import clock as times
from anju.core.clock import VirtualClock
from anju.timers import actions, registry, run
from anju.timers.models import Timer

SEEN: list[tuple[int, str]] = []


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    SEEN.clear()

    @registry.handler("test.note")
    def note(timers: Sequence[Timer]) -> None:
        for timer in timers:
            if timer.subject_id == 13:
                raise RuntimeError("poison")
            SEEN.append((timer.subject_id, f"{times.local(timer.due_at):%H:%M:%S}"))

    yield
    registry._handlers.pop("test.note")


def put(subject: int, seconds: int) -> None:
    actions.schedule("test.note", ("thing", subject), times.now() + timedelta(seconds=seconds))


@pytest.mark.django_db
def test_late_ones_run_in_order_with_their_true_times(clock: VirtualClock) -> None:
    for subject, seconds in ((1, 30), (2, 10), (3, 20), (4, 9999)):
        put(subject, seconds)
    clock.advance(timedelta(hours=1))
    assert run.due(clock.now()) == 3
    assert SEEN == [(2, "09:00:10"), (3, "09:00:20"), (1, "09:00:30")]
    assert list(Timer.objects.values_list("subject_id", flat=True)) == [4]


@pytest.mark.django_db
def test_setting_it_again_moves_it(clock: VirtualClock) -> None:
    put(1, 10)
    put(1, 50)
    clock.advance(timedelta(seconds=20))
    assert (run.due(clock.now()), Timer.objects.count()) == (0, 1)
    actions.cancel("test.note", "thing", [1])
    assert run.next_due() is None


@pytest.mark.django_db
def test_a_poison_one_is_parked_and_the_others_run(clock: VirtualClock, errors_logged: list[str]) -> None:
    for subject in (12, 13, 14):
        put(subject, 1)
    clock.advance(timedelta(seconds=1))
    assert run.due(clock.now()) == 2
    assert {subject for subject, _at in SEEN} == {12, 14}
    for _attempt in range(run.MAX_ATTEMPTS):
        clock.advance(timedelta(hours=1))
        run.due(clock.now())
    assert [(row.subject_id, row.error) for row in run.parked()] == [(13, "RuntimeError")]
    assert errors_logged


@pytest.mark.django_db
def test_a_killed_worker_loses_nothing(clock: VirtualClock) -> None:
    put(1, 1)
    clock.advance(timedelta(seconds=1))
    run._claim(clock.now(), 10)
    assert run.due(clock.now()) == 0
    clock.advance(run.LEASE + timedelta(seconds=1))
    assert (run.due(clock.now()), SEEN) == (1, [(1, "09:00:01")])


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work(clock: VirtualClock) -> None:
    for subject in range(100, 160):
        put(subject, 1)
    clock.advance(timedelta(seconds=1))
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        while run.due(clock.now(), 5):
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(subject for subject, _at in SEEN) == list(range(100, 160))
