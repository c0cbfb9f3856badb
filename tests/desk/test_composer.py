"""The composer: its two faces, what it says before, what the story shows afterwards; and the worker's letter."""

import re

import pytest

from anju.notify.models import Delivery
from anju.tickets.models import Ticket
from tests.desk.conftest import at_home
from tests.desk.test_ticket import at, send, text


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def faces(page):
    """The faces of the composer, the open one marked."""
    form = page[page.index('class="write"') :]
    found = re.findall(r'name="to" value="(\w*)"( checked)?', form)
    return [name + ("!" if checked else "") for name, checked in found]


def way(page):
    return re.search(r'hint"><span class="to-owner">([^<]*)<', page)[1]


def test_the_page_opens_to_the_owner_and_the_box_to_colleagues(cast, desk, enter):
    ticket = cast.report()
    page = text(desk.get(at(ticket)))
    assert faces(page) == ["owner!", ""]
    assert way(page) == "原文在进度页，微信通知，没送到改短信"
    assert faces(text(desk.get(at(ticket, "note"), headers={"HX-Request": "true"}))) == ["owner", "!"]
    cast.do("cancel", ticket, "张伟")
    assert faces(text(desk.get(at(ticket)))) == ["!"]


def test_what_is_sent_stands_in_the_story_with_its_fate(cast, desk):
    ticket = cast.report()
    assert send(desk, ticket, "note", to="owner", text="师傅已关小阀门，仍按16:00前完工").status_code == 302
    cast.at("09:01")
    page = text(desk.get(at(ticket)))
    story = page[page.index("回复业主 <span") :]
    assert re.match(
        r"回复业主 <span class=\"meta\">微信 09:0\d送达[^<]*</span></p><div class=\"say\">师傅已关小阀门", story
    )
    assert page.count("给您写了答复") == 0, "one knot, not two"
    assert "T123" not in page


def test_a_letter_that_did_not_arrive_and_one_that_waits_are_told_apart(cast, enter):
    cast.freeze("accept", "dispatch")
    ticket = cast.report()
    Ticket.objects.filter(id=ticket.id).update(reporter_wechat=False)
    cast.do("reply", ticket, "李敏", reply_text="第一句")
    cast.at("22:30")
    cast.do("reply", ticket, "王芳", reply_text="第二句")
    first = Delivery.objects.filter(template="T123").order_by("id")[0]
    Delivery.objects.filter(id=first.id).update(state="FAILED", reason="REFUSED", delivered_at=None)
    page = text(enter("李敏").get(at(ticket)))
    assert re.search(
        r"没有送到</span> <span class=\"meta\">短信 发送失败（运营商回执失败）</span></p><div class=\"say\">第一句",
        page,
    )
    assert re.search(r"<span class=\"meta\">短信 明 08:00发</span></p><div class=\"say\">第二句", page)
    assert way(page) == "原文在进度页，短信通知他来看，今天还能发4条，夜间免打扰，明 08:00发"


def test_without_a_number_it_says_so_before_and_after(cast, desk):
    ticket = cast.report(who="李敏", phone="")
    assert way(text(desk.get(at(ticket)))) == "没有联系方式，他打开进度页才看得到"
    send(desk, ticket, "note", to="owner", text="已安排")
    assert "回复业主，没有留联系方式，只在进度页上" in text(desk.get(at(ticket)))


@pytest.mark.parametrize("face", ["owner", ""])
def test_what_was_typed_stays_when_it_cannot_be_sent(cast, desk, face):
    ticket = cast.report()
    answer = send(desk, ticket, "note", to=face, text="长" * 1001)
    page = text(answer)
    assert (answer.status_code, "长" * 1001 in page, Delivery.objects.filter(template="T123").count()) == (422, True, 0)
    assert faces(page)[0 if face else 1] == f"{face}!"


def test_an_internal_remark_reaches_nobody(cast, desk):
    ticket = cast.report()
    before = Delivery.objects.count()
    send(desk, ticket, "note", text="业主急，别拖")
    page = text(desk.get(at(ticket)))
    assert "业主急，别拖" in page
    assert Delivery.objects.count() == before


def test_the_owner_reads_it_on_his_page(cast, desk):
    ticket = cast.report()
    send(desk, ticket, "note", to="owner", text="请留门，师傅13800005678联系您")
    page = text(at_home(cast.garden.people["张伟"]).get(f"/me/tickets/{ticket.no}/"))
    assert "客服答复" in page
    assert "请留门" in page


def test_the_worker_gets_his_letter_with_c(cast, desk, enter):
    ticket = cast.report()
    assert "联系师傅" not in text(desk.get(at(ticket, "peek")))
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    assert re.search(r'data-key="c">\s*联系师傅', text(desk.get(at(ticket, "peek"))))
    assert send(desk, ticket, "contact", text="业主3点要出门").status_code == 302
    assert "联系陈师傅" in text(desk.get(at(ticket)))
    job = text(enter("陈师傅").get(f"/field/tickets/{ticket.no}/"))
    assert "李敏：业主3点要出门" in job


def test_a_department_ticks_its_task_on_the_page(cast, desk, enter):
    ticket = cast.in_progress()
    ruling = {"lead": "ENG", "co": ["CLN"], "subtasks": [{"dept": "CLN", "text": "围挡、吸水垫"}]}
    Ticket.objects.filter(id=ticket.id).update(ruling=ruling)
    assert 'name="task"' not in text(desk.get(at(ticket))), "it is not hers"
    manager = enter("何勇")
    assert 'name="task" value="0"' in text(manager.get(at(ticket)))
    assert send(manager, ticket, "task", task="0", done="1").status_code == 302
    page = text(desk.get(at(ticket)))
    assert re.search(r'<li class="done">.*围挡、吸水垫.*何勇 \d\d:\d\d ✓', page)
    assert "环境部做完了自己的任务" in page
    assert send(desk, ticket, "task", task="1", done="1").status_code == 422
