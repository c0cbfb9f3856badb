"""Lists with their views and pages, and a ticket as each asker is shown it."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope, guest
from anju.tickets import queries
from anju.tickets.models import Ticket
from tests.cast import Cast, later


def test_views_and_filters(calm: Cast) -> None:
    new = calm.report()
    waiting = calm.do("accept", calm.report("家里插座坏了"), "李敏")
    mine = calm.do("accept", calm.report("水龙头坏了"), "李敏")
    calm.do("dispatch", mine, "李敏", to="陈师傅")
    answered = calm.do("answer", calm.report("请问物业费怎么算的"), "李敏", answer_text="按建筑面积乘以单价计算")
    gone = calm.do("cancel", calm.report("家里插座又坏了"), "张伟")
    li, chen = calm.scope("李敏"), calm.scope("陈师傅")

    def listed(scope: Scope, **filters: object) -> set[str]:
        return {row.no for row in queries.queue(scope, queries.Filters(**filters)).rows}

    assert listed(li) == {new.no, waiting.no, mine.no}  # what only waits for stars is no work
    assert listed(li, view="new") == {new.no}
    assert listed(li, view="waiting") == {waiting.no}
    assert listed(li, view="visit") == {answered.no}
    assert listed(li, view="closed") == {gone.no}
    assert listed(li, view="any") == {new.no, waiting.no, mine.no, answered.no, gone.no}
    assert listed(li, view="nonsense") == {new.no, waiting.no, mine.no, answered.no}
    assert listed(chen, view="mine") == {mine.no}
    assert listed(li, handler=calm.garden.staff["陈师傅"].id) == listed(li, status="DISPATCHED") == {mine.no}
    assert listed(li, leaf=waiting.leaf_code, status="ACCEPTED") == {waiting.no}
    assert listed(li, community=1) == listed(li, light="RED") == set()
    assert queries.counts(li, queries.Filters()) == {"RED": 0, "YELLOW": 0, "GREEN": 3, "GREY": 0}
    assert queries.listed(li, queries.Filters(view="new")).get() == new
    assert [row.no for row in queries.rows(li, [mine.id, new.id, 7])] == [mine.no, new.no]
    assert queries.rows(calm.scope("孙涛"), [mine.id]) == []


def test_pages_meet_without_gap_or_overlap(calm: Cast) -> None:
    for number in range(5):
        calm.report(f"家里插座坏了{number}")
    rows = Ticket.objects.order_by("id")
    for row, due, held in zip(
        rows, (None, later(hours=1), None, later(hours=1), later(hours=2)), (1, 1, 0, 0, 1), strict=True
    ):
        Ticket.objects.filter(id=row.id).update(due_at=due, held=held)
    whole = [row.id for row in queries.queue(SYSTEM, queries.Filters()).rows]
    pages, cursor = [], ""
    for _time in range(5):
        page = queries.queue(SYSTEM, queries.Filters(), limit=1, cursor=cursor)
        pages += [row.id for row in page.rows]
        cursor = page.cursor
    assert (pages, cursor, len(set(whole))) == (whole, "", 5)


@pytest.mark.parametrize(
    "key",
    [
        "[1, true, null, 1e999]",
        "[1, true, null, 9223372036854775808]",
        "[" * 3000,
        '{"a":1,"b":2,"c":3,"d":4}',
        "[1,2]",
    ],
)
def test_a_cursor_made_by_hand_is_refused(calm: Cast, key: str) -> None:
    with pytest.raises(Refused, match="CURSOR_INVALID"):
        queries.queue(SYSTEM, queries.Filters(), cursor=base64.urlsafe_b64encode(key.encode()).decode())


def test_how_much_everybody_has_in_hand(calm: Cast) -> None:
    ticket = calm.do("accept", calm.report(), "李敏")
    calm.do("dispatch", ticket, "李敏", to="陈师傅")
    assert queries.in_hand(calm.scope("李敏"), calm.community.id) == {calm.garden.staff["陈师傅"].id: 1}
    assert queries.in_hand(calm.scope("李敏"), 1) == {}


# --- showing --------------------------------------------------------------------------------------------------------
def test_short_words_beside_the_title(calm: Cast) -> None:
    ticket = calm.report(photos=[calm.photo()])
    calm.do("urge", ticket, "张伟")
    Ticket.objects.filter(id=ticket.id).update(
        child_count=3, reopen_count=1, late_entry=True, was_red=True, locked_at=clock.now()
    )
    ticket = Ticket.objects.get(id=ticket.id)
    assert queries.show(calm.scope("李敏"), ticket).flags == ["锁定待裁", "催1", "并3", "重开1", "补录", "曾红", "图1"]


def test_where_a_thing_is_and_where_nothing_is(calm: Cast) -> None:
    li = calm.scope("李敏")
    assert queries.where(li, calm.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")) == "3栋1单元1号电梯"
    assert queries.where(li, calm.report("楼道灯坏了", place="B3-1")) == "3栋1单元"
    nowhere = calm.report(who="李敏", room=None)
    shown = queries.show(li, nowhere)
    assert (shown.where, shown.reporter.room, shown.asset) == ("", "", "")
    assert len(queries.show_all(li, [nowhere, nowhere])) == 2
    assert queries.show(SYSTEM, calm.report()).where != ""


def test_the_steps_offered_are_those_that_would_succeed(calm: Cast) -> None:
    li, zhang = calm.scope("李敏"), calm.scope("张伟")
    ticket = calm.report()
    assert queries.next_actions(zhang, ticket) == ["urge", "note", "cancel"]
    assert "rule" not in queries.next_actions(calm.scope("周强"), ticket)
    calm.do("cancel", ticket, "张伟")
    assert queries.next_actions(zhang, ticket) == queries.next_actions(li, ticket) == []
    locked = calm.do("accept", calm.report("地库车库顶滴水", place="G-B1"), "李敏")
    Ticket.objects.filter(id=locked.id).update(locked_at=clock.now())
    offered = queries.next_actions(calm.scope("周强"), Ticket.objects.get(id=locked.id))
    assert ("rule" in offered, "offer" in offered) == (True, False)


def test_a_guest_reads_his_own_ticket_as_its_reporter(calm: Cast) -> None:
    ticket = calm.report()
    shown = queries.show(guest(ticket.id), ticket)
    assert (shown.mine, shown.status_label, shown.leaf_words) == (True, "已提交", ())
    assert not queries.show(replace(guest(), communities=frozenset({calm.community.id})), ticket).mine


def test_two_who_know_more_see_the_number_and_may_call(calm: Cast) -> None:
    ticket = calm.in_progress(at="10:00")
    shown = {name: queries.show(calm.scope(name), ticket).reporter for name in ("陈师傅", "李敏", "林悦")}
    assert (shown["陈师傅"].phone, shown["陈师傅"].can_call) == ("", True)
    assert {name: one.phone for name, one in shown.items() if name != "陈师傅"} == {
        "李敏": "138****5678",
        "林悦": "138****5678",
    }
    assert ticket.reported_at + timedelta(hours=1) == clock.now()
