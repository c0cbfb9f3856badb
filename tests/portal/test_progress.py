"""The page of a ticket for its reporter: promises, the way, and what he may do."""

import pytest
from django.test import Client

from anju.core import clock
from anju.feedback.models import Rating
from tests.desk.conftest import at_home
from tests.portal.conftest import once, text

PROMISE = 'class="promise'


def page(client, ticket):
    return text(client.get(f"/me/tickets/{ticket.no}/"))


def step(client, ticket, name, **fields):
    return client.post(f"/me/tickets/{ticket.no}/{name}/", {"once": f"{name}-once", **fields})


def promise(found):
    return found[found.index(PROMISE) : found.index("</header>", found.index(PROMISE))]


@pytest.fixture
def ticket(cast):
    cast.freeze("accept", "dispatch")
    return cast.report("厨房水龙头一直滴漏，关紧了也不行", photos=[cast.photo()])


def taken(cast, ticket):
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    return cast.do("take", ticket, "陈师傅", eta=30)


def finished(cast, ticket):
    taken(cast, ticket)
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    return cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])


def test_the_promise_follows_the_work(cast, ticket, zhang):
    assert "09:15前有人回应" in promise(page(zhang, ticket))
    taken(cast, ticket)
    assert "陈师傅正在来" in promise(page(zhang, ticket))
    assert "09:30前到您家" in promise(page(zhang, ticket))
    cast.do("start", ticket, "陈师傅", photo=cast.photo())
    assert "陈师傅正在处理" in promise(page(zhang, ticket))
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    assert "3月4日 09:00前没有回复，就算确认" in promise(page(zhang, ticket))


def test_what_is_late_is_said(cast, ticket, zhang):
    cast.at("09:15:01")
    assert "比承诺晚了" in promise(page(zhang, ticket))
    taken(cast, ticket)
    cast.at("09:50")
    assert "比约定晚了" in promise(page(zhang, ticket))
    cast.do("delay", ticket, "陈师傅", eta=clock.parse("2026-03-02T10:30:00"), reason="上一户没完")
    found = page(zhang, ticket)
    assert "10:30前到您家" in promise(found)
    assert "时间改过" in promise(found)
    assert "上一户没完，改为10:30前" in found
    cast.at("03-03 09:00:01")
    assert "主管吴刚已在跟进" in promise(page(zhang, ticket))


def test_a_wait_has_a_reason_and_an_end(cast, ticket, zhang):
    taken(cast, ticket)
    cast.do("suspend", ticket, "陈师傅", reason="OWNER", resume_at=clock.parse("2026-03-03T09:00:00"))
    assert "等待业主时间" in promise(page(zhang, ticket))
    assert "明 09:00前恢复" in promise(page(zhang, ticket))


def test_inner_notes_never_show(cast, ticket, zhang):
    cast.do("note", ticket, "李敏", note_text="业主态度差")
    cast.do("note", ticket, "李敏", note_text="师傅下午来", visible=True)
    found = page(zhang, ticket)
    assert "业主态度差" not in found
    assert "师傅下午来" in found


def test_before_and_after_stand_side_by_side(cast, ticket, zhang):
    finished(cast, ticket)
    found = page(zhang, ticket)
    assert found.index("修前 09:00") < found.index("修后 09:00")


def test_he_adds_urges_and_cancels(cast, ticket, zhang):
    assert "还有什么要告诉师傅的" in text(zhang.get(f"/me/tickets/{ticket.no}/note/"))
    assert step(zhang, ticket, "note", words="").status_code == 422
    step(zhang, ticket, "note", words="下午2点后在家")
    assert "下午2点后在家" in page(zhang, ticket)
    step(zhang, ticket, "urge")
    answer = zhang.post(f"/me/tickets/{ticket.no}/urge/", {"once": once("z")}, follow=True)
    assert "请在30分钟后再催办" in text(answer)
    step(zhang, ticket, "cancel", words="")
    ticket.refresh_from_db()
    assert (ticket.urge_count, ticket.status) == (1, "CANCELLED")
    assert "已撤销" in promise(page(zhang, ticket))


def test_a_second_press_does_it_once(ticket, zhang):
    for _ in range(2):
        step(zhang, ticket, "note", words="狗在院子里")
    assert page(zhang, ticket).count("狗在院子里") == 1


def test_he_agrees_to_a_price(cast, ticket, zhang):
    taken(cast, ticket)
    assert "报价，等您点头" not in page(zhang, ticket)
    cast.do("quote", ticket, "陈师傅", lines=[{"name": "阀芯", "kind": "material", "fen": 5800}])
    assert "58.00" in page(zhang, ticket)
    step(zhang, ticket, "agree")
    assert "您同意了报价" in page(zhang, ticket)
    answer = zhang.post(f"/me/tickets/{ticket.no}/disagree/", {"once": once("q")}, follow=True)
    assert "报价已失效" in text(answer)


def test_stars_confirm_and_close(cast, ticket, zhang):
    finished(cast, ticket)
    url = f"/me/tickets/{ticket.no}/rating/"
    assert "请点1到5颗星" in text(zhang.post(url, {"once": once()}))
    zhang.post(url, {"once": once(), "stars": "5", "chips": ["FIXED", "RUDE"], "text": "很好"})
    ticket.refresh_from_db()
    rating = Rating.objects.get(ticket=ticket)
    assert (ticket.status, rating.stars, rating.chips, rating.text) == ("CLOSED", 5, ["FIXED"], "很好")
    assert "改评价" in page(zhang, ticket)
    cast.at("03-03 09:00:01")
    assert "改评价" not in page(zhang, ticket)
    assert "评价时间已过" in text(zhang.post(url, {"once": once("l"), "stars": "1"}, follow=True))


def test_low_stars_say_who_calls(cast, ticket, zhang):
    finished(cast, ticket)
    zhang.post(f"/me/tickets/{ticket.no}/rating/", {"once": once(), "stars": "1"})
    assert "我们会给您打电话" in promise(page(zhang, ticket))


def test_not_mended_goes_back_and_reopening_has_its_week(cast, ticket, zhang):
    finished(cast, ticket)
    step(zhang, ticket, "reject", words="还在滴")
    assert "您说还没修好" in page(zhang, ticket)
    cast.do("finish", ticket, "陈师傅", result="再换一次阀芯", photos=[cast.photo()])
    step(zhang, ticket, "confirm")
    zhang.post(f"/me/tickets/{ticket.no}/rating/", {"once": once("s"), "stars": "4"})
    cast.at("03-03 12:00")
    assert "又坏了，重开" in page(zhang, ticket)
    step(zhang, ticket, "reopen", words="又滴了")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reopen_count) == ("ACCEPTED", 2)


def test_a_reopening_after_a_week_is_refused_in_words(cast, ticket, zhang):
    finished(cast, ticket)
    zhang.post(f"/me/tickets/{ticket.no}/rating/", {"once": once("s"), "stars": "4"})
    cast.at("03-10 09:00")
    assert "已超过7天" in text(step(zhang, ticket, "reopen", words="又滴了"))


@pytest.mark.parametrize("name", ["nonsense", "accept", "close"])
def test_there_are_no_other_steps(ticket, zhang, name):
    assert step(zhang, ticket, name).status_code == 404


def test_buttons_have_no_page_of_their_own(ticket, zhang):
    assert zhang.get(f"/me/tickets/{ticket.no}/urge/").status_code == 404


def test_others_see_nothing(cast, ticket):
    stranger = at_home(cast.garden.people["王秀英"])
    for url in (f"/me/tickets/{ticket.no}/", f"/me/tickets/{ticket.no}/note/"):
        assert stranger.get(url).status_code == 404
    assert step(stranger, ticket, "cancel").status_code == 404
    assert Client().get(f"/me/tickets/{ticket.no}/").url.startswith("/me/login/?next=")
    ticket.refresh_from_db()
    assert ticket.status == "NEW"
