"""看板: columns by state, and only the moves that the asker may make."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def board(client, query=""):
    """Column -> number of the ticket -> where it may be moved."""
    page = client.get(f"/desk/kanban/{query}").content.decode()
    found = {}
    for part in page.split('data-column="')[1:]:
        cards = re.findall(r'data-moves="([^"]*)".*?href="/desk/tickets/([\d-]+)/', part)
        found[part.partition('"')[0]] = {no: dict(way.split("=", 1) for way in moves.split()) for moves, no in cards}
    return found


def test_each_state_has_its_column_and_each_card_its_ways(cast, desk, enter):
    fresh, accepted, working = cast.report("水管漏水"), cast.report("门锁坏了"), cast.report("厨房水龙头一直滴漏")
    cast.do("accept", accepted, "李敏")
    cast.do("accept", working, "李敏")
    cast.do("dispatch", working, "李敏", to="陈师傅")
    cast.do("take", working, "陈师傅", eta=30)
    shown = board(desk)
    assert [name for name, cards in shown.items() if cards] == ["new", "waiting", "work"]
    step = f"/desk/tickets/{fresh.no}/acceptance/"
    assert shown["new"] == {fresh.no: {"waiting": step, "offered": step}}
    assert shown["waiting"][accepted.no] == {"offered": f"/desk/tickets/{accepted.no}/assignment/"}
    assert set(shown["work"][working.no]) == {"offered"}
    assert set(board(enter("吴刚"))["work"][working.no]) == {"offered", "held"}, "a supervisor may suspend"


def test_a_department_is_looked_at_alone(cast, desk):
    cast.report("水管漏水")
    assert board(desk, "?dept=ENG")["new"]
    assert not board(desk, "?dept=GRN")["new"]
    assert board(desk, "?dept=nonsense")["new"]


def test_after_a_step_one_is_back_at_the_card(cast, desk):
    ticket = cast.report()
    box = desk.get(
        f"/desk/tickets/{ticket.no}/escalation/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/kanban/?dept=ENG"},
    ).content.decode()
    assert f'value="/desk/kanban/?dept=ENG&amp;at={ticket.no}"' in box
    page = desk.get(f"/desk/kanban/?at={ticket.no}").content.decode()
    assert f'aria-current="true" data-light="{ticket.light.lower()}"' in page


def test_the_number_of_queries_does_not_grow(cast, desk):
    counted = []
    desk.get("/desk/kanban/")
    for _round in range(2):
        cast.report("水管漏水", who="李敏", place="B1")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/desk/kanban/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
