"""WeChat first, SMS at 61 seconds; calls to staff who do not read (N6, AT1.1)."""

import pytest

from anju.channels import simulator
from anju.notify import actions, run
from anju.notify.choices import Channel
from anju.notify.models import Delivery
from tests.notify.office import CHEN, TICKET, WORKER, ZHANG, at, heard, play, rows, told

pytestmark = pytest.mark.django_db


def test_delivered_means_no_sms(clock):
    told()
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:00:00")]
    assert rows() == [("W", "DELIVERED", "")]
    assert run.next_due() is None


def test_not_delivered_in_time_means_sms_at_61_seconds(clock):
    simulator.behave("wechat", delay_s=600)
    told()
    play(clock, "09:01:00")
    assert heard() == [("T101", "W", "09:00:00")]
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:00:00"), ("T101", "S", "09:01:01")]
    assert rows() == [("W", "DELIVERED", ""), ("S", "DELIVERED", "")]


@pytest.mark.parametrize(("delay", "letters"), [(59, "W"), (60, "W"), (61, "WS"), (62, "WS")])
def test_exactly_sixty_seconds_is_in_time(clock, delay, letters):
    simulator.behave("wechat", delay_s=delay)
    told()
    play(clock, "10:00:00")
    assert "".join(letter for _, letter, _ in heard()) == letters


def test_one_step_or_many_leave_the_same_records(clock):
    simulator.behave("wechat", delay_s=90)
    told()
    for minute in range(1, 6):
        play(clock, f"09:0{minute}:00")
    assert heard() == [("T101", "W", "09:00:00"), ("T101", "S", "09:01:01")]


def test_the_sms_stands_in_for_its_wechat_message(clock):
    simulator.behave("wechat", "down")
    (first,) = told()
    play(clock, "09:02:00")
    sms = Delivery.objects.get(channel="S")
    assert (sms.parent_id, sms.address, sms.body) == (first.pk, "13800005678", first.body)
    assert (sms.created_at, sms.queued_at, sms.sent_at) == (at("09:01:01"),) * 3
    assert sms.segments == 1
    assert simulator.messages(letter="S")[0].body == f"【阳光物业】{first.body}"


def test_wechat_that_fails_for_good_still_gets_its_sms_once(clock):
    simulator.behave("wechat", "error")
    told()
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:01:01")]
    assert rows() == [("W", "FAILED", "ERROR"), ("S", "DELIVERED", "")]


def test_without_wechat_sms_goes_at_once(clock):
    told(to=CHEN)
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:00:00")]


def test_an_emergency_is_not_followed_by_a_third_message(clock):
    simulator.behave("wechat", delay_s=600)
    told("T121", values={"item": "家中漏水", "no": "260302-0001"})
    play(clock, "10:00:00")
    assert heard() == [("T121", "W", "09:00:00"), ("T121", "S", "09:00:00")]


def test_a_wechat_only_message_is_not_followed(clock):
    simulator.behave("wechat", delay_s=600)
    told("T110", values={"no": "260302-0001"})
    play(clock, "10:00:00")
    assert heard() == [("T110", "W", "09:00:00")]


def test_a_refusal_after_sending_is_followed(clock):
    simulator.behave("wechat", delay_s=600)
    told()
    play(clock, "09:00:10")
    assert actions.received("W", simulator_id(), "FAILED", at("09:00:10"))
    play(clock, "09:05:00")
    assert heard() == [("T101", "W", "09:00:00"), ("T101", "S", "09:01:01")]
    assert rows()[0] == ("W", "FAILED", "REFUSED")


def simulator_id() -> str:
    return Delivery.objects.get(channel=Channel.WECHAT).provider_id


def test_the_sms_that_follows_is_held_to_the_daily_cap(clock):
    for n in range(5):
        told(to=actions.Recipient("person", 12, "13800005678"), about=("ticket", n))
    simulator.behave("wechat", "down")
    told()
    play(clock, "09:02:00")
    assert Delivery.objects.filter(parent_id__isnull=False).values_list("state", "reason").get() == (
        "SUPPRESSED",
        "DAILY_CAP",
    )


def test_the_sms_that_follows_keeps_quiet_hours(clock):
    simulator.behave("wechat", "down")
    clock.set(at("21:59:30"))
    told()
    play(clock, "22:05:00")
    assert heard() == []
    assert Delivery.objects.get(channel="S").due_at == at("2026-03-03T08:00:00")
    play(clock, "2026-03-03T08:00:00")
    assert heard() == [("T101", "S", "08:00:00")]


def test_what_the_person_asked_for_follows_at_night(clock):
    simulator.behave("wechat", "down")
    clock.set(at("22:30:00"))
    told(asked=True)
    play(clock, "22:32:00")
    assert heard() == [("T101", "S", "22:31:01")]


def test_a_deferred_message_has_its_minute_in_the_morning(clock):
    simulator.behave("wechat", delay_s=600)
    clock.set(at("23:00:00"))
    told()
    play(clock, "2026-03-03T09:00:00")
    assert heard() == [("T101", "W", "08:00:00"), ("T101", "S", "08:01:01")]


def test_many_follow_in_constant_statements(clock, django_assert_max_num_queries):
    simulator.behave("wechat", delay_s=600)
    for n in range(20):
        told(to=actions.Recipient("person", 100 + n, f"1380000{n:04d}", wechat=True))
    play(clock, "09:00:30")
    clock.set(at("09:01:01"))
    with django_assert_max_num_queries(9):
        assert run.followups.run(at("09:01:01"), 500) == 20


# --- calls to staff -----------------------------------------------------------------------------------------------


def test_staff_is_called_when_an_emergency_is_not_read(clock):
    told("T201", to=WORKER, emergency=True)
    play(clock, "10:00:00")
    assert heard() == [("T201", "W", "09:00:00"), ("T201", "V", "09:01:01")]


@pytest.mark.parametrize(("read_at", "letters"), [("09:01:00", "W"), ("09:01:01", "WV")])
def test_reading_within_a_minute_stops_the_call(clock, read_at, letters):
    told("T201", to=WORKER, emergency=True)
    play(clock, "09:00:30")
    clock.set(at(read_at))
    assert actions.read(TICKET, ("staff", 21)) == 1
    play(clock, "10:00:00")
    assert "".join(letter for _, letter, _ in heard()) == letters
    assert rows()[0] == ("W", "READ", "")


def test_staff_is_not_called_for_less(clock):
    told("T201", to=WORKER)
    play(clock, "10:00:00")
    assert heard() == [("T201", "W", "09:00:00")]


def test_staff_without_wechat_is_called_at_once(clock):
    told("T201", to=actions.Recipient("staff", 23, "13500000000"), emergency=True)
    play(clock, "10:00:00")
    assert heard() == [("T201", "V", "09:00:00")]


def test_reading_is_for_one_person_and_one_thing(clock):
    told("T201", to=WORKER)
    assert actions.read(TICKET, ("staff", 99)) == 0
    assert actions.read(("ticket", 1), ("staff", 21)) == 0
    assert actions.read(TICKET, ("staff", 21)) == 1
    assert actions.read(TICKET, ("staff", 21)) == 0
    play(clock, "10:00:00")
    assert heard() == []


def test_a_resident_who_reads_gets_no_sms(clock):
    simulator.behave("wechat", delay_s=600)
    told(to=ZHANG)
    play(clock, "09:00:30")
    actions.read(TICKET, ("person", 12))
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:00:00")]
