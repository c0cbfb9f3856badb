"""What pages ask."""

from datetime import timedelta

import pytest

from anju.channels import simulator
from anju.core.scope import SYSTEM, Kind, Scope
from anju.notify import queries
from anju.notify.actions import Office, phone_id
from tests.notify.office import CHEN, TICKET, ZHANG, at, play, told

pytestmark = pytest.mark.django_db


def test_everything_told_about_a_ticket_in_order(clock):
    simulator.behave("wechat", delay_s=90)
    told()
    told(about=("ticket", 1))
    play(clock, "09:05:00")
    first, second = queries.about(*TICKET)
    assert (first.template, first.channel, first.state, first.reason) == ("T101", "W", "DELIVERED", "")
    assert (first.at, first.sent_at, first.delivered_at, first.read_at) == (
        at("09:00:00"),
        at("09:00:00"),
        at("09:01:30"),
        None,
    )
    assert (second.channel, second.at, second.parent_id, second.segments) == ("S", at("09:01:01"), first.id, 1)
    assert first.body == second.body
    assert (first.channel_label, first.state_label, first.reason_label) == ("微信", "已送达", "")


def test_messages_of_somebody_newest_first(clock):
    told()
    play(clock, "09:30:00")
    told("T104")
    told("T104", to=CHEN)
    assert [told.template for told in queries.messages_of("person", 12)] == ["T104", "T101"]
    assert [told.template for told in queries.messages_of("person", 12, limit=1)] == ["T104"]
    assert queries.messages_of("phone", phone_id("13800005678")) == []


def test_the_statements_do_not_grow(django_assert_num_queries):
    for n in range(5):
        told("T901", values={"code": n})
    with django_assert_num_queries(1):
        assert len(queries.about(*TICKET)) == 5


def test_trouble_is_listed_with_its_reason_within_the_scope(clock, errors_logged):
    simulator.behave("sms", "error")
    told(to=CHEN)
    play(clock, "10:00:00")
    told("T104", values={"no": "1"}, office=Office(8, "阳光物业", "400-666-8888"))
    told(to=ZHANG)
    seven = Scope(Kind.STAFF, staff_id=1, communities=frozenset({7}))
    both = Scope(Kind.STAFF, staff_id=1, communities=frozenset({7, 8}))
    assert [(t.template, t.reason_label) for t in queries.troubled(seven)] == [("T101", "通道拒收")]
    assert [t.state for t in queries.troubled(both)] == ["DEAD", "FAILED"]
    assert len(queries.troubled(SYSTEM)) == 2
    assert queries.troubled(Scope(Kind.STAFF)) == []
    assert len(queries.troubled(SYSTEM, limit=1)) == 1


def test_days_on_which_sms_failed(clock):
    simulator.behave("sms", "error")
    for moment in ("02T10", "02T12", "03T10", "05T10"):
        clock.set(at(f"2026-03-{moment}:00:00"))
        told(to=CHEN)
        play(clock, f"2026-03-{moment}:30:00")
    assert queries.failed_days("person", 13, at("2026-03-01T00:00:00")) == 3
    assert queries.failed_days("person", 13, at("2026-03-04T00:00:00")) == 1
    assert queries.failed_days("person", 12, at("2026-03-01T00:00:00")) == 0


def test_backlog(clock):
    assert queries.backlog(clock.now()) == queries.Backlog(0, timedelta())
    told()
    told(to=CHEN)
    told(at=at("12:00:00"), about=("ticket", 1))
    clock.advance(timedelta(minutes=3))
    assert queries.backlog(clock.now()) == queries.Backlog(2, timedelta(minutes=3))
