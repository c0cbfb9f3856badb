"""Every step once, through its page."""

import re
from datetime import timedelta

import pytest

from anju.core import clock
from anju.tickets.models import Ticket
from tests.cast import later
from tests.desk.test_ticket import at, buttons, fresh, send, text

GEO = {"geo": {"lat": 31.0, "lng": 121.0}}


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def test_transfer_and_suspension_and_resumption(cast, desk, enter):
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


def test_suspension_with_a_date_of_its_own(cast, enter):
    ticket = cast.in_progress()
    chief = enter("吴刚")
    past = send(chief, ticket, "suspension", reason="PARTS", resume_at="2026-03-01T09:00")
    assert "恢复时间要晚于现在" in text(past)
    assert 'value="2026-03-01T09:00"' in text(past)
    assert "时间看不懂" in text(send(chief, ticket, "suspension", reason="PARTS", resume_at="明天"))
    assert send(chief, ticket, "suspension", reason="PARTS", resume_at="2026-03-04T09:00").status_code == 302


def test_plan_and_escalation(cast, desk, enter):
    ticket = cast.in_progress()
    assert send(desk, ticket, "escalation", level="1", reason="业主很急").status_code == 302
    assert fresh(ticket).level == 1
    chief = enter("吴刚")
    assert "交方案" in text(chief.get(at(ticket)))
    due = (clock.local(clock.now()) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert send(chief, ticket, "plan", plan_due_at=due, reason="要订配件").status_code == 302
    assert fresh(ticket).plan_due_at is not None


def test_hand_offs(cast, desk, enter):
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


def test_ruling(cast, desk, enter):
    ticket = cast.in_progress()
    Ticket.objects.filter(id=ticket.id).update(locked_at=clock.now())
    page = text(desk.get(at(ticket)))
    assert "转派已锁，等裁定" in page
    manager = enter("周强")
    assert buttons(text(manager.get(at(ticket))))[0] != "裁定!"  # it has no key, but it is the solid one
    assert 'btn-main" href="' + at(ticket, "ruling") in text(manager.get(at(ticket)))
    assert send(manager, ticket, "ruling", lead="ENG", co=["CLN"], text="工程牵头").status_code == 302
    assert fresh(ticket).ruling["co"] == ["CLN"]


def test_merger_shows_on_both(cast, desk):
    master, twin = cast.report("水管漏水"), cast.report("水管还在漏")
    assert send(desk, twin, "merger", master=f" {master.no} ").status_code == 302
    assert f"已并入{master.no}" in text(desk.get(at(twin)))
    assert "合并进来 1件" in text(desk.get(at(master)))


def test_finish_confirmed_by_call_and_closed(cast, desk):
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


def test_rejected_and_reopened(cast, desk, enter):
    ticket = cast.in_progress()
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    assert send(desk, ticket, "rejection", reason="还在漏").status_code == 302
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    cast.do("confirm", ticket, "李敏", call_id="C1")
    cast.do("close", ticket, "李敏")
    assert send(enter("郑洁"), ticket, "reopening", reason="业主说又漏了").status_code == 302
    assert fresh(ticket).reopen_count == 2


def test_urging_too_soon_is_barred_with_the_time(cast, desk):
    ticket = cast.report()
    assert send(desk, ticket, "urging").status_code == 302
    assert "09:30以后可以再催" in text(desk.get(at(ticket)))
    assert "请在30分钟后再催办" in text(send(desk, ticket, "urging"))


def test_answered_and_noted_for_the_owner(cast, desk):
    ticket = cast.report("请问物业费怎么交")
    assert send(desk, ticket, "note", text="已回电说明", to="owner").status_code == 302
    assert "回复业主" in text(desk.get(at(ticket)))
    assert send(desk, ticket, "answer", text="可以在小程序里缴费，也可以到前台刷卡").status_code == 302
    assert fresh(ticket).status == "PENDING_VISIT"


def test_a_late_entry_is_proved(cast, enter):
    ticket = cast.report(who="李敏", place="GARDEN", reported_at=clock.now() - timedelta(hours=2))
    chief = enter("周强")
    assert "补录核实" in text(chief.get(at(ticket)))
    assert send(chief, ticket, "late-proof", call_id="C-9").status_code == 302
    assert "补录核实" not in text(chief.get(at(ticket)))


def test_consent_to_a_price_heard_on_the_phone(cast, desk):
    ticket = cast.in_progress()
    lines = [{"name": "阀芯", "kind": "material", "fen": 4500}, {"name": "人工", "kind": "labour", "fen": 8000}]
    cast.do("quote", ticket, "陈师傅", lines=lines)
    page = text(desk.get(at(ticket)))
    assert "125.00元" in page
    assert "记报价答复" in page
    assert send(desk, ticket, "consent", agrees="yes").status_code == 302
    assert fresh(ticket).quotes.get().state == "CONFIRMED"
