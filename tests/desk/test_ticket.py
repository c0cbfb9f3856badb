"""One ticket at the desk: what it shows, what may be done, and two people at once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anju.core import clock
from anju.tickets.models import Ticket
from tests.cast import later

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
    assert max(few) <= 20


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
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["受理!", "备注", "升级"]
    cast.do("accept", ticket, "李敏")
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["派单!", "备注", "升级"]
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    assert buttons(text(desk.get(at(ticket, "peek")))) == ["转派", "备注", "升级"]
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


class TestTheRest:
    """Every other step once, through its page."""

    def test_transfer_and_suspension_and_resumption(self, cast, desk, enter):
        ticket = cast.report()
        cast.do("accept", ticket, "李敏")
        cast.do("dispatch", ticket, "李敏", to="陈师傅")
        assert "现在没有合适的人在岗" in text(desk.get(at(ticket, "transfer")))
        cast.do("take", ticket, "陈师傅", eta=30)
        cast.do("start", ticket, "陈师傅", proof=GEO)
        cast.do("suspend", ticket, "陈师傅", reason="PARTS", resume_at=later(days=2))
        chief = enter("吴刚")
        page = text(chief.get(at(ticket)))
        assert "陈师傅申请挂起：等待配件，到3月4日 09:00。等主管批准" in page
        assert buttons(page)[0] == "挂起!"
        assert "按申请批准" in text(chief.get(at(ticket, "suspension")))
        assert send(chief, ticket, "suspension", reason="").status_code == 302
        assert fresh(ticket).status == "SUSPENDED"
        assert "挂起中：等待配件，3月4日 09:00自动恢复" in text(desk.get(at(ticket)))
        assert send(desk, ticket, "resumption").status_code == 302
        assert fresh(ticket).status == "IN_PROGRESS"

    def test_suspension_with_a_date_of_its_own(self, cast, enter):
        ticket = cast.in_progress()
        chief = enter("吴刚")
        past = send(chief, ticket, "suspension", reason="PARTS", resume_at="2026-03-01T09:00")
        assert "恢复时间要晚于现在" in text(past)
        assert 'value="2026-03-01T09:00"' in text(past)
        assert "时间看不懂" in text(send(chief, ticket, "suspension", reason="PARTS", resume_at="明天"))
        assert send(chief, ticket, "suspension", reason="PARTS", resume_at="2026-03-04T09:00").status_code == 302

    def test_plan_and_escalation(self, cast, desk, enter):
        ticket = cast.in_progress()
        assert send(desk, ticket, "escalation", level="1", reason="业主很急").status_code == 302
        assert fresh(ticket).level == 1
        chief = enter("吴刚")
        assert "交方案" in text(chief.get(at(ticket)))
        due = (clock.local(clock.now()) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        assert send(chief, ticket, "plan", plan_due_at=due, reason="要订配件").status_code == 302
        assert fresh(ticket).plan_due_at is not None

    def test_hand_offs(self, cast, desk, enter):
        ticket = cast.in_progress()
        assert send(desk, ticket, "handoff", dept="CLN", reason="像冷凝水").status_code == 302
        manager = enter("周强")
        assert "接收" in text(manager.get(at(ticket)))
        proof = {"reason": "不是冷凝水", "evidence": "照片两张"}
        assert send(manager, ticket, "refusal", **proof).status_code == 302
        assert send(desk, ticket, "handoff", dept="SEC", reason="请秩序看").status_code == 302
        assert send(manager, ticket, "receipt").status_code == 302
        assert fresh(ticket).lead_dept == "SEC"
        legs = re.findall(r"<li[^>]*><b>([^<　]+)　", text(desk.get(at(ticket))))
        assert legs == ["客服部", "工程部", "秩序部"]

    def test_ruling(self, cast, desk, enter):
        ticket = cast.in_progress()
        Ticket.objects.filter(id=ticket.id).update(locked_at=clock.now())
        page = text(desk.get(at(ticket)))
        assert "转派已锁，等裁定" in page
        manager = enter("周强")
        assert buttons(text(manager.get(at(ticket))))[0] != "裁定!"  # it has no key, but it is the solid one
        assert 'btn-main" href="' + at(ticket, "ruling") in text(manager.get(at(ticket)))
        assert send(manager, ticket, "ruling", lead="ENG", co=["CLN"], text="工程牵头").status_code == 302
        assert fresh(ticket).ruling["co"] == ["CLN"]

    def test_merger_shows_on_both(self, cast, desk):
        master, twin = cast.report("水管漏水"), cast.report("水管还在漏")
        assert send(desk, twin, "merger", master=f" {master.no} ").status_code == 302
        assert f"已并入{master.no}" in text(desk.get(at(twin)))
        assert "合并进来 1件" in text(desk.get(at(master)))

    def test_finish_confirmed_by_call_and_closed(self, cast, desk):
        ticket = cast.in_progress()
        cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
        assert "更换阀芯" in text(desk.get(at(ticket)))
        assert "请填写通话记录编号" in text(send(desk, ticket, "confirmation"))
        assert send(desk, ticket, "confirmation", call_id="C-20260302-7").status_code == 302
        Ticket.objects.filter(id=ticket.id).update(visit_due=True)
        assert "还有回访没做" in text(desk.get(at(ticket)))
        assert "还有回访没做，做完才能关闭" in text(send(desk, ticket, "closure"))
        Ticket.objects.filter(id=ticket.id).update(visit_due=False)
        assert send(desk, ticket, "closure").status_code == 302

    def test_rejected_and_reopened(self, cast, desk, enter):
        ticket = cast.in_progress()
        cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
        assert send(desk, ticket, "rejection", reason="还在漏").status_code == 302
        cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
        cast.do("confirm", ticket, "李敏", call_id="C1")
        cast.do("close", ticket, "李敏")
        assert send(enter("郑洁"), ticket, "reopening", reason="业主说又漏了").status_code == 302
        assert fresh(ticket).reopen_count == 2

    def test_urging_too_soon_is_barred_with_the_time(self, cast, desk):
        ticket = cast.report()
        assert send(desk, ticket, "urging").status_code == 302
        assert "09:30以后可以再催" in text(desk.get(at(ticket)))
        assert "请在30分钟后再催办" in text(send(desk, ticket, "urging"))

    def test_answered_and_noted_for_the_owner(self, cast, desk):
        ticket = cast.report("请问物业费怎么交")
        assert send(desk, ticket, "note", text="已回电说明", visible="1").status_code == 302
        assert "备注，业主可见" in text(desk.get(at(ticket)))
        assert send(desk, ticket, "answer", text="可以在小程序里缴费，也可以到前台刷卡").status_code == 302
        assert fresh(ticket).status == "PENDING_VISIT"

    def test_a_late_entry_is_proved(self, cast, enter):
        ticket = cast.report(who="李敏", place="GARDEN", reported_at=clock.now() - timedelta(hours=2))
        chief = enter("周强")
        assert "补录核实" in text(chief.get(at(ticket)))
        assert send(chief, ticket, "late-proof", call_id="C-9").status_code == 302
        assert "补录核实" not in text(chief.get(at(ticket)))

    def test_consent_to_a_price_heard_on_the_phone(self, cast, desk):
        ticket = cast.in_progress()
        lines = [{"name": "阀芯", "kind": "material", "fen": 4500}, {"name": "人工", "kind": "labour", "fen": 8000}]
        cast.do("quote", ticket, "陈师傅", lines=lines)
        page = text(desk.get(at(ticket)))
        assert "125.00元" in page
        assert "记报价答复" in page
        assert send(desk, ticket, "consent", agrees="yes").status_code == 302
        assert fresh(ticket).quotes.get().state == "CONFIRMED"
