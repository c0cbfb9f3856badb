"""Real time, real transactions: many threads, two workers, slow providers."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import sleep

import pytest
from django.db import DatabaseError, close_old_connections, connection, connections

from anju import channels
from anju.channels import carrier
from anju.core import clock as core_clock
from anju.notify import attempts, claims, run
from anju.notify.actions import Notice, Recipient, tell_many
from anju.notify.lanes import Pump
from anju.notify.models import Delivery
from tests.notify.office import OFFICE, T101, TICKET

pytestmark = pytest.mark.django_db(transaction=True)

LONG_S = 60


@dataclass
class Provider:
    """A provider in this process: counts keys, answers when `wait` seconds are over, enough calls came together and it
    is not held up, and notices a transaction left open around the call."""

    wait: float = 0.0
    together: int = 0
    free: threading.Event = field(default_factory=threading.Event)
    HONOURS_KEY: bool = False
    keys: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    in_transaction: int = 0
    most: int = 0
    _now: int = 0
    _lock: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.free.set()

    def hand_over(self, letter: str, message: channels.Message) -> channels.Receipt:
        with self._lock:
            self.keys[message.key] += 1
            self.order.append(message.key)
            self.in_transaction += connection.in_atomic_block
            self._now += 1
            self.most = max(self.most, self._now)
            self._lock.notify_all()
            self._lock.wait_for(lambda: self.most >= self.together, LONG_S)
        sleep(self.wait)
        self.free.wait(LONG_S)
        with self._lock:
            self._now -= 1
        return channels.Receipt(f"p-{message.key}", channels.ReceiptState.DELIVERED)


@pytest.fixture
def providers(monkeypatch, clock) -> Iterator[dict[str, Provider]]:
    """A provider per letter, on the machine's clock."""
    found = {letter: Provider(HONOURS_KEY=letter != "S") for letter in "SWV"}
    monkeypatch.setattr(carrier, "connector", found.__getitem__)
    with core_clock.using(core_clock.SystemClock()):
        yield found


def tell_people(count: int, *, wechat: bool = False, about: int = 1) -> list[Delivery]:
    people = [Recipient("person", n, f"138{n:08d}", wechat=wechat) for n in range(1, count + 1)]
    return tell_many([Notice("T101", one, T101, (TICKET[0], about), OFFICE, asked=True) for one in people])


def work(pump: Pump, *, until_empty: bool = True) -> int:
    moved = 0
    while step := pump.step(core_clock.now(), 500):
        moved += step
    assert not until_empty or pump.pending == 0
    return moved


def states() -> dict[str, int]:
    return dict(Counter(Delivery.objects.values_list("state", flat=True)))


def test_everything_is_handed_over_once_outside_transactions(providers):
    rows = tell_people(60)
    work(Pump("SWV", 8))
    assert providers["S"].keys == Counter(row.key for row in rows)
    assert providers["S"].in_transaction == 0
    assert providers["S"].most <= 8
    assert states() == {"DELIVERED": 60}
    assert set(Delivery.objects.values_list("due_at", "locked_by", "attempts")) == {(None, "", 1)}


def test_where_a_repeat_is_harmless_many_are_under_way(providers):
    providers["W"].together = 4
    tell_people(12, wechat=True)
    work(Pump("SW", 4))
    assert providers["W"].most == 4


def test_f1_of_a_backlog_of_sms_only_one_is_ever_in_doubt(providers, monkeypatch):
    """What was handed over and is not stored would be sent again after a kill: never more than the one under way."""
    tell_people(20)
    doubtful: list[int] = []
    real = providers["S"].hand_over

    def hand_over(letter: str, message: channels.Message) -> channels.Receipt:
        stored = Delivery.objects.filter(state="DELIVERED").count()
        taken = Delivery.objects.filter(state="SENDING").count()
        doubtful.append(max(taken, providers["S"].keys.total() + 1 - stored))
        return real(letter, message)

    monkeypatch.setattr(providers["S"], "hand_over", hand_over)
    work(Pump("S", 20))
    assert (doubtful, states()) == ([1] * 20, {"DELIVERED": 20})


def test_a_broadcast_of_sms_goes_out_wide(providers):
    providers["S"].together = 4
    tell_people(claims.BROADCAST + 8)
    work(Pump("S", 4))
    assert providers["S"].most == 4
    assert states() == {"DELIVERED": claims.BROADCAST + 8}


def test_two_workers_share_the_work_and_double_nothing(providers):
    rows = tell_people(80)
    providers["S"].wait = 0.002
    broken: list[BaseException] = []

    def worker() -> None:
        try:
            work(Pump("S", 4))
        except BaseException as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert providers["S"].keys == Counter(row.key for row in rows)
    assert states() == {"DELIVERED": 80}


def test_two_claims_at_once_take_different_rows(providers):
    tell_people(40)
    taken: list[int] = []
    gate = threading.Barrier(4)

    def taker() -> None:
        gate.wait()
        taken.extend(row.pk for row in claims.claim(("S",), core_clock.now(), 10))
        connections.close_all()

    threads = [threading.Thread(target=taker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) >= 30  # a taker may find all it looked at locked, never a row of another


def test_a_slow_provider_holds_up_only_its_own(providers):
    tell_people(30, about=1)
    tell_people(30, wechat=True, about=2)
    providers["S"].free.clear()
    pump = Pump("SWV", 2)
    watch = core_clock.stopwatch()
    while providers["W"].keys.total() + providers["S"].most < 30 + 1 and core_clock.stopwatch() - watch < LONG_S:
        pump.step(core_clock.now(), 500)
    assert len(providers["W"].keys) == 30
    assert len(providers["S"].keys) == providers["S"].most == 1
    assert pump.drain(0) > 0
    providers["S"].free.set()
    assert pump.drain(LONG_S) == 0
    assert pump.drain(LONG_S) == 0


def test_an_emergency_does_not_queue_behind_a_broadcast(providers):
    tell_people(60)
    pump = Pump("S", 2)
    pump.step(core_clock.now(), 500)
    (urgent,) = tell_many(
        [
            Notice(
                "T206",
                Recipient("staff", 1, "13700000001"),
                {"place": "3栋", "item": "火情"},
                TICKET,
                OFFICE,
                emergency=True,
            )
        ]
    )
    work(pump)
    assert providers["S"].order.index(urgent.key) < 14
    assert providers["S"].keys.total() == 61


def test_a_lane_takes_only_what_it_can_send_before_the_lease_ends(providers):
    tell_people(50, wechat=True)
    providers["W"].wait = 0.05
    pump = Pump("W", 2)
    pump.step(core_clock.now(), 500)
    assert pump.pending <= 6
    assert Delivery.objects.exclude(locked_by="").count() <= 6
    assert pump.drain(LONG_S) == 0


def test_messages_about_one_thing_to_one_person_keep_their_order(providers):
    people = [Recipient("person", 1, "13800000001"), Recipient("person", 2, "13800000002")]
    codes = [Notice("T901", people[n % 2], {"code": n}, ("login", 1), OFFICE) for n in range(10, 22)]
    rows = tell_many(codes)
    providers["S"].wait = 0.002
    work(Pump("S", 8))
    for who in (1, 2):
        mine = [row.key for row in rows if row.to_id == who]
        assert [key for key in providers["S"].order if key in mine] == mine


def test_results_survive_a_database_that_is_away(providers, monkeypatch):
    tell_people(5)
    pump = Pump("S", 2)
    real, calls = attempts.record, []

    def away_once(results: list) -> int:
        calls.append(len(results))
        if len(calls) == 1:
            raise DatabaseError("away")
        return real(results)

    monkeypatch.setattr(attempts, "record", away_once)
    with pytest.raises(DatabaseError):
        work(pump)
    work(pump)
    assert states() == {"DELIVERED": 5}
    assert set(providers["S"].keys.values()) == {1}


def test_a_result_after_the_lease_changes_nothing(providers):
    tell_people(1)
    (mine,) = claims.claim(("S",), core_clock.now(), 1)
    Delivery.objects.update(locked_by="somebody", due_at=core_clock.now())
    receipt = channels.Receipt("late", channels.ReceiptState.DELIVERED)
    assert attempts.record([(mine, attempts.Outcome(receipt))]) == 0
    row = Delivery.objects.get()
    assert (row.state, row.locked_by, row.provider_id) == ("SENDING", "somebody", "")


def test_a_worker_that_was_frozen_sends_nothing(providers, monkeypatch):
    tell_people(3, wechat=True)
    real = claims.claim_urgent_first

    def long_ago(letter: str, now, limit: int) -> list[Delivery]:
        rows = real(letter, now, limit)
        for row in rows:
            row.due_at = now
        return rows

    monkeypatch.setattr(claims, "claim_urgent_first", long_ago)
    work(Pump("W", 2))
    assert providers["W"].keys == Counter()
    assert states() == {"SENDING": 3}


def test_a_stale_or_unreadable_row_does_not_block_the_lane(providers, monkeypatch):
    tell_people(2)
    gone = attempts.Outcome(reason=attempts.Reason.STALE, final=attempts.State.CANCELLED)
    monkeypatch.setattr(attempts, "prepare", lambda row: gone)
    work(Pump("S", 2))
    assert states() == {"CANCELLED": 2}


def test_the_loop_of_a_worker(providers):
    tell_people(3)
    tell_people(3, wechat=True, about=2)
    run.pump.cache_clear()
    while run.due(core_clock.now()):
        pass
    assert run.drain() == 0
    assert run.next_due() is None
    assert states() == {"DELIVERED": 6}
    run.pump.cache_clear()
    close_old_connections()
