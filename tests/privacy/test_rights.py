"""What a person is told and may ask for; what goes when its term is over; who leaves."""

import json

import pytest
from django.apps import apps
from django.test import Client

from anju.accounts import actions as accounts
from anju.accounts.models import Staff
from anju.accounts.queries import scope_of_staff, scope_of_token
from anju.core import clock, personal
from anju.core.errors import Refused
from anju.estate import actions as estate
from anju.estate import queries as register
from anju.estate.models import Contact, Person
from anju.notify.models import Delivery
from anju.privacy.actions import agreeing, leaking, leaving, requesting, rounds
from anju.privacy.actions.chain import Origin
from anju.privacy.models import Agreement, Finding, LogLine, PurgeReport, Request
from anju.privacy.queries import chain, rights
from anju.tickets.models import Ticket
from anju.vault.fields import Sealed
from anju.worker import loop
from tests.desk.conftest import at_home
from tests.privacy.looks import look

HERE = Origin("127.0.0.1", "test")


def code(raised: pytest.ExceptionInfo[Refused]) -> str:
    return raised.value.code


def test_every_sealed_column_is_in_the_register():
    declared = {where for one in personal.everything() for item in one.items for where in item.where}
    sealed = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, Sealed)
    }
    assert sealed - declared == set()


def test_the_centre_shows_what_is_stored_and_who_looked(cast):
    look(cast)
    page = at_home(cast.garden.people["张伟"]).get("/me/privacy/").content.decode()
    assert "客服 因 回访 查看了 电话" in page
    assert "李敏" not in page
    assert "关系存续期间加3年" in page
    assert "员工姓名和电话" not in page


def test_a_copy_holds_everything_of_his_and_nothing_of_others(cast):
    cast.report("厨房水龙头一直滴漏")
    cast.report("我家灯坏了", who="王秀英")
    answer = at_home(cast.garden.people["张伟"]).get("/me/privacy/copy/")
    assert "attachment" in answer["Content-Disposition"]
    found = json.loads(answer.content)
    assert (found["姓名"], found["电话"], found["房屋"][0]["房号"]) == ("张伟", ["13800005678"], "3-1-1203")
    assert [one["内容"] for one in found["报事"]] == ["厨房水龙头一直滴漏"]
    assert "王秀英" not in answer.content.decode()


def test_a_consent_is_given_and_withdrawn_by_one_press(cast):
    zhang = at_home(cast.garden.people["张伟"])
    person_id = cast.garden.people["张伟"].id
    zhang.post("/me/privacy/consents/MARKETING/", {"given": "1"})
    assert register.agrees(person_id, "MARKETING")
    zhang.post("/me/privacy/consents/MARKETING/", {"given": "1"})
    zhang.post("/me/privacy/consents/MARKETING/", {"given": "0"})
    assert not register.agrees(person_id, "MARKETING")
    (row,) = cast.garden.people["张伟"].consents.all()
    assert (row.text_version, clock.iso(row.quiet_until)) == (1, "2026-05-31T09:00:00+08:00")
    assert zhang.post("/me/privacy/consents/NONSENSE/", {"given": "1"}).status_code == 404


def test_a_phone_is_corrected_and_the_old_one_is_told(cast):
    person = cast.garden.people["张伟"]
    asked = requesting.ask(kind="CORRECT", text="", field="phone", value="138 1111 2222", by=cast.scope("张伟"))
    assert clock.iso(asked.due_at) == "2026-03-17T09:00:00+08:00"
    requesting.answer(asked, agree=True, words="", by=cast.scope("林悦"), origin=HERE)
    assert [one.phone for one in Contact.objects.filter(person=person)] == ["13811112222"]
    assert Delivery.objects.filter(template="T902").count() >= 1
    assert cast.heard("张伟", "T908")[0].body == f"您的申请{asked.no}已答复，请到我的隐私页查看"


def test_what_must_be_kept_is_told_and_no_longer_used(cast):
    ticket = cast.report()
    asked = requesting.ask(kind="DELETE", text="请删掉", by=cast.scope("张伟"))
    assert asked.holds == ["仍是3栋1单元房屋的业主或住户，履行物业服务合同需要", f"工单{ticket.no}还没有办结"]
    with pytest.raises(Refused) as raised:
        requesting.ask(kind="DELETE", text="再删", by=cast.scope("张伟"))
    assert code(raised) == "REQUEST_OPEN"
    done = requesting.answer(asked, agree=True, words="依法保存", by=cast.scope("林悦"), origin=HERE)
    assert done.state == "RESTRICTED"
    assert Person.objects.get(id=asked.person_id).name == "张伟"


def test_who_has_moved_out_is_erased_everywhere(cast):
    person, by = cast.garden.people["陈静"], cast.scope("陈静")
    ticket = cast.report("热水器的热水不热，电话13500088003", who="陈静")
    cast.do("cancel", ticket, "陈静", reason="自己好了")
    person.occupancies.update(to_on=clock.today())
    asked = requesting.ask(kind="DELETE", text="", by=by)
    assert asked.holds == []
    requesting.answer(asked, agree=True, words="已删除", by=cast.scope("林悦"), origin=HERE)
    loop.until(clock.now())
    gone, kept = Person.objects.get(id=person.id), Ticket.objects.get(id=ticket.id)
    assert (gone.name, gone.openid, gone.contacts.count()) == ("已注销", "", 0)
    assert (kept.text, kept.title, kept.reporter_phone, kept.room_id, kept.reporter_id) == ("", "", "", None, None)
    bodies = [one.body for one in Delivery.objects.filter(to_kind="person", to_id=person.id)]
    assert set(bodies) == {""}
    assert register.people_by_phone(cast.community.id, "13500088003") == []


def test_fifteen_days_are_a_clock(cast):
    asked = requesting.ask(kind="ACCESS", text="", by=cast.scope("张伟"))
    cast.at("03-17 09:00:00")
    assert not Request.objects.get(id=asked.id).late
    cast.at("03-17 09:00:01")
    assert Request.objects.get(id=asked.id).late
    assert [one.body for one in cast.heard("周强", "T907")] == ["隐私告警：申请超期未答，请立即到隐私中心核查"]


def test_requests_that_are_refused(cast):
    wrong = (
        ({"kind": "HIDE", "text": ""}, "REQUEST_KIND"),
        ({"kind": "CORRECT", "text": "", "field": "room", "value": "1"}, "REQUEST_VALUE"),
        ({"kind": "CORRECT", "text": "", "field": "phone", "value": "12"}, "REQUEST_VALUE"),
    )
    for asked, expected in wrong:
        with pytest.raises(Refused) as raised:
            requesting.ask(**asked, by=cast.scope("张伟"))
        assert code(raised) == expected
    with pytest.raises(Refused) as raised:
        requesting.ask(kind="ACCESS", text="", by=cast.scope("李敏"))
    assert code(raised) == "NOT_ALLOWED"
    asked = requesting.ask(kind="ACCESS", text="", by=cast.scope("张伟"))
    for who, agree, expected in (("李敏", True, "NOT_ALLOWED"), ("林悦", False, "ANSWER_REQUIRED")):
        with pytest.raises(Refused) as raised:
            requesting.answer(asked, agree=agree, words="", by=cast.scope(who), origin=HERE)
        assert code(raised) == expected
    with pytest.raises(Refused):
        rights.request(cast.scope("王秀英"), asked.no)


def test_the_night_removes_what_its_term_is_over_for(cast, monkeypatch):
    ticket = cast.report("卫生间漏水，电话13800005678")
    cast.do("cancel", ticket, "张伟", reason="好了")
    look(cast)
    cast.garden.people["陈静"].occupancies.update(to_on=clock.today())
    loop.until(clock.now())
    years = {"three": clock.parse("2029-03-04T03:00:00"), "five": clock.parse("2031-03-04T03:00:00")}
    clock.virtual().set(years["three"])
    report = rounds.purge(clock.now())
    assert report.counts["people"] == 1
    assert report.counts["log_lines"] == 1
    assert report.counts["tickets"] == 0
    assert chain.verify().holds
    clock.virtual().set(years["five"])
    assert rounds.purge(clock.now()).counts["tickets"] >= 1
    assert (Ticket.objects.get(id=ticket.id).text, Person.objects.get(id=cast.garden.people["陈静"].id).name) == (
        "",
        "已注销",
    )
    assert rounds.purge(clock.now()).counts["tickets"] == 0


def test_the_rounds_are_timer_rows_set_once(cast):
    rounds.begin()
    rounds.begin()
    cast.at("03-03 03:00")
    assert PurgeReport.objects.count() == 1
    cast.at("03-10 03:00")
    assert PurgeReport.objects.count() == 8


def test_the_week_draws_five_percent_and_reads_the_chain(cast):
    rounds.begin()
    for _n in range(18):
        look(cast)
    cast.at("03-09 08:00")
    drawn = Finding.objects.filter(kind="SAMPLE")
    assert drawn.count() == 1
    assert drawn[0].line.actor_id == cast.garden.staff["李敏"].id
    LogLine.objects.filter(seq=3).update(field="name")
    cast.at("03-09 12:00")
    rounds.check(clock.now())
    assert Finding.objects.filter(kind="BROKEN").count() == 1


# --- breaches -------------------------------------------------------------------------------------------------------


def test_a_breach_has_its_clocks(cast):
    look(cast)
    row = leaking.report(
        cast.community,
        item="电话",
        scope="业主群里有人发了住户电话",
        staff_id=cast.garden.staff["李敏"].id,
        by=cast.scope("陈师傅"),
    )
    assert row.people == [cast.garden.people["张伟"].id]
    assert len(cast.heard("林悦", "T907")) == len(cast.heard("周强", "T907")) >= 1
    leaking.know(row, by=cast.scope("林悦"))
    cast.at("10:00:01")
    row.refresh_from_db()
    assert (row.late_known, list(row.known_by)) == (True, ["COMP"])
    cast.at("03-03 09:00:01")
    row.refresh_from_db()
    assert row.late_decided
    with pytest.raises(Refused) as raised:
        leaking.decide(row, tell=False, measures="已撤回消息", by=cast.scope("周强"))
    assert code(raised) == "LEAK_WHY"
    leaking.decide(row, tell=True, measures="已撤回消息、停用账号", by=cast.scope("周强"))
    assert "您的电话信息可能外泄" in cast.heard("张伟", "T903")[0].body
    assert cast.heard("王秀英", "T903") == []


def test_a_breach_that_is_handled_in_time_is_not_late(cast):
    row = leaking.report(cast.community, item="房号", scope="纸质名单遗失", by=cast.scope("李敏"))
    leaking.know(row, by=cast.scope("林悦"))
    leaking.know(row, by=cast.scope("周强"))
    leaking.decide(row, tell=False, why="名单已找回，未被他人看到", measures="已找回", by=cast.scope("林悦"))
    cast.at("03-04 09:00")
    row.refresh_from_db()
    assert (row.late_known, row.late_decided, row.state) == (False, False, "DECIDED")


# --- leaving --------------------------------------------------------------------------------------------------------


def test_who_leaves_has_no_rights_and_no_tickets_in_the_same_minute(cast):
    ticket = cast.in_progress()
    staff = cast.garden.staff["陈师傅"]
    secret = accounts.issue_token(staff=staff)
    assert scope_of_token(secret) is not None
    moved = leaving.leave(staff, by=cast.scope("韩梅"))
    assert moved == 1
    assert scope_of_token(secret) is None
    assert scope_of_staff(Staff.objects.get(id=staff.id)).communities == frozenset()
    ticket.refresh_from_db()
    assert ticket.handler_id != staff.id
    assert ticket.accountable_id not in (None, staff.id)
    assert Agreement.objects.filter(staff=staff, kind="LEAVING").count() == 1
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/accounts/me").status_code == 401


def test_first_contacts_go_to_the_agent_on_duty(cast):
    cast.freeze("accept", "dispatch")
    ticket = cast.report()
    cast.do("accept", ticket, "李敏")
    leaving.leave(cast.garden.staff["李敏"], by=cast.scope("韩梅"))
    ticket.refresh_from_db()
    assert cast.garden.staff["李敏"].id not in (ticket.first_contact_id, ticket.accountable_id)
    assert ticket.first_contact_id == cast.garden.staff["赵静"].id


def test_leaving_that_is_refused(cast):
    for who, leaver, expected in (("李敏", "陈师傅", "NOT_ALLOWED"), ("韩梅", "韩梅", "LEAVE_SELF")):
        with pytest.raises(Refused) as raised:
            leaving.leave(cast.garden.staff[leaver], by=cast.scope(who))
        assert code(raised) == expected
    leaving.leave(cast.garden.staff["陈师傅"], by=cast.scope("韩梅"))
    with pytest.raises(Refused) as raised:
        leaving.leave(Staff.objects.get(login="陈师傅"), by=cast.scope("韩梅"))
    assert code(raised) == "STAFF_GONE"


# --- agreements -----------------------------------------------------------------------------------------------------


def test_a_year_later_he_is_reminded_and_then_sees_masks(cast):
    staff = cast.garden.staff["李敏"]
    assert staff.signed_until.isoformat() == "2027-03-02"
    loop.until(clock.parse("2027-01-31T09:00:00"))
    assert len(cast.heard("李敏", "T904")) == 1
    loop.until(clock.parse("2027-03-02T23:59:59"))
    assert scope_of_staff(Staff.objects.get(id=staff.id)).signed
    loop.until(clock.parse("2027-03-03T00:00:00"))
    assert not scope_of_staff(Staff.objects.get(id=staff.id)).signed
    assert len(cast.heard("李敏", "T904")) == 2
    signed = agreeing.sign(staff, version=1, signature="李敏", by=cast.scope("李敏"))
    assert signed.valid_to.isoformat() == "2028-03-03"
    assert scope_of_staff(Staff.objects.get(id=staff.id)).signed


def test_somebody_new_sees_masks_until_he_has_signed(cast):
    new = accounts.create_staff(login="新人", name="新人")
    accounts.join(new, cast.community, dept="CS", roles=["CS"])
    assert not scope_of_staff(new).signed
    with pytest.raises(Refused) as raised:
        agreeing.sign(new, version=1, signature="新人", by=cast.scope("李敏"))
    assert code(raised) == "NOT_ALLOWED"
    assert estate.ERASED == "已注销"
