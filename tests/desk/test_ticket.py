"""One ticket at the desk: what it shows, what may be done, and two people at once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.tickets.models import Ticket

GEO = {"geo": {"lat": 31.0, "lng": 121.0}}


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def text(answer):
    return answer.content.decode()


def at(ticket, noun=""):
    return f"/desk/tickets/{ticket.no}/{noun}/" if noun else f"/desk/tickets/{ticket.no}/"


def send(client, ticket, noun, **fields):
    return client.post(at(ticket, noun), {"version": str(fresh(ticket).version), **fields})


def fresh(ticket):
    return Ticket.objects.get(id=ticket.id)


def buttons(page):
    """Labels of the steps on offer, the solid one marked."""
    found = re.findall(r'class="btn( btn-main)?"[^>]*data-key="\w"[^>]*>\s*([^\s<]+)', page)
    return [label + ("!" if main else "") for main, label in found]


def test_the_page_shows_where_it_stands_and_who_holds_it(cast, desk):
    ticket = cast.report("厨房水龙头一直滴漏，电话13800005678", photos=[cast.photo()])
    page = text(desk.get(at(ticket)))
    for words in ("在时限内", "龙头/阀门/软管滴漏", "张*", "138****5678", "**03", "水龙头", "报修照片 1张", "客服部"):
        assert words in page
    for secret in ("13800005678", "张伟", "1203"):
        assert secret not in page
    assert f'src="/files/{ticket.photos.get().file.token}?edge=160"' in page


@pytest.mark.parametrize("noun", ["", "peek"])
def test_text_from_people_is_text(cast, desk, noun):
    ticket = cast.report('<img src=x onerror=alert(1)>"><script>alert(2)</script>')
    cast.do("note", ticket, "李敏", note_text="<script>alert(3)</script>")
    page = text(desk.get(at(ticket, noun)))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in page


def test_statements_do_not_grow_with_the_story(cast, desk):
    ticket = cast.report()

    def count(url):
        with CaptureQueriesContext(connection) as seen:
            desk.get(url)
        return len(seen)

    few = [count(at(ticket)), count(at(ticket, "peek"))]
    for number in range(8):
        cast.do("note", ticket, "王芳", note_text=f"第{number}条")
    assert [count(at(ticket)), count(at(ticket, "peek"))] == few
    assert max(few) <= 16


def test_the_story_has_messages_with_their_fate_and_can_be_filtered(cast, desk):
    ticket = cast.report()
    cast.at("09:15:01")
    cast.do("note", ticket, "李敏", note_text="已打电话给业主")
    page = text(desk.get(at(ticket)))
    assert re.search(r"微信 09:00送达　T101", page)
    assert "热线400-800-1234" in page
    assert "“响应”超时" in page
    inner = text(desk.get(at(ticket) + "?show=inner"))
    assert "已打电话给业主" in inner
    assert "“响应”超时" not in inner


def test_one_step_is_solid_and_it_is_the_next_one(cast, desk, enter):
    ticket = cast.report()
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["受理!", "备注", "升级", "改类别"]
    cast.do("accept", ticket, "李敏")
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["派单!", "备注", "升级", "改类别"]
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["联系师傅!", "转派", "备注", "升级", "改类别"]
    question = cast.report("请问物业费怎么交")
    assert buttons(text(desk.get(at(question, "peek"))))[0] == "直接答复!"
    assert "受理" not in buttons(text(enter("郑洁").get(at(ticket))))


def test_accept_dispatch_and_back_to_the_list(cast, desk):
    ticket = cast.report()
    peek = desk.get(at(ticket, "peek"), headers={"HX-Current-URL": "http://testserver/desk/queue/?view=new&at=x"})
    back = re.search(r'name="next" value="([^"]+)"', text(peek))[1].replace("&amp;", "&")
    assert back == f"/desk/queue/?view=new&at={ticket.no}"
    answer = send(desk, ticket, "acceptance", next=back)
    assert (answer.status_code, answer.url) == (302, back)
    assert fresh(ticket).status == "ACCEPTED"
    page = text(desk.get(back))
    assert f"已受理　{ticket.no}" in page

    dialog = text(desk.get(at(ticket, "assignment"), headers={"HX-Request": "true"}))
    names = re.findall(r"<span>(\S+?)　在岗　手上", dialog)
    assert names == ["陈师傅"]
    assert "马师傅　不在岗" in dialog
    chosen = re.search(r'name="to" value="(\d+)"[^>]* checked', dialog)[1]
    assert send(desk, ticket, "assignment", to=chosen).status_code == 302
    assert fresh(ticket).handler.name == "陈师傅"


def test_pressed_twice_is_done_once(cast, desk):
    ticket = cast.report()
    form = {"text": "打过电话", "once": "same-key-123456", "version": "0"}
    for _press in range(2):
        assert desk.post(at(ticket, "note"), form).status_code == 302
    assert fresh(ticket).event_seq == ticket.event_seq + 1
    other = desk.post(at(ticket, "note"), {**form, "text": "别的话"})
    assert other.status_code == 422
    assert "同一个提交编号用于了不同内容" in text(other)


def test_somebody_else_was_quicker(cast, desk):
    ticket = cast.report()
    seen = ticket.version
    cast.at("09:05")
    cast.do("accept", ticket, "王芳")
    answer = desk.post(at(ticket, "acceptance"), {"version": seen}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "王芳09:05已操作这一单：受理。您写的内容还在" in text(answer)

    cast.at("09:06")
    cast.do("cancel", ticket, "王芳", reason="重复")
    typed = {"version": fresh(ticket).version - 1, "level": "1", "reason": "业主很急，催了三次"}
    answer = desk.post(at(ticket, "escalation"), typed)
    assert answer.status_code == 422
    assert "王芳09:06已操作这一单：撤销" in text(answer)
    assert "业主很急，催了三次</textarea>" in text(answer)


def test_clocks_and_remarks_in_between_are_no_collision(cast, desk):
    ticket = cast.report()
    seen = ticket.version
    cast.do("note", ticket, "王芳", note_text="业主又来电")
    cast.at("09:15:01")
    assert fresh(ticket).version > seen
    assert desk.post(at(ticket, "acceptance"), {"version": seen}).status_code == 302
    assert fresh(ticket).status == "ACCEPTED"


@pytest.mark.parametrize(
    ("noun", "fields", "words"),
    [
        ("classification", {}, "请先选择类别"),
        ("classification", {"leaf": "QQ01"}, "没有这个类别"),
        ("answer", {"text": "好的"}, "答复至少写10个字"),
        ("escalation", {"level": "1"}, "请说明原因"),
        ("merger", {"master": "260302-9999"}, "没有找到这一单"),
        ("cancellation", {}, "请说明原因"),
        ("handoff", {"dept": "CLN"}, "请说明为什么转给他们"),
        ("note", {"text": " \u200b "}, "请先写内容"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(cast, desk, noun, fields, words):
    ticket = cast.report("请问物业费怎么交")
    answer = send(desk, ticket, noun, **fields)
    assert answer.status_code == 422
    page = text(answer)
    assert page.count(words) >= 1
    assert "<title>有误：" in page
    for value in fields.values():
        if value.strip(" \u200b") and value != "QQ01":
            assert value in page
    assert fresh(ticket).version == ticket.version


def test_a_kind_that_nobody_knows_is_chosen_before_accepting(cast, desk):
    ticket = cast.report("那个东西")
    assert ticket.leaf_code == "ZZ99"
    assert 'hx-get="/desk/tickets/' in re.search(r"<a [^>]*acceptance[^>]*>", text(desk.get(at(ticket, "peek"))))[0]
    assert "请先选择类别" in text(send(desk, ticket, "acceptance"))
    assert send(desk, ticket, "acceptance", leaf="PW03").status_code == 302
    assert fresh(ticket).leaf_code == "PW03"


def test_leaves_are_found_by_words_and_the_chosen_one_stays(desk):
    found = text(desk.get("/desk/leaves/?find=水龙头&leaf=PE02"))
    assert re.findall(r'value="(\w{4})"', found)[0] == "PE02"
    assert 'value="IN04"' in found
    assert 'value="EL05"' not in found
    assert "没有这样的类别" in text(desk.get("/desk/leaves/?find=飞碟"))
