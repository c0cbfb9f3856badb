"""Late is as good as in time: one jump of the clock leaves what many small steps leave (C3, AT1.3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from anju.channels import simulator
from anju.core import clock
from anju.core.clock import VirtualClock
from anju.duty import actions as duty
from anju.journal.models import Entry
from anju.tickets.actions import opening
from anju.tickets.models import Clock, Ticket
from anju.worker import loop
from tests.cast import Cast

HOUR = timedelta(hours=1)
Way = Callable[[datetime], None]


def in_one(target: datetime) -> None:
    loop.until(target)


def by_the_hour(target: datetime) -> None:
    while clock.now() < target:
        loop.until(min(target, clock.now() + HOUR))


def after_an_outage(target: datetime) -> None:
    """The worker was away: the clock jumps, then everything due is claimed as one batch."""
    virtual = clock.virtual()
    assert virtual is not None
    virtual.set(target)
    while loop.step(clock.now()):
        pass


def records() -> dict[str, Any]:
    """What is stored of all tickets, their clocks and their stories, by number."""
    found = {}
    for row in Ticket.objects.order_by("no"):
        clocks = Clock.objects.filter(ticket=row).order_by("kind", "round")
        story = Entry.objects.filter(subject_type="ticket", subject_id=row.id).order_by("seq")
        found[row.no] = {
            "row": {name: getattr(row, name) for name in opening.PLAIN},
            "clocks": list(clocks.values("kind", "round", "used_s", "state", "met_at", "breached_at", "deadline")),
            "story": [(one.seq, one.verb, one.at, one.data) for one in story],
        }
    return found


def outcome(way: Way, target: datetime, start: VirtualClock) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Run the clock in one way, keep what it left, and undo it."""
    begin = start.now()
    with transaction.atomic():
        way(target)
        told = sorted((one.recipient, one.template) for one in simulator.messages())
        left = records()
        transaction.set_rollback(True)
    start._now = begin
    return left, told


@pytest.fixture
def story(cast: Cast) -> Cast:
    """Tickets in many states, several of them with something due in the same second."""
    cast.freeze("accept", "dispatch")
    for number in range(3):
        cast.report(f"家里插座坏了{number}")
    urgent = cast.report("家里厨房水管爆了，水止不住", who="欧阳明")
    with transaction.atomic():
        duty.over("ticket", [urgent.id])  # nobody can be rung in the past; its chain is in tests/duty
    cast.report("感谢王管家帮忙", who="王秀英")
    offered = [cast.report("地库车库顶滴水", place=place) for place in ("G-B1", "PUMP")]
    locked = [cast.report("地库车库顶滴水", place=place) for place in ("B3", "B5")]
    for ticket in (*offered, *locked):
        cast.do("accept", ticket, "李敏")
        cast.do("offer", ticket, "吴刚", dept="SEC", reason="像是冷凝水", leaf="PW03")
    for ticket in locked:
        cast.do("receive", ticket, "何勇")
        cast.do("offer", ticket, "何勇", dept="ENG", reason="管子在漏")
    return cast


def differences(left: dict[str, Any], right: dict[str, Any]) -> list[tuple[object, ...]]:
    return [
        (no, part, left[no][part], right[no][part])
        for no in left
        for part in left[no]
        if left[no][part] != right[no][part]
    ]


@pytest.mark.parametrize("hours", [1, 3, 26])
def test_the_way_of_the_clock_leaves_no_trace(story: Cast, clock: VirtualClock, hours: int) -> None:
    target = clock.now() + hours * HOUR
    one, told = outcome(in_one, target, clock)
    assert outcome(by_the_hour, target, clock) == (one, told)
    late, _told = outcome(after_an_outage, target, clock)
    assert differences(late, one) == []


def test_rulings_of_a_whole_batch_are_stored(story: Cast) -> None:
    after_an_outage(clock.now() + HOUR)
    rows = Ticket.objects.exclude(locked_at=None)
    assert [(row.ruling["lead"], row.ruling["overdue"], row.light == "RED") for row in rows] == [
        ("ENG", True, False),
        ("ENG", True, False),
    ]


def test_at1_3_an_outage_over_the_red_light(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    ticket = cast.report()
    cast.at("10:50")
    after_an_outage(clock.parse("2026-03-02T11:10"))
    red = ticket.clocks.get(kind="RED")
    assert red.breached_at == clock.parse("2026-03-02T11:00:01")
    assert [one.at for one in cast.heard("赵静", "T204")] == [clock.parse("2026-03-02T11:10")]
    cast.at("12:00")
    assert len(cast.heard("赵静", "T204")) == 1


def test_a_warning_that_comes_too_late_is_not_sent(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    cast.report()
    after_an_outage(clock.parse("2026-03-02T09:20"))
    assert [one.template for one in cast.heard("李敏")] == []
    assert [one.template for one in cast.heard("赵静")] == ["T203"]
