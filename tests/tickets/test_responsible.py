"""Exactly one person answers at every moment, and every change is an event; levels rise once (04, q; I4, I6)."""

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.journal import queries as journal
from anju.tickets.choices import ClockKind
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}


def answers(ticket: Ticket) -> str | None:
    row = fresh(ticket)
    return row.accountable.name if row.accountable else None


def levels(ticket: Ticket) -> list[int]:
    story = journal.of("ticket", ticket.id).filter(verb="tickets.escalate")
    return [row.data["level"] for row in story]


def replayed(ticket: Ticket) -> int | None:
    """Who answers, by the story alone."""
    story = journal.of("ticket", ticket.id).filter(verb="tickets.accountable")
    return story.last().data["staff"] if story else None


def offered(cast: Cast, *, by: str = "李敏", **more: object) -> Ticket:
    ticket = cast.report(**more)
    cast.do("accept", ticket, by)
    return cast.do("dispatch", ticket, by, to="陈师傅")


def test_who_answers_through_a_life(calm: Cast) -> None:
    ticket = calm.report()
    assert answers(ticket) == "李敏"  # the agent on duty
    calm.do("accept", ticket, "赵静")
    assert answers(ticket) == "赵静"
    calm.do("dispatch", ticket, "赵静", to="陈师傅")
    calm.do("take", ticket, "陈师傅", eta=10)
    assert answers(ticket) == "陈师傅" == fresh(ticket).handler.name
    calm.do("return", ticket, "陈师傅", reason="缺工具")
    assert answers(ticket) == "赵静"
    assert replayed(ticket) == fresh(ticket).accountable_id


@pytest.mark.parametrize("step", ["return", "transfer"])
def test_a_matter_a_guard_brought_goes_back_to_the_agent_who_accepted_it(calm: Cast, step: str) -> None:
    ticket = offered(calm, who="孙涛", room=None, place="B3-1", leaf="PW03")
    calm.do("take", ticket, "陈师傅", eta=10)
    assert (fresh(ticket).first_contact.name, answers(ticket)) == ("孙涛", "陈师傅")
    if step == "return":
        calm.do("return", ticket, "陈师傅", reason="缺工具")
    else:
        calm.garden.members["马师傅"].on_shift = True
        calm.garden.members["马师傅"].save()
        calm.do("transfer", ticket, "赵静", to="马师傅")
    assert (fresh(ticket).first_contact.name, answers(ticket)) == ("孙涛", "李敏")


def test_what_nobody_answers_for_gets_somebody_at_any_level(calm: Cast) -> None:
    ticket = offered(calm)
    Ticket.objects.filter(id=ticket.id).update(level=1, accountable=None)
    calm.do("take", ticket, "陈师傅", eta=10)
    assert answers(ticket) == "陈师傅"


def test_from_level_one_on_the_supervisor_answers_whoever_works(calm: Cast) -> None:
    ticket = offered(calm)
    calm.at("03-03 09:00:01")
    assert (fresh(ticket).level, answers(ticket)) == (1, "吴刚")
    calm.do("take", ticket, "陈师傅", eta=10)
    assert (answers(ticket), fresh(ticket).handler.name) == ("吴刚", "陈师傅")
    calm.do("start", ticket, "陈师傅", proof=HERE)
    calm.do("return", ticket, "陈师傅", reason="缺工具", photos=[calm.photo()])
    assert answers(ticket) == "吴刚"
    calm.at("03-04 09:00:02")
    assert (fresh(ticket).level, answers(ticket)) == (2, "周强")
    assert replayed(ticket) == fresh(ticket).accountable_id


def test_each_level_at_most_once(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.at("03-04 09:00:02")
    calm.do("plan", ticket, "周强", plan_due_at=later(hours=2))
    calm.at("03-04 12:00")
    assert (levels(ticket), len(calm.heard("周强", "T205"))) == ([1, 2], 1)
    calm.at("03-05 09:00:03")
    assert levels(ticket) == [1, 2, 3]
    calm.at("03-09 09:00")
    assert levels(ticket) == [1, 2, 3]


def test_level_three_by_hand_is_not_repeated_by_the_clock(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.do("escalate", ticket, "赵静", reason="业主着急", to_level=2)
    calm.do("escalate", ticket, "赵静", reason="媒体来了", to_level=3)
    calm.at("03-05 10:00")
    assert (levels(ticket), len(calm.heard("郑洁", "T205"))) == ([2, 3], 1)


@pytest.mark.parametrize(("more", "code"), [({"reason": " "}, "REASON_REQUIRED"), ({"to_level": 4}, "LEVEL_UNKNOWN")])
def test_escalating_by_hand_has_its_guards(calm: Cast, more: dict, code: str) -> None:
    ticket = calm.report()
    with pytest.raises(Refused, match=code):
        calm.do("escalate", ticket, "赵静", **{"reason": "业主着急", **more})


def test_a_level_reached_is_not_reached_again(calm: Cast) -> None:
    ticket = calm.report()
    calm.do("escalate", ticket, "赵静", reason="业主着急", summary="第三次来电")
    assert (fresh(ticket).level, answers(ticket), fresh(ticket).light) == (1, "吴刚", "RED")
    with pytest.raises(Refused, match="LEVEL_REACHED"):
        calm.do("escalate", ticket, "赵静", reason="还是着急")


def test_without_a_supervisor_the_duty_manager_then_anybody_above(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.garden.members["吴刚"].delete()
    calm.at("03-03 09:00:01")
    assert answers(ticket) == "何勇"


def test_a_plan_has_seven_days(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    for wrong in (clock.now(), later(days=7, seconds=1)):
        with pytest.raises(Refused, match="PLAN_TOO_LONG"):
            calm.do("plan", ticket, "吴刚", plan_due_at=wrong)
    calm.do("plan", ticket, "吴刚", plan_due_at=later(days=7))
    assert ClockKind.PLAN not in {one.kind for one in ticket.clocks.all()}
    assert len(calm.heard("张伟", "T104")) == 1


def test_a_suspension_with_approval_stops_the_levels(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.at("03-03 09:00:01")
    calm.do("suspend", ticket, "吴刚", reason="等待配件", resume_at=later(days=3))
    calm.at("03-06 09:00:00")
    assert fresh(ticket).level == 1
    calm.at("03-07 09:00:01")
    assert (fresh(ticket).status, fresh(ticket).level) == ("IN_PROGRESS", 1)
    calm.at("03-07 09:00:02")
    assert fresh(ticket).level == 2


def test_praise_opened_again_has_no_red_clock(calm: Cast) -> None:
    ticket = calm.report("感谢王管家帮忙")
    calm.do("answer", ticket, "李敏", answer_text="谢谢您的肯定，我们会转告王管家")
    calm.do("close", ticket, "郑洁")
    calm.do("reopen", ticket, "张伟", reason="名字写错了")
    assert {one.kind for one in ticket.clocks.exclude(state="VOID")} <= {"RESP", "RESOLVE", "VISIT"}


def test_what_red_has_counted_before_a_reopening_stays_in_the_record(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    calm.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[calm.photo()])
    calm.do("confirm", ticket, "张伟")
    calm.do("close", ticket, "郑洁")
    calm.do("reopen", ticket, "张伟", reason="又漏")
    reds = ticket.clocks.filter(kind="RED").order_by("round")
    assert [(one.state, one.used_s) for one in reds] == [("MET", 3600), ("RUNNING", 0)]


def test_when_the_agent_who_accepted_is_gone_the_desk_answers(calm: Cast) -> None:
    ticket = offered(calm)
    calm.do("take", ticket, "陈师傅", eta=10)
    calm.garden.members["李敏"].delete()
    calm.do("return", ticket, "陈师傅", reason="缺工具")
    assert answers(ticket) == "赵静"
    for name in ("赵静", "何勇", "周强"):
        calm.garden.members[name].delete()
    assert answers(offered(calm, by="王芳", who="王秀英")) == "王芳"
