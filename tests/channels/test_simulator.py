"""Simulated providers behave as the lab says."""

import pytest

from anju import channels
from anju.channels import egress, simulator
from anju.channels.models import SimMessage
from anju.core import clock as core_clock

pytestmark = pytest.mark.django_db


def message(key: str = "1", template: str = "T101", recipient: str = "person:12") -> channels.Message:
    return channels.Message(
        key=key, to="13800005678", body="您好", template=template, sign="阳光物业", recipient=recipient, community_id=7
    )


@pytest.fixture
def callbacks(monkeypatch):
    """What providers called back."""
    seen = []
    monkeypatch.setattr("anju.channels.receipts._listeners", [seen.append])
    return seen


def test_what_the_phone_shows(clock):
    channels.hand_over("S", message())
    channels.hand_over("W", message("2"))
    channels.hand_over("V", message("3"))
    assert simulator.messages() == [
        simulator.Heard("T101", "S", "13800005678", "person:12", "【阳光物业】您好", clock.now(), "DELIVERED", 1),
        simulator.Heard("T101", "W", "13800005678", "person:12", "您好", clock.now(), "DELIVERED", 2),
        simulator.Heard("T101", "V", "13800005678", "person:12", "您好", clock.now(), "DELIVERED", 3),
    ]


def test_nothing_readable_is_stored():
    channels.hand_over("S", message())
    to, body = SimMessage.objects.values_list("to", "body").get()
    assert b"138" not in bytes(to)
    assert "您好".encode() not in bytes(body)


@pytest.mark.parametrize(
    ("mode", "error", "taken"),
    [
        ("error", channels.Failed, 0),
        ("down", channels.Failed, 0),
        ("timeout", channels.Unknown, 0),
        ("accept_then_timeout", channels.Unknown, 1),
    ],
)
@pytest.mark.parametrize(("letter", "kind"), [("S", "sms"), ("W", "wechat"), ("V", "voice")])
def test_modes(letter, kind, mode, error, taken):
    simulator.behave(kind, mode)
    watch = core_clock.stopwatch()
    with pytest.raises(error):
        channels.hand_over(letter, message())
    assert core_clock.stopwatch() - watch < egress.TIMEOUT.read  # nobody really waits
    assert len(simulator.messages()) == taken
    simulator.behave(kind)
    channels.hand_over(letter, message("2"))
    assert len(simulator.messages()) == taken + 1


def test_one_simulator_at_a_time_misbehaves():
    simulator.behave("sms", "down")
    channels.hand_over("W", message())
    with pytest.raises(ValueError, match="nonsense"):
        simulator.behave("sms", "nonsense")


@pytest.mark.parametrize(("letter", "kept"), [("S", 2), ("W", 1), ("V", 1)])
def test_a_repeated_key(letter, kept):
    first = channels.hand_over(letter, message())
    second = channels.hand_over(letter, message())
    assert (first == second) is (kept == 1)
    assert len(simulator.messages()) == kept
    assert simulator.duplicates() == ({"1": 1} if kept == 2 else {})
    assert simulator.duplicates("W") == {}


def test_a_delayed_receipt_comes_by_callback(clock, callbacks):
    simulator.behave("sms", delay_s=90)
    receipt = channels.hand_over("S", message())
    assert receipt.state is channels.ReceiptState.SENT
    due = core_clock.parse("2026-03-02T09:01:30")
    assert simulator.next_due() == due
    assert simulator.due(core_clock.parse("2026-03-02T09:01:29")) == 0
    assert simulator.due(due) == 1
    assert simulator.due(due) == 0
    assert callbacks == [channels.Callback("S", receipt.provider_id, channels.ReceiptState.DELIVERED, due, "1")]
    assert simulator.messages()[0].state == "DELIVERED"
    assert simulator.next_due() is None


def test_choosing_messages(clock):
    channels.hand_over("S", message("1", "T101", "person:12"))
    clock.set(core_clock.parse("2026-03-02T10:00:00"))
    channels.hand_over("S", message("2", "T102", "person:12"))
    channels.hand_over("W", message("3", "T101", "person:13"))

    def keys(**chosen) -> list[int]:
        return [heard.delivery_id for heard in simulator.messages(**chosen)]

    assert keys(recipient="person:12") == [1, 2]
    assert keys(template="T101") == [1, 3]
    assert keys(letter="W") == [3]
    assert keys(since=clock.now()) == [2, 3]
    assert keys(newest=2) == [2, 3]
    assert keys(communities=frozenset({7})) == [1, 2, 3]
    assert keys(communities=frozenset({8})) == []
    assert keys(recipient="person:12", template="T102") == [2]


def test_in_use(settings):
    assert simulator.in_use()
    settings.ANJU_CHANNELS = {"S": "console.send", "W": "off"}
    assert not simulator.in_use()
