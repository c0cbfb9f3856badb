"""Callbacks: forward only, however often and in whatever order they come (I8, F19, F20)."""

from itertools import permutations

import pytest

from anju import channels
from anju.channels import simulator
from anju.notify import actions, run
from anju.notify.choices import RANK, State
from anju.notify.models import Delivery
from tests.notify.office import CHEN, at, heard, play, rows, told

pytestmark = pytest.mark.django_db
WORDS = {"SENT": "09:00:01", "DELIVERED": "09:00:02", "READ": "09:00:03", "FAILED": "09:00:04"}


@pytest.fixture
def sent(clock):
    """An SMS that the provider took and has not delivered."""
    simulator.behave("sms", delay_s=36000)
    told(to=CHEN)
    play(clock, "09:00:00")
    return Delivery.objects.get()


def say(row: Delivery, word: str) -> bool:
    return actions.received("S", row.provider_id, word, at(WORDS[word]))


def state(row: Delivery) -> str:
    row.refresh_from_db()
    return row.state


def test_delivered_then_read(sent):
    assert say(sent, "DELIVERED")
    assert state(sent) == "DELIVERED"
    assert say(sent, "READ")
    assert state(sent) == "READ"
    assert (sent.sent_at, sent.delivered_at, sent.read_at) == (at("09:00:00"), at("09:00:02"), at("09:00:03"))


def test_a_repeat_changes_nothing(sent):
    assert say(sent, "DELIVERED")
    assert [say(sent, "DELIVERED") for _ in range(10)] == [False] * 10
    sent.refresh_from_db()
    assert sent.delivered_at == at("09:00:02")


@pytest.mark.parametrize("order", list(permutations(WORDS)), ids="-".join)
def test_in_any_order_the_furthest_word_stays(sent, order):
    ranks = []
    for word in order:
        say(sent, word)
        ranks.append(RANK[State(state(sent))])
    assert ranks == sorted(ranks)
    assert sent.state == "READ"
    assert sent.read_at == at("09:00:03")
    assert sent.reason == ""


def test_a_failure_after_delivery_is_not_believed(sent):
    say(sent, "DELIVERED")
    assert not say(sent, "FAILED")
    assert state(sent) == "DELIVERED"


def test_a_refusal_ends_the_message_with_a_reason(sent):
    assert say(sent, "FAILED")
    assert rows() == [("S", "FAILED", "REFUSED")]
    assert Delivery.objects.get().due_at is None


def test_a_suppressed_row_is_never_revived(clock):
    told()
    (again,) = told()
    assert not actions.received("W", "", "DELIVERED", clock.now(), key=again.key)
    assert state(again) == "SUPPRESSED"


@pytest.mark.parametrize(("provider_id", "key"), [("nobody", ""), ("", ""), ("", "x"), ("", "9" * 30), ("", "12")])
def test_a_stranger_is_not_ours(sent, provider_id, key):
    assert not actions.received("S", provider_id, "DELIVERED", at("09:00:05"), key)


def test_an_id_of_another_channel_is_not_ours(sent):
    assert not actions.received("W", sent.provider_id, "DELIVERED", at("09:00:05"))


def test_a_callback_answers_what_a_time_out_left_open(clock):
    simulator.behave("sms", "accept_then_timeout", delay_s=20)
    told(to=CHEN)
    play(clock, "10:00:00")
    assert heard() == [("T101", "S", "09:00:00")]
    row = Delivery.objects.get()
    assert (row.state, row.reason, row.attempts) == ("DELIVERED", "", 1)
    assert row.provider_id == simulator.SimMessage.objects.get().provider_id
    assert run.next_due() is None


def test_published_callbacks_reach_the_deliveries(sent):
    callback = channels.Callback("S", sent.provider_id, channels.ReceiptState.DELIVERED, at("09:00:30"))
    channels.publish(callback)
    channels.publish(callback)
    assert state(sent) == "DELIVERED"
    assert sent.delivered_at == at("09:00:30")
