"""批量: one step for many, with the count before, each for itself."""

import re

import pytest

from anju.journal.models import Entry
from anju.tickets.models import Ticket


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def counts(page):
    """Step -> how many it is possible for."""
    return {name: int(n) for name, n in re.findall(r'name="action" value="(\w+)".*?　(\d+)件', page.content.decode())}


def test_the_count_stands_before_and_each_is_done_for_itself(cast, desk):
    first, second, third = (cast.report(words) for words in ("水管漏水", "门锁坏了", "厨房水龙头一直滴漏"))
    cast.do("accept", third, "李敏")
    page = desk.get("/desk/bulk/")
    assert counts(page) == {"accept": 2, "dispatch": 1, "urge": 3, "note": 3, "escalate": 3}
    form = {"action": "accept", "id": [str(one.id) for one in (first, second, third)], "once": "b" * 20}
    answer = desk.post("/desk/bulk/?view=all", form)
    assert answer.url == "/desk/queue/?view=all"
    said = desk.get(answer.url).content.decode()
    assert "受理：做了2件" in said
    assert f"{third.no}　" in said
    assert set(Ticket.objects.values_list("status", flat=True)) == {"ACCEPTED"}
    desk.post("/desk/bulk/?view=all", form)
    assert Entry.objects.filter(verb="tickets.accept").count() == 3, "pressed twice is done once"


def test_a_list_is_narrowed_as_on_screen(cast, desk):
    cast.report("水管漏水")
    assert counts(desk.get("/desk/bulk/?view=new"))["accept"] == 1
    assert "没有一件可以一起做的" in desk.get("/desk/bulk/?view=waiting").content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [({}, "请选要做什么"), ({"action": "accept"}, "请至少选一件"), ({"action": "note", "id": "7"}, "请先写内容")],
)
def test_what_is_missing_is_said_and_nothing_is_done(cast, desk, more, words):
    cast.report()
    answer = desk.post("/desk/bulk/", more)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_stranger_to_the_step_is_not_offered_it(cast, desk, enter):
    ticket = cast.report()
    quality = next(name for name in cast.garden.staff if cast.scope(name).has(cast.community.id, "QLT"))
    client = enter(quality)
    assert "accept" not in counts(client.get("/desk/bulk/"))
    client.post("/desk/bulk/", {"action": "accept", "id": str(ticket.id)})
    assert Ticket.objects.get(id=ticket.id).status == "NEW"


def test_only_the_ticked_ones_are_shown_and_done(cast, desk):
    first, second, third = (cast.report(words) for words in ("水管漏水", "门锁坏了", "厨房水龙头一直滴漏"))
    page = desk.get(f"/desk/bulk/?view=all&ids={third.id},{first.id},x,{third.id},999")
    assert counts(page)["accept"] == 2
    words = page.content.decode()
    assert "批量：选中的2件" in words
    assert (first.no in words, second.no in words, third.no in words) == (True, False, True)
    assert 'href="/desk/queue/?view=all"' in words
    answer = desk.post(f"/desk/bulk/?view=all&ids={third.id}", {"action": "accept", "id": str(third.id)})
    assert answer.url == "/desk/queue/?view=all"
    assert Ticket.objects.get(id=third.id).status == "ACCEPTED"
