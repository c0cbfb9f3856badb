"""A worker that dies: nothing is lost, and only what no provider can tell apart is doubled, and counted (P3, P4, F1)."""

import pytest

from anju.channels import simulator
from anju.core import crash
from anju.notify import run
from anju.notify.models import Delivery
from tests.notify.office import CHEN, at, heard, play, rows, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _disarmed():
    yield
    crash.disarm()


def die(clock, point: str) -> None:
    crash.arm(point)
    with pytest.raises(crash.Crash):
        run.due(clock.now())


def test_a_point_does_nothing_unless_armed_and_then_once():
    crash.point("here")
    crash.arm("here")
    assert crash.armed() == {"here"}
    with pytest.raises(crash.Crash):
        crash.point("here")
    crash.point("here")
    crash.arm("there")
    crash.disarm()
    crash.point("there")


def test_before_send_it_is_sent_exactly_once_after_the_lease(clock):
    told(to=CHEN)
    die(clock, "before-send")
    assert heard() == []
    assert rows() == [("S", "SENDING", "")]
    play(clock, "09:00:59")
    assert heard() == []
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:01:00")]
    assert rows() == [("S", "DELIVERED", "")]


@pytest.mark.parametrize("point", ["after-send", "before-commit"])
def test_after_send_a_provider_with_a_key_sends_once(clock, point):
    told()
    die(clock, point)
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:00:00")]
    assert simulator.duplicates() == {}
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.sent_at) == ("DELIVERED", 2, at("09:01:00"))


@pytest.mark.parametrize("point", ["after-send", "before-commit"])
def test_after_send_an_sms_is_doubled_once_and_counted(clock, point):
    told(to=CHEN)
    die(clock, point)
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:00:00"), ("T101", "S", "09:01:00")]
    assert list(simulator.duplicates("S").values()) == [1]
    assert rows() == [("S", "DELIVERED", "")]


def test_a_lost_answer_doubles_an_sms_once_and_no_wechat(clock):
    simulator.behave("sms", "accept_then_timeout")
    simulator.behave("wechat", "accept_then_timeout")
    told(to=CHEN)
    told("T103", values={"no": "1", "who": "陈师傅"})
    play(clock, "09:00:30")
    assert rows() == [("S", "SENDING", "UNKNOWN"), ("W", "SENDING", "UNKNOWN")]
    simulator.behave("sms")
    simulator.behave("wechat")
    play(clock, "10:00:00")
    assert simulator.duplicates("W") == {}
    assert list(simulator.duplicates("S").values()) == [1]
    assert rows() == [("S", "DELIVERED", ""), ("W", "DELIVERED", "")]


def test_the_others_of_the_batch_wait_no_longer_than_the_lease(clock):
    told(to=CHEN)
    told("T104", to=CHEN)
    die(clock, "before-send")
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:01:00"), ("T104", "S", "09:01:00")]


def test_a_row_that_kills_every_worker_is_parked_and_alarmed(clock, errors_logged):
    told(to=CHEN)
    for _ in range(8):
        clock.set(max(run.next_due(), clock.now()))
        die(clock, "before-send")
    play(clock, "10:00:00")
    assert heard() == []
    assert rows() == [("S", "DEAD", "CRASHED")]
    assert len(errors_logged) == 1
    assert run.next_due() is None


def test_the_second_look_still_comes_after_a_crash(clock):
    simulator.behave("wechat", delay_s=600)
    told()
    die(clock, "before-send")
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:01:00"), ("T101", "S", "09:01:01")]
