"""The list: grouped, counted, narrowed, kept in place, and always the same number of statements."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.desk.queue.pages import upto
from anju.tickets.models import Ticket


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch", "merge")
    return enter("李敏")


def text(answer):
    return answer.content.decode()


def ids(page):
    return re.findall(r'data-row="(\d+)-(\d)"', page)


def statements(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_statements_do_not_grow_with_rows(cast, desk):
    cast.report(room="3-1-1203")
    one = statements(desk, "/desk/queue/")
    for _each in range(2):
        cast.report(asset="BAR-N", who="孙涛")
    three = statements(desk, "/desk/queue/")
    for _each in range(47):
        cast.report(place="GARDEN", who="孙涛")
    fifty = statements(desk, "/desk/queue/")
    assert len(ids(text(desk.get("/desk/queue/")))) == 50
    assert one == three == fifty
    assert fifty == 10


def test_groups_stand_in_the_order_of_the_lights(cast, desk):
    red = cast.report("水管漏水")
    cast.at("11:00:01")
    green = cast.report("门锁坏了")
    page = text(desk.get("/desk/queue/"))
    assert page.index("红灯") < page.index(red.no) < page.index("绿灯") < page.index(green.no)
    assert "需要马上有人动手" in page
    assert "在时限内" in page


def test_nobody_stands_first_in_its_light(cast, desk):
    held, alone = cast.report("水管漏水"), cast.report("门锁坏了")
    Ticket.objects.filter(id=alone.id).update(accountable=None, held=False)
    page = text(desk.get("/desk/queue/"))
    assert page.index(alone.no) < page.index(held.no)
    assert '<td class="nobody">无人</td>' in page


def test_rows_are_masked_and_escaped(cast, desk):
    cast.report("<script>alert(1)</script>", phone="13800005678")
    cast.report("请打13800005678")
    page = text(desk.get("/desk/queue/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/scrip" in page
    assert "请打138****5678" in page
    assert "13800005678" not in page
    assert "户内 **03" in page
    assert "1203" not in page


def test_views_count_and_narrow(cast, desk):
    new, mine = cast.report("水管漏水"), cast.report("门锁坏了")
    cast.do("accept", mine, "李敏")
    page = text(desk.get("/desk/queue/"))
    counts = dict(re.findall(r"(全部未结|我的|待受理|待派单|待回访) <span class=\"count\">(\d+)</span>", page))
    assert counts == {"全部未结": "2", "我的": "2", "待受理": "1", "待派单": "1", "待回访": "0"}
    assert ids(text(desk.get("/desk/queue/?view=new"))) == [(str(new.id), "2")]
    assert ids(text(desk.get("/desk/queue/?status=ACCEPTED"))) == [(str(mine.id), "2")]
    assert ids(text(desk.get(f"/desk/queue/?leaf={new.leaf_code.lower()}"))) == [(str(new.id), "2")]
    assert "没有符合“红 + 绿化部”的工单，去掉一个条件" in text(desk.get("/desk/queue/?light=RED&dept=GRN"))
    assert len(ids(text(desk.get("/desk/queue/?light=PURPLE&status=x&handler=x&view=x&leaf=zz00")))) == 2


def test_nobody_counts_beyond_a_thousand():
    assert [upto(count) for count in (0, 999, 1000)] == ["0", "999", "1000+"]


def test_empty_lists_say_why(desk):
    for view, words in {
        "all": "没有未结的工单",
        "mine": "您手上没有未结的工单",
        "new": "没有待受理的工单",
        "waiting": "没有待派单的工单",
        "visit": "没有待回访的工单",
    }.items():
        assert words in text(desk.get(f"/desk/queue/?view={view}"))


def test_search_finds_words_and_numbers(cast, desk):
    found, other = cast.report("厨房水龙头滴漏"), cast.report("门锁坏了")
    assert ids(text(desk.get("/desk/queue/?q=水龙头"))) == [(str(found.id), "2")]
    assert ids(text(desk.get(f"/desk/queue/?q={other.no}"))) == [(str(other.id), "2")]
    assert "没有找到“飞碟”" in text(desk.get("/desk/queue/?q=飞碟"))
    assert "没有找到“&lt;b&gt;”" in text(desk.get("/desk/queue/?q=<b>"))


def test_more_goes_on_where_the_page_ends(cast, desk):
    made = [str(cast.report(place="GARDEN", who="孙涛").id) for _each in range(53)]
    first = text(desk.get("/desk/queue/"))
    more = re.search(r'href="(\?[^"]*cursor[^"]+)"', first)[1].replace("&amp;", "&")
    rest = text(desk.get(f"/desk/queue/{more}", headers={"HX-Request": "true"}))
    assert [one for one, _section in ids(first) + ids(rest)] == made
    assert "绿灯" not in rest  # the group goes on, its head stands already
    assert ">更多<" not in rest
    assert desk.get("/desk/queue/?cursor=nonsense").status_code == 422


class TestInPlace:
    """A refresh under the eyes of a reader (screens, 5.3)."""

    def live(self, desk, **query):
        return text(desk.get("/desk/queue/", query, headers={"HX-Request": "true"}))

    def pill(self, page):
        return re.search(r'id="pill".*?<span>(.*?)</span>', page, re.DOTALL)[1]

    def test_rows_keep_their_place_and_get_new_contents(self, cast, desk):
        first, second = cast.report("水管漏水"), cast.report("门锁坏了")
        order = f"{second.id}-2,{first.id}-2"
        page = self.live(desk, order=order)
        assert [one for one, _section in ids(page)] == [str(second.id), str(first.id)]
        assert self.pill(page) == "1处变化"
        assert 'data-apply="#queue"' in page

    def test_what_is_new_is_counted_and_red_is_named(self, cast, desk):
        first = cast.report("水管漏水")
        cast.report("门锁坏了")
        cast.at("11:00:01")
        page = self.live(desk, order=f"{first.id}-2")
        assert ids(page) == [(str(first.id), "2")]
        assert 'data-light="red"' in page
        assert self.pill(page) == "2处变化，2件新红灯"

    def test_a_row_that_left_stays_struck(self, cast, desk):
        first, second = cast.report("水管漏水"), cast.report("门锁坏了")
        cast.do("cancel", first, "李敏", reason="重复")
        page = self.live(desk, order=f"{first.id}-2,{second.id}-2")
        assert re.search(rf'data-row="{first.id}-2"[^>]* data-gone', page)
        assert not re.search(rf'data-row="{second.id}-2"[^>]* data-gone', page)
        assert self.pill(page) == "1处变化"

    def test_the_chosen_row_stays_even_when_the_new_order_is_asked_for(self, cast, desk):
        first = cast.report()
        cast.report("门锁坏了")
        cast.do("accept", first, "李敏")
        page = self.live(desk, view="new", keep=f"{first.id}-2")
        assert re.search(rf'data-row="{first.id}-2"[^>]* data-gone', page)
        assert str(first.id) not in self.live(desk, view="new")

    def test_nothing_new_says_nothing(self, cast, desk):
        first = cast.report()
        assert 'data-key="r" hidden' in self.live(desk, order=f"{first.id}-2")

    def test_nonsense_is_left_out(self, cast, desk):
        first = cast.report()
        page = self.live(desk, order=f"x,{first.id}-9,{first.id}-2,99999999999999999999-1,-1,<b>-2")
        assert ids(page) == [(str(first.id), "2")]

    def test_statements_do_not_grow_with_rows(self, cast, desk):
        made = [cast.report(place="GARDEN", who="孙涛") for _each in range(12)]
        few = statements(desk, f"/desk/queue/?order={made[0].id}-2")
        many = statements(desk, "/desk/queue/?order=" + ",".join(f"{one.id}-2" for one in made))
        assert few == many


def test_an_emergency_stands_above_every_list_until_somebody_begins(cast, desk):
    ticket = cast.report("电梯停了，有人困在里面", asset="EL-0301-1")
    assert ticket.prio == "P0"
    for query in ("", "?view=visit", "?light=RED"):
        page = text(desk.get(f"/desk/queue/{query}"))
        assert ticket.no in page[page.index('id="urgent"') : page.index('class="queue-list"')]
    live = text(desk.get("/desk/queue/", headers={"HX-Request": "true"}))
    assert f"/desk/tickets/{ticket.no}/" in live[live.index('id="urgent"') :]
    Ticket.objects.update(status="IN_PROGRESS")
    assert 'role="alert"></div>' in text(desk.get("/desk/queue/"))
