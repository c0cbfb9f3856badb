"""From a pattern to a roster in force, and what keeps it from being published."""

from datetime import date
from itertools import pairwise

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.duty import actions, queries
from anju.duty.models import Publication, Turn
from anju.estate import actions as estate
from anju.journal.models import Entry
from anju.lab import rota
from tests.duty.conftest import FIRST, LAST, Teams


def refused(code: str, act, *args, **more) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    assert caught.value.code == code
    return caught.value


def publish(teams: Teams, who: str = "韩梅", **more) -> Publication:
    return actions.publish(teams.community, FIRST, LAST, by=teams.scope(who), **more)


def test_four_teams_leave_no_hole(planned: Teams):
    report = planned.check()
    assert (report.gaps, report.refusing) == ([], [])
    assert {one.code for one in report.hints} == {"OVERTIME", "WEEKLY_HOURS"}
    publish(planned)
    assert set(Turn.objects.values_list("state", flat=True)) == {"PUBLISHED"}
    entry = Entry.objects.get(verb="duty.published")
    assert entry.data == {"first": "2026-03-16", "last": "2026-03-29", "turns": Turn.objects.count()}


def test_a_hole_is_named_by_minute_and_post_and_nothing_is_published(planned: Teams):
    name = planned.who("electric", "夜", 20)
    planned.turn(name, 20).delete()
    refusal = refused("ROSTER_GAP", publish, planned)
    assert refusal.data["gaps"] == [
        {
            "post": "electric",
            "from": "2026-03-21T00:00:00+08:00",
            "to": "2026-03-21T08:00:00+08:00",
            "missing": 1,
            "text": "03-21 00:00–08:00 没有值班电工",
        }
    ]
    assert "1处缺口" in str(refusal.message)
    assert set(Turn.objects.values_list("state", flat=True)) == {"DRAFT"}


def test_at2_3_a_certificate_that_ends_before(planned: Teams):
    cert = planned.garden.staff["高工"].certificates.get()
    cert.valid_to = date(2026, 3, 20)
    cert.save()
    first = Turn.objects.filter(staff__name="高工", day__gt="2026-03-20").order_by("day").first()
    refusal = refused("CERT_EXPIRED", publish, planned)
    assert f"低压电工证2026-03-20到期，{first.day:%m-%d}不能上岗" in str(refusal.message)


def test_a_leave_makes_a_hole_and_the_draft_goes(planned: Teams):
    name = planned.who("water", "早", 18)
    leave = actions.ask_leave(
        planned.community,
        staff=planned.garden.staff[name],
        kind="ANNUAL",
        begin_at=clock.parse("2026-03-18T00:00"),
        end_at=clock.parse("2026-03-19T00:00"),
        by=planned.scope(name),
    )
    assert planned.check().gaps == []  # asked for, not decided
    refused("NOT_ALLOWED", actions.decide_leave, leave, approve=True, by=planned.scope(name))
    actions.decide_leave(leave, approve=True, by=planned.scope("吴刚"))
    report = planned.check()
    assert [queries.gap_words(report, one) for one in report.gaps] == ["03-18 08:00–16:00 没有值班水工"]


def test_seven_days_before_fourteen_with_a_legal_holiday(planned: Teams):
    planned.at("03-10 00:00")
    refused("PUBLISH_LATE", publish, planned)
    assert publish(planned, reason="人员变动").reason == "人员变动"


def test_two_weeks_for_a_holiday(teams: Teams):
    from_, to = date(2026, 4, 1), date(2026, 4, 8)  # 清明

    rota.draft(teams.garden, from_, to)
    teams.at("03-19 00:00")
    refused("PUBLISH_LATE", actions.publish, teams.community, from_, to, by=teams.scope("韩梅"))


def test_only_who_plans_publishes(planned: Teams):
    refused("NOT_ALLOWED", publish, planned, "陈师傅")
    refused("NOT_ALLOWED", publish, planned, "张伟")


def test_a_chain_that_reaches_nobody(planned: Teams):
    steps = [{"who": "LINE", "ref": "", "ack_s": 180}]
    actions.set_chain(planned.community, by=planned.scope("韩梅"), kind="default", steps=steps)
    refused("CHAIN_EMPTY", publish, planned)
    refused("CHAIN_EMPTY", actions.set_chain, planned.community, by=planned.scope("韩梅"), kind="default", steps=[])


def test_a_pattern_without_rest_is_refused_unless_the_post_is_approved(teams: Teams):
    pattern = queries.patterns(teams.scope("韩梅"), teams.community.id).get(name="上24休48")
    post = queries.post(teams.scope("韩梅"), teams.community.id, "guard")
    given = {
        "post": post,
        "teams": [[teams.garden.staff["孙涛"]]],
        "first": FIRST,
        "last": LAST,
        "by": teams.scope("韩梅"),
    }
    refused("WEEKLY_HOURS", actions.generate, pattern, **given)
    post.pooled_until = LAST
    days = [one.day.toordinal() for one in actions.generate(pattern, **given)]
    assert {after - before for before, after in pairwise(days)} == {3}


def test_generated_again_it_replaces_the_drafts(planned: Teams):
    before = Turn.objects.count()

    rota.draft(planned.garden, FIRST, LAST)
    assert Turn.objects.count() == before
    publish(planned)
    with pytest.raises(Refused, match="ROSTER_PUBLISHED"):
        rota.draft(planned.garden, FIRST, LAST)


def test_nobody_has_two_turns_at_once(planned: Teams):
    turn = planned.turn(planned.who("water", "早", 17), 17)
    by = planned.scope("韩梅")
    refused("ROSTER_OVERLAP", actions.put, turn.post, shift=turn.shift, staff=turn.staff, day=turn.day, by=by)


def test_at2_4_hours_on_a_legal_holiday_stand_apart(teams: Teams):

    first, last = date(2026, 4, 1), date(2026, 4, 30)
    rota.draft(teams.garden, first, last)
    found = {one.login: one for one in queries.hours(teams.scope("韩梅"), teams.community, first, last)}
    rows = Turn.objects.filter(day="2026-04-05", shift__on_call=False)
    assert {row.pay_rate for row in rows} == {300}
    for row in rows:
        assert found[row.staff.login].by_rate[300] == 480
    assert sum(one.by_rate.get(300, 0) for one in found.values()) == rows.count() * 480
    assert found["高工"].norm_min == 21 * 480


def test_the_number_of_queries_does_not_grow_with_the_roster(planned: Teams, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        planned.check()


# --- dispatch ---------------------------------------------------------------------------------------------------------


def on_duty(teams: Teams, role: str = "WK") -> set[str]:
    return {one.name for one in queries.workers(teams.community) if role in one.roles and one.on_shift}


def test_without_a_roster_it_is_the_switch(planned: Teams):
    assert on_duty(planned) == {"高工", "陈师傅", "孙涛", "蔡姐"}
    assert queries.standing(planned.scope("李敏"), planned.community) == []


def test_with_a_roster_it_is_who_has_checked_in(published: Teams):
    published.at("03-18 07:59")
    plumber, guard = published.who("water", "早", 18), published.who("guard", "早", 18)
    assert on_duty(published) == set()
    for name in (plumber, guard):
        actions.check_in(published.turn(name, 18), by=published.scope(name), proof={"geo": {"lat": 31, "lng": 121}})
    assert on_duty(published) == {plumber, guard}
    published.at("03-18 08:00:00")
    ticket = published.report()
    assert ticket.handler.name == plumber


def test_where_nobody_checks_in_the_roster_alone_says_who(published: Teams):
    estate.configure(published.community, {"duty.check_in": False})
    published.at("03-18 16:00:00")
    late = {published.who(post, "中", 18) for post in ("electric", "water", "guard")}
    assert on_duty(published) == late
    assert published.heard("吴刚", "T211") == []


def test_the_manager_of_the_day_is_the_duty_manager(published: Teams):
    published.at("03-17 12:00")
    names = {
        one.post.code: [staff.name for staff in one.here]
        for one in queries.standing(published.scope("李敏"), published.community)
    }
    assert on_duty(published, "DM") == set(names["manager"])
    assert len(names["manager"]) == 1


def test_a_hole_now_is_shown_by_post(published: Teams):
    published.at("03-18 12:00")
    found = {one.label: one.missing for one in queries.standing(published.scope("李敏"), published.community)}
    assert found == {"客服坐席": 1, "值班电工": 1, "值班水工": 1, "秩序班长": 1, "值班经理": 0}
    published.at("03-18 23:00")
    found = {one.label: one.missing for one in queries.standing(published.scope("李敏"), published.community)}
    assert found["客服坐席"] == 0  # the outside service answers
