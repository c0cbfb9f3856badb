"""Channels, quiet hours and retries as pure functions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core import clock
from anju.notify import catalog, rules
from anju.notify.choices import Reason
from tests.notify.office import at

ALL = frozenset("SWV")


def ways(phone: str | None = "13800005678", *, account: str = "person:1", signed: bool = True, served: frozenset = ALL):
    return rules.reach(account=account, phone=phone, signed=signed, served=served)


def plan(code: str, reach: rules.Reach, *, emergency: bool = False) -> list[tuple]:
    template = catalog.get(code)
    legs = rules.legs(template, reach, emergency=emergency or template.emergency)
    return [(leg.channel.value, leg.address, leg.phone, leg.watched) for leg in legs]


@pytest.mark.parametrize(
    ("phone", "sms", "voice"),
    [
        ("13800005678", "13800005678", "13800005678"),
        ("0571-88886666", "", "057188886666"),
        ("+85291234567", "", ""),
        ("110", "", ""),
        (None, "", ""),
    ],
)
def test_sms_goes_to_mobiles_only(phone, sms, voice):
    assert ways(phone) == rules.Reach("person:1", sms, voice)


def test_no_sms_without_a_signature_or_a_connector():
    assert ways(signed=False).sms == ""
    assert ways(served=frozenset("W")) == rules.Reach("person:1", "", "")


@pytest.mark.parametrize(
    ("code", "reach", "emergency", "expected"),
    [
        ("T101", ways(), False, [("W", "person:1", "13800005678", True)]),
        ("T101", ways(None), False, [("W", "person:1", "", False)]),
        ("T101", ways(account=""), False, [("S", "13800005678", "", False)]),
        ("T103", ways(), False, [("W", "person:1", "", False)]),
        ("T103", ways(account=""), False, [("W", "", "", False)]),
        ("T121", ways(), False, [("W", "person:1", "", False), ("S", "13800005678", "", False)]),
        ("T121", ways(None), False, [("W", "person:1", "", False)]),
        ("T206", ways(), True, [("S", "13800005678", "", False)]),
        ("T207", ways(), True, [("V", "13800005678", "", False)]),
        ("T201", ways(), False, [("W", "person:1", "", False)]),
        ("T201", ways(), True, [("W", "person:1", "13800005678", True)]),
        ("T201", ways(account=""), True, [("V", "13800005678", "", False)]),
        ("T901", ways(), False, [("S", "13800005678", "", False)]),
    ],
)
def test_channels(code, reach, emergency, expected):
    if code == "T201" and not emergency:
        reach = rules.Reach(reach.wechat, reach.sms, reach.voice)
    assert plan(code, reach, emergency=emergency) == expected


def test_nobody_to_reach_is_said():
    (leg,) = rules.legs(catalog.get("T101"), ways(None, account=""), emergency=False)
    assert leg.reason is Reason.NO_CHANNEL


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-03-02T21:59:59", "2026-03-02T21:59:59"),
        ("2026-03-02T22:00:00", "2026-03-03T08:00:00"),
        ("2026-03-02T23:59:59", "2026-03-03T08:00:00"),
        ("2026-03-03T00:00:00", "2026-03-03T08:00:00"),
        ("2026-03-03T07:59:59", "2026-03-03T08:00:00"),
        ("2026-03-03T08:00:00", "2026-03-03T08:00:00"),
        ("2026-12-31T22:30:00", "2027-01-01T08:00:00"),
    ],
)
def test_quiet_hours(moment, leaves):
    assert rules.after_quiet(at(moment)) == at(leaves)


@given(st.datetimes(min_value=at("2026-01-01T00:00:00").replace(tzinfo=None), timezones=st.just(clock.SHANGHAI)))
def test_after_quiet_is_never_quiet_and_never_earlier(moment):
    later = rules.after_quiet(moment)
    assert not rules.quiet(later)
    assert timedelta() <= later - moment <= timedelta(hours=10)


def test_retries_are_counted_from_the_first_attempt():
    first = at("09:00:00")
    assert rules.retry_at(first, 1, first) == at("09:01:00")
    assert rules.retry_at(first, 2, at("09:01:00")) == at("09:05:00")
    assert rules.retry_at(first, 3, at("09:05:00")) == at("09:15:00")
    assert rules.retry_at(first, 4, at("09:15:00")) is None


def test_a_late_retry_leaves_a_pause():
    assert rules.retry_at(at("09:00:00"), 2, at("10:00:00")) == at("10:01:00")


def test_who_may_be_told_at_any_hour():
    assert rules.any_hour("T202", "staff", emergency=False, asked=False)
    assert rules.any_hour("T901", "phone", emergency=False, asked=False)
    assert rules.any_hour("T102", "person", emergency=False, asked=True)
    assert rules.any_hour("T121", "person", emergency=True, asked=False)
    assert not rules.any_hour("T102", "person", emergency=False, asked=False)
