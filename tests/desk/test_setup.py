"""The set-up guide: seven steps, each done when the register shows it; and the way in of a new member of staff."""

import argparse
import re

import pytest
from django.test import Client

from anju.accounts.models import Invitation, Membership, Staff
from anju.cli import setup
from anju.core.scope import SYSTEM
from anju.estate import importing
from anju.estate.models import Community, Label
from anju.notify.models import Delivery
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from tests.estate.test_importing import DATA

ACCOUNT = {"name": "周强", "login": "周强", "password": "gut-genug-1", "again": "gut-genug-1"}


@pytest.fixture
def manager(db, capsys, settings) -> Client:
    """The first manager of an empty office, as the command and the link made him."""
    parser = argparse.ArgumentParser()
    setup.arguments(parser)
    assert setup.run(parser.parse_args(["阳光花园"])) == 0
    code = capsys.readouterr().out.strip().rsplit("/", 2)[-2]
    settings.ANJU_SECOND_STEP = frozenset()  # the journey in the browser takes it
    client = Client()
    assert "还没有任何账号" in client.get("/login/").content.decode()
    answer = client.post(f"/invite/{code}/", ACCOUNT)
    assert answer.url == "/desk/setup/"
    return client


def done(client: Client) -> list[str]:
    """The steps that are ticked."""
    html = client.get("/desk/setup/").content.decode()
    return re.findall(r"<li class=\"sheet guide-done\".*?<h2>(.+?)</h2>", html, re.DOTALL)


def test_seven_steps(manager):
    assert done(manager) == []
    answer = manager.post("/desk/setup/facts/", {"name": "阳光花园", "hotline": ""})
    assert (answer.status_code, "这个字段是必填项" in answer.content.decode()) == (422, True)
    manager.post("/desk/setup/facts/", {"name": "阳光花园", "hotline": "0571-88888888", "sign": "阳光物业"})
    village = Community.objects.get()
    name = "花名册-合并单元格.xlsx"
    importing.apply(importing.load((DATA / name).read_bytes(), name), village, by=SYSTEM)
    assert done(manager) == ["小区", "房屋和住户"]
    for name, job in (("李敏", "agent"), ("陈师傅", "plumber")):
        manager.post("/desk/setup/invitations/", {"name": name, "job": job})
    manager.post("/desk/roster/standard/", {"next": "setup"})
    assert done(manager) == ["小区", "房屋和住户", "员工", "岗位和技能"]
    manager.post("/desk/setup/places/")
    assert sorted(label.place.name for label in Label.objects.all()) == ["3栋1单元", "3栋2单元", "5栋1单元"]
    manager.post("/desk/setup/places/")
    at = Label.objects.first().place_id
    for sent in (
        {"name": "1号电梯", "kind": "电梯", "at": at},
        {"name": "东门", "kind": "出入口"},
        {"name": "", "kind": "大堂"},
    ):
        manager.post("/desk/setup/places/new/", sent)
    assert Label.objects.count() == 5
    manager.post("/desk/setup/test/")
    assert (Ticket.objects.get().channel_ref, done(manager)[-1]) == ("setup", "试报一件")
    real = tickets.report(tickets.Report(community=village, text="厨房漏水", channel="staff"), by=SYSTEM)
    assert len(done(manager)) == 6 + (real.status != "NEW")
    Ticket.objects.filter(id=real.id).update(status="ACCEPTED")
    assert len(done(manager)) == 7
    assert "全部完成" in manager.get("/desk/setup/").content.decode()
    assert manager.get("/desk/setup/?step=staff").status_code == 200


def test_an_invitation_by_link_and_by_sms(manager):
    manager.post("/desk/setup/facts/", {"name": "阳光花园", "hotline": "0571-88888888", "sign": "阳光物业"})
    sent = {"name": "陈师傅", "job": "plumber", "phone": "13800001111", "sms": "on"}
    assert manager.post("/desk/setup/invitations/", sent | {"phone": "1380000"}).status_code == 422
    manager.post("/desk/setup/invitations/", sent)
    link = re.search(r"/invite/([a-z0-9-]+)/", manager.get("/desk/setup/?step=staff").content.decode())
    assert link
    row = Delivery.objects.get(template="T910")
    assert (row.address, link[1] in row.body) == ("13800001111", True)
    newcomer = Client()
    assert newcomer.post("/invite/", {"code": "nonsense"}).status_code == 422
    assert newcomer.post("/invite/", {"code": f" {link[1].upper()} "}).url == f"/invite/{link[1]}/"
    page = newcomer.get(f"/invite/{link[1]}/").content.decode()
    assert "陈师傅" in page
    assert newcomer.post(f"/invite/{link[1]}/", ACCOUNT | {"again": "x"}).status_code == 422
    good = ACCOUNT | {"name": "陈师傅", "login": "陈"}
    assert newcomer.post(f"/invite/{link[1]}/", good).url == "/field/"
    assert Client().get(f"/invite/{link[1]}/").status_code == 410
    assert Membership.objects.get(staff__login="陈").roles == ["WK"]
    held = Membership.objects.get(staff__login="陈")
    manager.post(f"/desk/setup/skills/{held.staff_id}/", {"job": "electrician"})
    held.refresh_from_db()
    assert "PE01" in held.skills


def test_renew_and_withdraw(manager):
    manager.post("/desk/setup/invitations/", {"name": "李敏", "job": "agent"})
    row = Invitation.objects.get(name="李敏")
    digest = row.digest
    manager.post(f"/desk/setup/invitations/{row.id}/", {"renew": "1"})
    row.refresh_from_db()
    assert row.digest != digest
    manager.post(f"/desk/setup/invitations/{row.id}/", {"withdraw": "1"})
    assert manager.post(f"/desk/setup/invitations/{row.id}/", {"withdraw": "1"}).status_code == 404
    assert "李敏" not in manager.get("/desk/setup/?step=staff").content.decode()


def test_who_may_set_up_and_who_is_led_there(cast, enter):
    assert enter("李敏").get("/desk/setup/").status_code == 403
    assert enter("周强").get("/login/").url == "/desk/queue/"
    head = enter("赵静")
    assert "邀请员工要项目经理" in head.get("/desk/setup/?step=staff").content.decode()
    assert head.post("/desk/setup/invitations/", {"name": "x", "job": "agent"}).status_code == 403


def test_only_an_office_without_anybody_is_set_up_by_the_command(cast, capsys):
    assert setup.run(type("Asked", (), {"name": "别处", "code": "b", "manager": "王"})()) == 1
    assert "anju staff invite" in capsys.readouterr().err
    assert Staff.objects.filter(name="王").count() == 0
