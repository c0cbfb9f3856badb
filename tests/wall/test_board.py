"""The wallboard: kinds and clocks, never people; a link that can be taken back."""

from html.parser import HTMLParser
from importlib import import_module

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from anju.accounts.actions import screens as accounts
from anju.accounts.models import Screen
from anju.accounts.queries import scope_of_session
from anju.accounts.screens import SCREEN_KEY
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind
from anju.core.scope import screen as screen_scope
from anju.estate import labels
from anju.journal.models import Entry
from anju.tickets import queries
from anju.tickets.queries import Rate
from anju.ui.live.hub import Client as Listener
from anju.ui.live.watch import Change
from anju.vault import policy
from anju.wall.urls import urlpatterns
from tests.cast import Cast
from tests.desk.conftest import logged_in
from tests.wall.conftest import link

stream = import_module("anju.ui.live.stream")  # the package has a function of this name


class Words(HTMLParser):
    """What stands on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


def words(client: Client, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    return Words(answer.content.decode()).found


def test_every_address_is_open_and_says_so():
    assert {one.callback.anju_access[0] for one in urlpatterns} == {"public"}


def test_the_board_says_what_is_late_and_not_whose(cast: Cast, screen: Screen, stranger: Client):
    cast.report("我是张伟13800005678，厨房水龙头一直滴漏")
    cast.at("11:00:01")
    cast.report("电梯上下时有异响", who="王秀英", asset="EL-0301-1", leaf="EL04")
    found = words(stranger, link(screen))
    assert found[found.index("红灯") : found.index("红灯") + 3] == ["红灯", "马上处理", "1"]
    row = found[found.index("责任人") + 1 :]
    assert row[:6] == ["红", "未处理", "超 00:01", "龙头/阀门/软管滴漏", "户内 **03", "李敏"]
    page = "".join(found)
    for secret in ("张伟", "138", "1203", "王秀英", "厨房", "异响"):
        assert secret not in page
    assert "今天15分钟响应" in page
    assert "样本不足" in page


def test_a_forged_or_revoked_link_shows_nothing(cast: Cast, screen: Screen, stranger: Client, monkeypatch):
    monkeypatch.setattr(stream, "close_old_connections", lambda: None)  # here the thread is ours
    forged = labels.signed(screen.code)
    assert stranger.get(f"/wall/{forged}/").status_code == 404
    assert stranger.get(link(screen)).status_code == 200
    assert stream.who(stranger.session.session_key) == screen_scope(cast.community.id)
    accounts.revoke(screen, by=cast.scope("赵静"))
    gone = stranger.get(link(screen))
    assert gone.status_code == 404
    assert "这块屏的链接已停用" in gone.content.decode()
    assert "责任人" not in gone.content.decode()
    again = stranger.get(link(screen), headers={"HX-Request": "true"})
    assert (again.status_code, again.headers["HX-Refresh"]) == (404, "true")
    assert stream.who(stranger.session.session_key) is None
    assert list(Entry.objects.filter(subject_type="screen").values_list("verb", flat=True)) == [
        "accounts.screen_hung",
        "accounts.screen_revoked",
    ]


@pytest.mark.parametrize("name", ["李敏", "陈师傅"])
def test_only_supervisors_hang_and_revoke(cast: Cast, screen: Screen, name: str):
    for act in (
        lambda: accounts.hang(cast.community, "大厅", by=cast.scope(name)),
        lambda: accounts.revoke(screen, by=cast.scope(name)),
    ):
        with pytest.raises(Refused, match="您没有这个权限"):
            act()
    assert logged_in(cast.garden.staff[name]).get("/desk/screens/").status_code == 403


def test_a_supervisor_hangs_a_screen_and_takes_it_down(cast: Cast, stranger: Client):
    boss = logged_in(cast.garden.staff["赵静"])
    unnamed = boss.post("/desk/screens/", {"name": " "})
    assert unnamed.status_code == 422
    assert "请写明这块屏挂在哪里" in unnamed.content.decode()
    assert boss.post("/desk/screens/", {"name": "监控室"}).status_code == 302
    screen = Screen.objects.get()
    page = boss.get("/desk/screens/").content.decode()
    assert link(screen) in page
    assert stranger.get(link(screen)).status_code == 200
    assert boss.post(f"/desk/screens/{screen.id}/").status_code == 302
    assert boss.post(f"/desk/screens/{screen.id}/").status_code == 404
    assert stranger.get(link(screen)).status_code == 404


def test_a_screen_has_no_rights_beyond_its_board(cast: Cast, screen: Screen, stranger: Client):
    ticket = cast.report()
    stranger.get(link(screen))
    session = SessionStore(stranger.session.session_key)
    assert session[SCREEN_KEY] == screen.id
    assert scope_of_session(session).kind is Kind.GUEST
    for url in ("/desk/queue/", f"/desk/tickets/{ticket.no}/", "/field/", "/me/"):
        assert stranger.get(url).status_code == 302
    seen = policy.sight(screen_scope(cast.community.id), cast.community.id)
    assert {field: seen.letter(field) for field in policy.SHOWABLE} == dict.fromkeys(policy.SHOWABLE, "M") | {
        field: "-" for field in policy.SHOWABLE if policy.Sight(frozenset({"OUT"})).letter(field) == "-"
    }
    assert list(queries.visible(screen_scope(cast.community.id + 1))) == []


def test_the_screen_hears_that_something_happened_in_its_community_and_nothing_else(cast: Cast):
    ticket, here = cast.report(), cast.community.id
    mine, other = Listener(screen_scope(here)), Listener(screen_scope(here + 1))
    for one in (mine, other):
        one.tell(Change(frozenset({here}), [ticket]))
    assert mine.take() == [("queue", "")]
    assert other.take() == []


def test_figures_count_what_has_fallen_due(cast: Cast):
    scope, here = screen_scope(cast.community.id), cast.community.id
    first, second, third = (cast.report(text) for text in ("水龙头滴漏", "门锁坏了", "灯不亮"))
    cast.at("09:10")
    cast.do("accept", first, "李敏")
    cast.at("09:20")
    cast.do("accept", second, "李敏")
    late = cast.report("马桶堵了")
    midnight = clock.day_start(clock.now())
    day = clock.iso_duration("P1D")
    now = queries.figures(scope, here, midnight, midnight + day)
    assert now.response == Rate(1, 3)
    assert (now.median_s, now.ninetieth_s) == (15 * 60, round(600 + 0.9 * 600))
    assert (now.created, now.finished) == (4, 0)
    cast.do("cancel", third, "李敏", reason="重复")
    assert queries.figures(scope, here, midnight, midnight + day).response == Rate(1, 2)
    hours = queries.arrivals(scope, here, [clock.today()]).day(clock.today())
    assert hours == [0] * 9 + [3] + [0] * 14
    assert late.no


@pytest.mark.parametrize(
    ("rate", "percent", "enough"),
    [(Rate(61, 63), "96.8%", True), (Rate(2, 4), "50.0%", False), (Rate(0, 0), "", False)],
)
def test_a_rate_shows_one_decimal_and_says_when_it_is_too_small(rate, percent, enough):
    assert (rate.percent, rate.enough) == (percent, enough)


def test_the_board_asks_the_database_as_often_for_many_as_for_one(
    cast: Cast, screen: Screen, stranger: Client, django_assert_num_queries, django_assert_max_num_queries
):
    cast.report()
    stranger.get(link(screen))
    with django_assert_max_num_queries(24) as first:
        stranger.get(link(screen))
    for _n in range(8):
        cast.report("走廊灯不亮")
    with django_assert_num_queries(len(first)):
        stranger.get(link(screen))
