"""Order, retries, staleness, and what ends a message."""

import pytest
from django.db import connection

from anju.channels import simulator
from anju.notify import run, staleness, trouble
from anju.notify.actions import Recipient
from anju.notify.choices import Reason, State
from anju.notify.models import Delivery
from tests.notify.office import CHEN, TICKET, WORKER, at, heard, play, rows, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(monkeypatch):
    """One question whether a message still holds, for this test."""
    monkeypatch.setattr(staleness, "_questions", {})
    return staleness.still_true("ticket")


@pytest.fixture
def troubles(monkeypatch):
    """What was passed on as trouble."""
    seen = []
    monkeypatch.setattr(trouble, "_listeners", [lambda row: seen.append((row.template, row.state, row.reason))])
    return seen


def test_messages_leave_in_order_of_due_time_then_id(clock):
    told(to=Recipient("person", 31, "13800000031"), at=at("09:05:00"))
    told(to=Recipient("person", 32, "13800000032"))
    told("T104", to=Recipient("person", 32, "13800000032"))
    play(clock, "10:00:00")
    assert [(m.recipient, m.template) for m in simulator.messages()] == [
        ("person:32", "T101"),
        ("person:32", "T104"),
        ("person:31", "T101"),
    ]


def test_a_limit_changes_nothing_but_the_steps(clock):
    for n in range(5):
        told(to=Recipient("person", 40 + n, f"1380000004{n}"))
    assert [run.due(clock.now(), limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [m.recipient for m in simulator.messages()] == [f"person:{40 + n}" for n in range(5)]


@pytest.mark.parametrize(("mode", "reason"), [("error", "ERROR"), ("down", "ERROR"), ("timeout", "UNKNOWN")])
def test_retries_at_1_5_and_15_minutes_then_failed(clock, troubles, mode, reason):
    simulator.behave("sms", mode)
    told(to=CHEN)
    attempts = []
    for time in ("09:00:00", "09:00:59", "09:01:00", "09:04:59", "09:05:00", "09:14:59", "09:15:00", "10:00:00"):
        play(clock, time)
        attempts.append(Delivery.objects.get().attempts)
    assert attempts == [1, 1, 2, 2, 3, 3, 4, 4]
    assert rows() == [("S", "FAILED", reason)]
    assert heard() == []
    assert run.next_due() is None
    assert troubles == [("T101", "FAILED", reason)]


def test_a_retry_that_succeeds_ends_it(clock, troubles):
    simulator.behave("sms", "error")
    told(to=CHEN)
    play(clock, "09:03:00")
    assert rows() == [("S", "SENDING", "ERROR")]
    simulator.behave("sms", "ok")
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:05:00")]
    assert rows() == [("S", "DELIVERED", "")]
    assert troubles == []


def test_a_retry_does_not_wake_anybody(clock):
    simulator.behave("sms", "error")
    clock.set(at("21:56:00"))
    told(to=CHEN)
    play(clock, "21:59:00")
    simulator.behave("sms", "ok")
    play(clock, "2026-03-03T09:00:00")
    assert heard() == [("T101", "S", "08:00:00")] or heard() == [("T101", "S", "22:01:00")]
    assert heard() == [("T101", "S", "08:00:00")]


def test_a_worker_that_was_late_does_not_wake_anybody(clock):
    (row,) = told()
    clock.set(at("22:00:00"))
    assert run.due(clock.now()) == 0
    row.refresh_from_db()
    assert (row.state, row.reason, row.due_at) == ("QUEUED", "QUIET", at("2026-03-03T08:00:00"))
    assert row.check_at == at("2026-03-03T08:01:01")
    told("T201", to=WORKER)
    assert run.due(clock.now()) == 1


def test_a_message_that_left_late_has_its_minute(clock):
    simulator.behave("wechat", delay_s=30)
    told()
    clock.set(at("09:10:00"))
    play(clock, "10:00:00")
    assert heard() == [("T101", "W", "09:10:00")]


def test_a_deferred_message_that_no_longer_holds_is_cancelled(clock, only):
    asked = []

    @only
    def still(row: Delivery) -> bool:
        asked.append((row.template, row.about_id))
        return row.template != "T101"

    clock.set(at("23:00:00"))
    told()
    told("T104")
    play(clock, "2026-03-03T09:00:00")
    assert asked == [("T101", TICKET[1]), ("T104", TICKET[1])]
    assert heard() == [("T104", "W", "08:00:00")]
    assert rows() == [("W", "CANCELLED", "STALE"), ("W", "DELIVERED", "")]


def test_a_prompt_message_is_not_asked(clock, only):
    only(lambda row: False)
    told()
    play(clock, "09:10:00")
    assert heard() == [("T101", "W", "09:00:00")]


def test_a_retry_of_what_no_longer_holds_is_cancelled(clock, only):
    only(lambda row: False)
    simulator.behave("sms", "error")
    told(to=CHEN)
    play(clock, "10:00:00")
    assert rows() == [("S", "CANCELLED", "STALE")]
    assert Delivery.objects.get().attempts == 4


def test_a_question_that_breaks_does_not_stop_the_message(clock, only, errors_logged):
    only(lambda row: 1 / 0 > 0)
    clock.set(at("23:00:00"))
    told(to=CHEN)
    play(clock, "2026-03-03T08:00:00")
    assert rows() == [("S", "DELIVERED", "")]
    assert len(errors_logged) == 1


def test_a_channel_switched_off_meanwhile_fails_at_once(clock, settings, troubles):
    told(to=CHEN)
    settings.ANJU_CHANNELS = settings.ANJU_CHANNELS | {"S": "off"}
    play(clock, "10:00:00")
    assert rows() == [("S", "FAILED", "NO_CHANNEL")]
    assert troubles == [("T101", "FAILED", "NO_CHANNEL")]


def test_a_poison_row_is_parked_and_the_others_go(clock, errors_logged):
    (bad,) = told(to=CHEN)
    (good,) = told("T104", to=CHEN)
    sealed = Delivery.objects.values_list("body", flat=True).get(pk=good.pk)
    row = Delivery.objects.get(pk=bad.pk)
    row.body_sealed = bytes(sealed)
    row.save(update_fields=["body"])
    play(clock, "10:00:00")
    assert rows() == [("S", "DEAD", "UNREADABLE"), ("S", "DELIVERED", "")]
    assert "UNREADABLE" in errors_logged[0]


def test_a_poison_wechat_message_has_no_follow_up_and_blocks_nobody(clock, errors_logged):
    (bad,) = told()
    told(about=("ticket", 1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notify_delivery SET body = %s WHERE id = %s", [b"\x01" * 80, bad.pk])
    play(clock, "10:00:00")
    assert rows() == [("W", "DEAD", "UNREADABLE"), ("W", "DELIVERED", "")]
    assert [line.split(":")[0] for line in errors_logged] == ["anju.notify.trouble", "anju.notify.followups"]
    assert run.next_due() is None


def test_a_connector_that_breaks_is_unknown_not_lost(clock, monkeypatch, errors_logged):
    monkeypatch.setattr(simulator, "take", lambda *args, **more: 1 / 0)
    told(to=CHEN)
    play(clock, "09:00:30")
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.detail, row.due_at) == (
        "SENDING",
        "UNKNOWN",
        "ZeroDivisionError",
        at("09:01:00"),
    )
    assert len(errors_logged) == 1


def test_a_listener_that_breaks_does_not_stop_the_row(clock, monkeypatch, errors_logged):
    monkeypatch.setattr(trouble, "_listeners", [lambda row: 1 / 0])
    simulator.behave("sms", "error")
    told(to=CHEN)
    play(clock, "10:00:00")
    assert rows() == [("S", "FAILED", "ERROR")]
    assert len(errors_logged) == 1


def test_listeners_register_once(monkeypatch):
    monkeypatch.setattr(trouble, "_listeners", [])
    listener = lambda row: None  # noqa: E731 as a decorator's argument
    assert trouble.on_trouble(trouble.on_trouble(listener)) is listener
    assert trouble._listeners == [listener]


def test_every_state_and_reason_has_a_label():
    assert all(str(choice.label) for choice in (*State, *Reason))
