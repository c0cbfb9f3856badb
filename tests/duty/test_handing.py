"""Handover: what is open has a line; accepted, disputed, forced; first contact passes with it (R2.9, R20.3, AT20.0)."""

import pytest

from anju.core import clock
from anju.duty import actions
from anju.duty.models import Turn
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from anju.worker import loop
from tests.duty.conftest import Teams
from tests.duty.test_attending import arrive
from tests.duty.test_roster import refused


@pytest.fixture
def day(published: Teams) -> Teams:
    """Wednesday 18 March at noon; the guard of the morning brought a matter of 王秀英."""
    published.freeze("accept", "dispatch")
    published.at("03-18 07:50")
    published.first, published.second = published.who("guard", "早", 18), published.who("guard", "中", 18)
    published.mine = arrive(published, "guard")
    published.ticket = published.report("地库车库顶滴水", who=published.first, place="G-B1")
    published.at("03-18 12:00")
    return published


def sheet(day: Teams):
    return actions.open_sheet(day.mine, by=day.scope(day.first))


def handed(day: Teams):
    """Submitted at 15:40; the next one is there."""
    row = sheet(day)
    day.at("03-18 15:46")
    actions.open_sheet(day.mine, by=day.scope(day.first))
    arrive(day, "guard", "中")
    return actions.submit(row, by=day.scope(day.first))


def test_everything_open_has_a_line(day: Teams):
    row = sheet(day)
    assert [(one.kind, one.title) for one in row.lines.exclude(kind="VACANT")] == [
        ("TICKET", f"{day.ticket.no} {day.ticket.prio} {day.ticket.leaf.short} 待受理")
    ]
    assert (row.state, row.to_turn.staff.name) == ("DRAFT", day.second)
    actions.add_line(row, title="北门钥匙3把", by=day.scope(day.first))
    assert [one.kind for one in sheet(day).lines.exclude(kind="VACANT")] == ["TICKET", "ITEM"]


def test_within_the_last_thirty_minutes(day: Teams):
    row = sheet(day)
    day.at("03-18 15:29:59")
    refused("HANDOVER_EARLY", actions.submit, row, by=day.scope(day.first))
    day.at("03-18 15:30:00")
    assert actions.submit(row, by=day.scope(day.first)).state == "SUBMITTED"
    assert "早班交接单待您确认，未结工单1件" in day.heard(day.second, "T210")[0].body


def test_what_came_meanwhile_is_listed_before_it_is_submitted(day: Teams):
    row = sheet(day)
    day.at("03-18 15:40")
    later = day.report("车库灯不亮了", who=day.first, place="PUMP")
    refusal = refused("HANDOVER_OPEN_ITEMS", actions.submit, row, by=day.scope(day.first))
    assert later.no in refusal.data["items"][0]
    sheet(day)
    assert actions.submit(row, by=day.scope(day.first)).state == "SUBMITTED"


def test_first_contact_passes_and_the_first_name_stays(day: Teams):
    row = handed(day)
    refused("NOT_ALLOWED", actions.accept, row, by=day.scope(day.first))
    done = actions.accept(row, by=day.scope(day.second))
    loop.until(clock.now())
    assert (done.state, done.accepted_by.name) == ("ACCEPTED", day.second)
    assert Ticket.objects.get().first_contact.name == day.second
    entry = Entry.objects.get(verb="tickets.inherit")
    assert entry.data == {"before": day.garden.staff[day.first].id, "staff": day.garden.staff[day.second].id}
    day.mine.refresh_from_db()
    assert day.mine.state == "DONE"


def test_disputed_the_incoming_one_is_responsible_until_the_supervisor_rules(day: Teams):
    row = handed(day)
    line = row.lines.get(kind="TICKET")
    refused("REASON_REQUIRED", actions.dispute, row, line=line, reason=" ", by=day.scope(day.second))
    actions.dispute(row, line=line, reason="没有说明现场情况", by=day.scope(day.second))
    loop.until(clock.now())
    row.refresh_from_db()
    assert (row.state, Ticket.objects.get().first_contact.name) == ("DISPUTED", day.second)
    refused("NOT_ALLOWED", actions.rule, row, line=line, ruling="接班人跟进", by=day.scope(day.second))
    line.refresh_from_db()
    actions.rule(row, line=line, ruling="接班人跟进", by=day.scope("赵静"))
    row.refresh_from_db()
    line.refresh_from_db()
    assert (row.state, line.state, line.ruling) == ("ACCEPTED", "RULED", "接班人跟进")


def test_no_sheet_fifteen_minutes_after_the_end(day: Teams):
    day.at("03-18 15:50")
    arrive(day, "guard", "中")
    day.at("03-18 16:15:00")
    refused("FORCE_EARLY", actions.force, day.mine, reason="人走了", by=day.scope(day.second))
    day.at("03-18 16:15:01")
    refused("REASON_REQUIRED", actions.force, day.mine, reason="", by=day.scope(day.second))
    refused("NOT_ALLOWED", actions.force, day.mine, reason="人走了", by=day.scope("陈师傅"))
    row = actions.force(day.mine, reason="人走了，电话不接", by=day.scope(day.second))
    loop.until(clock.now())
    assert (row.state, row.lines.filter(kind="TICKET").count()) == ("FORCED", 1)
    assert Ticket.objects.get().first_contact.name == day.second
    assert Entry.objects.get(verb="duty.handed_over").data["forced"] is True


def test_vacant_posts_are_on_the_sheet_until_somebody_stands_in(day: Teams):
    empty = Turn.objects.get(post__code="water", shift__code="早", day="2026-03-18")
    actions.stand_in(empty, to=day.garden.staff["蔡姐"], by=day.scope("何勇"))
    titles = {one.title.split()[0] for one in sheet(day).lines.filter(kind="VACANT")}
    assert titles == {"客服坐席", "值班电工"}
