"""The edges of domain file 04, each to its number."""

from datetime import timedelta

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.tickets import queries
from anju.tickets.actions.bench import Bench, title
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh, refused


def kind(ticket: Ticket, name: str) -> object:
    return ticket.clocks.filter(kind=name).order_by("-round").first()


def taken(cast: Cast, **more: object) -> Ticket:
    ticket = cast.report(**more)
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    return cast.do("take", ticket, "陈师傅", eta=30)


def test_giving_back_keeps_what_red_has_counted(calm: Cast) -> None:
    ticket = taken(calm)
    calm.at("10:00")
    calm.do("start", ticket, "陈师傅", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    calm.at("10:30")
    assert refused(calm, "return", ticket, "陈师傅", reason="缺工具") == "PHOTO_REQUIRED"
    calm.do("return", ticket, "陈师傅", reason="缺工具", photos=[calm.photo()])
    red = kind(ticket, "RED")
    assert (red.used_s, red.deadline) == (3600, clock.parse("2026-03-02T11:30"))
    assert (ticket.status, ticket.handoff_count, fresh(ticket).accountable.name) == ("ACCEPTED", 1, "李敏")


def test_a_decline_goes_to_the_next_and_three_a_day_to_the_supervisor(cast: Cast) -> None:
    row = cast.garden.members["马师傅"]
    row.on_shift = True
    row.save()
    for number in range(3):
        ticket = cast.report(f"家里水龙头滴漏{number}", who="欧阳明")
        while fresh(ticket).handler.name != "陈师傅":
            cast.do("decline", ticket, fresh(ticket).handler.name, reason="在途")
            break
        if fresh(ticket).handler and fresh(ticket).handler.name == "陈师傅":
            cast.do("decline", ticket, "陈师傅", reason="不在岗")
    assert len(cast.heard("吴刚", "T203")) >= 1
    with pytest.raises(Refused) as no:
        cast.do("decline", cast.report(who="张伟"), "陈师傅", reason="不想去")
    assert no.value.code in ("REASON_REQUIRED", "NOT_ALLOWED", "NOT_OFFERED")


@pytest.mark.parametrize(
    ("reason", "days", "fine"),
    [
        ("等待业主时间", 3, True),
        ("等待业主时间", 4, False),
        ("等待配件", 7, True),
        ("等待配件", 8, False),
        ("天气", 3, True),
        ("等待审批或业主表决", 30, True),
        ("等待审批或业主表决", 31, False),
    ],
)
def test_suspensions_have_their_longest(calm: Cast, reason: str, days: int, fine: bool) -> None:
    ticket = taken(calm)
    until = later(days=days)
    if fine:
        assert calm.do("suspend", ticket, "吴刚", reason=reason, resume_at=until).status == "SUSPENDED"
    else:
        assert refused(calm, "suspend", ticket, "吴刚", reason=reason, resume_at=until) == "SUSPEND_LIMIT"


def test_the_worker_asks_and_the_supervisor_approves(calm: Cast) -> None:
    ticket = taken(calm)
    calm.do("suspend", ticket, "陈师傅", reason="等待配件", resume_at=later(days=2))
    assert (ticket.status, kind(ticket, "ESC24").state) == ("TAKEN", "RUNNING")
    calm.do("suspend", ticket, "吴刚")
    assert (ticket.status, ticket.light) == ("SUSPENDED", "GREY")
    assert [kind(ticket, name).state for name in ("ESC24", "RED", "RESOLVE")] == ["PAUSED"] * 3
    assert len(calm.heard("张伟", "T105")) == 1
    calm.at("03-04 09:00")
    ticket = fresh(ticket)
    assert (ticket.status, kind(ticket, "ESC24").used_s, kind(ticket, "ESC24").state) == ("TAKEN", 0, "RUNNING")
    assert len(calm.heard("陈师傅", "T214")) == 1


def test_waiting_for_the_owner_does_not_stop_the_24_hours(calm: Cast) -> None:
    ticket = taken(calm)
    calm.do("suspend", ticket, "陈师傅", reason="等待业主", resume_at=later(days=2))
    assert (ticket.status, kind(ticket, "ESC24").state) == ("SUSPENDED", "RUNNING")
    calm.at("03-03 09:00:01")
    assert fresh(ticket).level == 1


def test_the_past_is_no_date_to_resume(calm: Cast) -> None:
    assert refused(calm, "suspend", taken(calm), "吴刚", reason="天气", resume_at=clock.now()) == "RESUME_PAST"


def test_urging_wakes_and_every_third_reaches_the_supervisor(calm: Cast) -> None:
    ticket = taken(calm)
    calm.do("suspend", ticket, "吴刚", reason="天气", resume_at=later(days=2))
    calm.do("urge", ticket, "张伟")
    assert ticket.status == "TAKEN"
    calm.at("09:29:59")
    assert refused(calm, "urge", ticket, "张伟") == "URGE_TOO_SOON"
    for moment in ("09:30", "10:00"):
        calm.at(moment)
        calm.do("urge", ticket, "张伟")
    assert (ticket.urge_count, len(calm.heard("吴刚", "T203")), len(calm.heard("张伟", "T113"))) == (3, 1, 3)


def test_rejecting_halves_the_time_to_resolve(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[calm.photo()])
    assert refused(calm, "reject", ticket, "张伟", reason=" ") == "REASON_REQUIRED"
    calm.do("reject", ticket, "张伟", reason="还在滴")
    resolve = kind(ticket, "RESOLVE")
    assert (ticket.reopen_count, resolve.base, resolve.duration_s) == (1, clock.now(), 43_200)


@pytest.mark.parametrize(("seconds", "fine"), [(0, True), (1, False)])
def test_seven_days_to_reopen(calm: Cast, seconds: int, fine: bool) -> None:
    ticket = calm.in_progress(at="09:30")
    calm.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[calm.photo()])
    calm.do("confirm", ticket, "张伟")
    calm.do("close", ticket, "郑洁")
    calm.at(f"03-09 09:30:{seconds:02d}")
    if not fine:
        assert refused(calm, "reopen", ticket, "张伟", reason="又漏") == "REOPEN_EXPIRED"
        return
    calm.do("reopen", ticket, "张伟", reason="又漏")
    ticket = fresh(ticket)
    assert (ticket.status, ticket.prio, ticket.accountable.name) == ("ACCEPTED", "P1", "吴刚")
    assert [kind(ticket, name).duration_s for name in ("RESP", "RED", "ESC24", "RESOLVE")] == [
        900,
        7200,
        86_400,
        43_200,
    ]


def test_a_child_follows_and_its_reporter_hears_everything(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    master = cast.report("电梯坏了，停在1楼不动", asset="EL-0301-1")
    child = cast.report("电梯停运了用不了", who="王秀英", asset="EL-0301-1")
    assert (child.master_id, fresh(master).child_count) == (master.id, 1)
    assert [one.template for one in cast.heard("王秀英")] == ["T101", "T112"]
    cast.do("accept", master, "李敏")
    cast.do("dispatch", master, "李敏", to="高工")
    cast.do("take", master, "高工", eta=20)
    cast.do("start", master, "高工", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    cast.do("finish", master, "高工", result="更换门机皮带", photos=[cast.photo()])
    assert fresh(child).status == "PENDING_ACCEPTANCE"
    told = cast.heard("王秀英", "T106")
    assert len(told) == 1
    assert child.no in told[0].body


def test_merging_has_its_limits(calm: Cast) -> None:
    first, second, third = (calm.report(f"家里插座坏了{n}") for n in range(3))
    assert refused(calm, "merge", first, "李敏", master=first) == "MERGE_SELF"
    calm.do("merge", second, "李敏", master=first)
    assert refused(calm, "merge", first, "李敏", master=third) == "MERGE_CHAIN"
    assert refused(calm, "merge", third, "李敏", master=second) == "MERGE_CHAIN"


def test_a_vendor_is_offered_an_emergency_of_its_lift_in_parallel(calm: Cast) -> None:
    calm.community.config |= {"automatic.dispatch": True}
    calm.community.save()
    ticket = calm.report("电梯突然往下掉了一截，吓死人", asset="EL-0301-1")
    calm.do("accept", ticket, "李敏")
    assert (ticket.handler.name, ticket.co_offer.name) == ("高工", "电梯公司")
    assert len(calm.heard("电梯公司", "T201")) == 1
    calm.do("take", ticket, "电梯公司", eta=10)
    assert fresh(ticket).handler.name == "电梯公司"
    assert refused(calm, "take", ticket, "高工", eta=10) == "ALREADY_TAKEN"


def test_a_late_entry_counts_as_late_until_the_call_proves_otherwise(calm: Cast) -> None:
    ticket = calm.report(who="李敏", room=None, reported_at=clock.now() - timedelta(minutes=31))
    assert (ticket.late_entry, kind(ticket, "RESP").state) == (True, "BREACHED")
    calm.do("confirm_late", ticket, "吴刚", call_id="REC-0007")
    assert (kind(ticket, "RESP").state, kind(ticket, "RESP").why) == ("MET", "补录")
    with pytest.raises(Refused) as no:
        calm.report(who="李敏", room=None, reported_at=clock.now() - timedelta(hours=24, seconds=1))
    assert no.value.code == "REPORTED_AT_TOO_OLD"


def test_answers_need_words_and_the_right_kind(calm: Cast) -> None:
    asked = calm.report("请问物业费怎么算的")
    assert refused(calm, "answer", asked, "李敏", answer_text="好的") == "ANSWER_TOO_SHORT"
    assert refused(calm, "answer", calm.report(), "李敏", answer_text="我们马上安排师傅上门") == "ANSWER_NOT_POSSIBLE"
    calm.do("answer", asked, "李敏", answer_text="按建筑面积乘以单价，账单里有明细")
    assert (asked.status, kind(asked, "RESP").state, len(calm.heard("张伟", "T107"))) == ("PENDING_VISIT", "MET", 1)


def test_nobody_at_all_is_the_most_overdue(cast: Cast) -> None:
    held = cast.report("楼道灯坏了", place="B3-1")
    for row in cast.garden.community.memberships.all():
        row.delete()
    unheld = cast.report("家里插座坏了", who="欧阳明")
    assert (unheld.accountable, unheld.held) == (None, False)
    rows = queries.queue(SYSTEM, queries.Filters()).rows
    assert [row.no for row in rows] == [unheld.no, held.no]


def test_levels_rise_without_a_plan(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.at("03-04 09:00:02")
    assert fresh(ticket).level == 2
    calm.at("03-05 09:00:03")
    assert (fresh(ticket).level, fresh(ticket).accountable.name, len(calm.heard("郑洁", "T205"))) == (3, "周强", 1)


def test_praise_is_never_red(calm: Cast) -> None:
    ticket = calm.report("感谢王管家帮忙")
    assert ticket.type == "PR"
    assert {one.kind for one in ticket.clocks.all()} == {"RESP", "RESOLVE"}


def test_handing_over_moves_responsibility_only_when_accepted(calm: Cast) -> None:
    ticket = calm.report("地库车库顶滴水", place="G-B1")
    calm.do("accept", ticket, "李敏")
    assert refused(calm, "offer", ticket, "吴刚", dept="CLN", reason=" ") == "HANDOFF_REASON_REQUIRED"
    calm.do("offer", ticket, "吴刚", dept="SEC", reason="像是冷凝水")
    assert (ticket.lead_dept, fresh(ticket).accountable.name) == ("ENG", "李敏")
    assert refused(calm, "refuse", ticket, "何勇", reason="不归我管") == "REJECT_EVIDENCE_REQUIRED"
    calm.do("receive", ticket, "何勇")
    assert (ticket.lead_dept, fresh(ticket).accountable.name) == ("SEC", "何勇")
    calm.do("offer", ticket, "何勇", dept="ENG", reason="管子在漏")
    ticket = fresh(ticket)
    assert (ticket.locked_at is not None, ticket.light, len(calm.heard("周强", "T209"))) == (True, "RED", 1)
    assert refused(calm, "offer", ticket, "何勇", dept="CLN", reason="再转") == "HANDOFF_LOCKED"
    calm.do("rule", ticket, "周强", lead="ENG", co=["SEC"])
    assert (fresh(ticket).lead_dept, fresh(ticket).light) == ("ENG", "YELLOW")


def test_silence_is_acceptance(calm: Cast) -> None:
    ticket = calm.report("地库车库顶滴水", place="G-B1")
    calm.do("accept", ticket, "李敏")
    calm.do("offer", ticket, "吴刚", dept="SEC", reason="像是冷凝水")
    calm.at("09:15:01")
    assert fresh(ticket).lead_dept == "SEC"


def test_a_vendor_is_named_as_it_is(calm):
    people = {one.name: one for one in Bench(calm.garden.community).workers}
    assert [title(people[name]) for name in ("电梯公司", "陈师傅", "吴刚")] == ["电梯公司", "陈师傅", "吴主管"]
