"""The way back in a toast, and the steps that had no button: 转报, 改首问, 拆开, tasks of a ruling."""

import re

import pytest

from tests.desk.test_ticket import at, fresh, send, text


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def test_a_step_offers_its_way_back_for_a_while(cast, desk):
    ticket = cast.report()
    send(desk, ticket, "acceptance", next="/desk/queue/")
    page = text(desk.get("/desk/queue/"))
    way = re.search(r'class="toast".*?action="([^"]+)"', page)[1]
    assert way == at(ticket, "undo")
    answer = desk.post(way, {"next": f"/desk/queue/?at={ticket.no}"})
    assert answer.url == f"/desk/queue/?at={ticket.no}"
    assert fresh(ticket).status == "NEW"
    assert f"已撤回　{ticket.no}" in text(desk.get(answer.url))
    assert "撤回“受理”，没有通知任何人" in text(desk.get(at(ticket)))


def test_what_reaches_people_at_once_has_no_way_back(cast, desk):
    ticket = cast.report()
    send(desk, ticket, "escalation", level="1", reason="业主很急")
    page = text(desk.get(at(ticket)))
    assert "已升级" in page
    assert at(ticket, "undo") not in page
    desk.post(at(ticket, "undo"))
    assert "已过8秒" in text(desk.get(at(ticket)))


def test_a_corrected_kind_stands(cast, desk):
    ticket = cast.report()
    send(desk, ticket, "acceptance", leaf="IN01")
    assert at(ticket, "undo") not in text(desk.get(at(ticket)))


def test_the_matter_of_somebody_else_is_passed_on_and_followed(cast, desk):
    ticket = cast.report("小区外面马路上的路灯不亮")
    assert "请填写由谁负责" in text(send(desk, ticket, "referral", org=""))
    send(desk, ticket, "referral", org="供电公司")
    page = text(desk.get(at(ticket)))
    assert "由供电公司负责，已转报并跟进" in page
    assert len(cast.heard("张伟", "T111")) == 1
    assert fresh(ticket).is_open


def test_quality_corrects_who_was_told_first(cast, desk, enter):
    ticket = cast.report()
    assert "改首问" not in text(desk.get(at(ticket)))
    quality = enter(next(name for name in cast.garden.staff if cast.scope(name).has(cast.community.id, "QLT")))
    assert "改首问" in text(quality.get(at(ticket)))
    assert "请选一个人" in text(send(quality, ticket, "first-contact", to="", reason="保安说的"))
    told = cast.garden.staff["孙涛"]
    send(quality, ticket, "first-contact", to=str(told.id), reason="业主说早上告诉过孙涛")
    assert fresh(ticket).first_contact == told
    assert "首问改为孙涛，原未记录" in text(desk.get(at(ticket)))


def test_a_merged_ticket_is_separated_from_its_masters_page(cast, desk):
    master = cast.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    child = cast.report("电梯按钮掉了", who="王秀英", asset="EL-0301-1", leaf="EL04")
    page = text(desk.get(at(master)))
    assert f'action="{at(child, "separation")}"' in page
    send(desk, child, "separation")
    assert fresh(child).master is None
    assert at(child, "separation") not in text(desk.get(at(master)))
    assert f"从{master.no}拆开" in text(desk.get(at(child)))


def test_a_ruling_gives_each_department_its_task_and_the_owner_one_time(cast, desk, enter):
    ticket = cast.report("地库顶上滴水", place="B1")
    cast.do("accept", ticket, "李敏")
    for dept in ("CLN", "SEC", "ENG", "CLN"):
        if fresh(ticket).locked_at is None:
            cast.do(
                "offer", ticket, "周强", dept=dept if dept != fresh(ticket).lead_dept else "GRN", reason="不是我们的"
            )
        if fresh(ticket).locked_at is None:
            cast.do("receive", ticket, "周强")
    send(
        enter("周强"),
        ticket,
        "ruling",
        lead="ENG",
        co=["CLN"],
        lead_task="更换管箍并试压",
        co_task="围挡、吸水垫",
        due="2026-03-02T16:00",
    )
    page = text(desk.get(at(ticket)))
    tasks = page[page.index("部门任务") :]
    assert "对业主只承诺一个时间：16:00" in page
    assert tasks.index("更换管箍并试压") < tasks.index("围挡、吸水垫")
    assert tasks.index("牵头") < tasks.index("协办")
