"""Saved views: kept, shared, opened first, put in order, deleted and taken back; and the queue still asks as often."""

import re

import pytest

from anju.tickets.models import SavedView
from tests.cast import later
from tests.desk.test_queue import ids, statements, text


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch", "merge")
    return enter("李敏")


def save(client, query, name, **more):
    return client.post(f"/desk/saved/?{query}", {"name": name, **more})


def menu(page):
    """The names in the menu with their keys, the open one marked."""
    part = page[page.index('class="menu views"') : page.index('data-key="v"')]
    found = re.findall(r'<a class="btn"[^>]*data-key="(\d)" (aria-current="true")?[^>]*>([^<]+?)\s*<', part)
    return [f"{key} {name}{'!' if now else ''}" for key, now, name in found]


def test_a_filter_set_under_a_name_is_the_same_list_again(cast, desk):
    red, other = cast.report("水管漏水"), cast.report("门锁坏了")
    answer = save(desk, f"view=new&leaf={red.leaf_code}&light=GREEN&at=x&order=1-1", "漏水 新的")
    row = SavedView.objects.get()
    assert row.query == {"view": "new", "leaf": red.leaf_code, "light": "GREEN"}
    page = text(desk.get(answer.url))
    assert ids(page) == [(str(red.id), "2")]
    assert menu(page) == ["1 漏水 新的!"]
    assert "已存视图　漏水 新的" in page
    save(desk, "view=mine", "漏水 新的")
    assert SavedView.objects.get().query == {"view": "mine"}, "the same name keeps the new filters"
    assert other.no not in page


def test_the_box_says_what_is_kept_and_what_is_wrong_with_a_name(cast, desk):
    box = text(desk.get("/desk/saved/?light=RED&dept=GRN", headers={"HX-Request": "true"}))
    assert "存下现在的筛选：红 + 绿化部" in box
    for name, words in (("", "请给视图起个名字"), ("长" * 13, "名字最多12个字")):
        answer = save(desk, "light=RED", name)
        assert (answer.status_code, words in text(answer)) == (422, True)
        assert f'value="{name}"' in text(answer) or not name
    assert not SavedView.objects.exists()


def test_the_department_sees_a_shared_view_and_only_its_maker_changes_it(cast, desk, enter):
    save(desk, "view=new", "早上先看", shared="on")
    save(desk, "view=waiting", "自己的")
    colleague, engineer = enter("王芳"), enter("吴刚")
    assert menu(text(colleague.get("/desk/queue/?view=all"))) == ["1 早上先看"]
    assert menu(text(engineer.get("/desk/queue/?view=all"))) == []
    row = SavedView.objects.get(name="早上先看")
    assert "早上先看" not in text(colleague.get("/desk/saved/")).split("我的视图")[-1].split("</ul>")[0]
    for step in ("first", "forward", "drop"):
        colleague.post(f"/desk/saved/{row.id}/{step}/")
        assert engineer.post(f"/desk/saved/{row.id}/{step}/").status_code == 404
    row.refresh_from_db()
    assert (row.dropped_at, row.is_default, row.place) == (None, False, 1)


def test_the_queue_opens_with_what_one_wants_first(cast, desk):
    save(desk, "view=new", "一", default="on")
    save(desk, "view=mine", "二", default="on")
    one, two = SavedView.objects.order_by("place")
    assert (one.is_default, two.is_default) == (False, True)
    assert desk.get("/desk/queue/").url == f"/desk/queue/?view=mine&saved={two.id}"
    assert desk.get("/desk/queue/?view=all").status_code == 200
    assert desk.get("/desk/queue/", headers={"HX-Request": "true"}).status_code == 200, "news change no list"
    desk.post(f"/desk/saved/{two.id}/first/", {"on": "0"})
    assert desk.get("/desk/queue/").status_code == 200
    desk.post(f"/desk/saved/{two.id}/forward/")
    assert menu(text(desk.get("/desk/queue/"))) == ["1 二", "2 一"]


def test_a_deletion_is_taken_back_within_its_seconds(cast, desk):
    save(desk, "view=new", "一", default="on")
    row = SavedView.objects.get()
    page = text(desk.get(desk.post(f"/desk/saved/{row.id}/drop/").url))
    assert menu(page) == []
    back = re.search(r'action="(/desk/saved/\d+/return/)"', page)[1]
    desk.post(back)
    assert menu(text(desk.get("/desk/queue/?view=all"))) == ["1 一"]
    desk.post(f"/desk/saved/{row.id}/drop/")
    SavedView.objects.update(dropped_at=later(seconds=-30))
    assert "已过8秒，不能撤回" in text(desk.get(desk.post(back).url))
    save(desk, "view=mine", "一")
    assert SavedView.objects.get().query == {"view": "mine"}, "what is over is gone"


def test_twenty_are_enough_and_cost_no_statement_more(cast, desk):
    few = statements(desk, "/desk/queue/?view=all")
    for number in range(20):
        assert save(desk, "view=new", f"视图{number}").status_code == 302
    assert statements(desk, "/desk/queue/?view=all") == few
    assert "最多存20个视图" in text(save(desk, "view=new", "再一个"))
    assert menu(text(desk.get("/desk/queue/?view=all")))[-1] == "9 视图8"
