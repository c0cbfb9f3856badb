"""Logging in with a code; the start page; my reports and a new one."""

import re

import pytest
from django.test import Client

from anju.channels import simulator
from anju.core import clock
from anju.estate import actions as estate
from anju.portal.urls import urlpatterns
from anju.tickets.models import Ticket
from anju.worker import loop
from tests.portal.conftest import newest, once, text, upload

PHONE = "138 0000 5678"


def code_sent():
    loop.until(clock.now())
    said = [one for one in simulator.messages(template="T901") if one]
    return re.search(r"\d{6}", said[-1].body)[0] if said else ""


def ask(client, phone=PHONE, **more):
    return client.post("/me/login/", {"phone": phone, **more})


def test_a_code_by_sms_opens_the_door(cast):
    client = Client()
    assert "登录" in text(client.get("/me/", follow=True))
    assert "验证码" in text(ask(client))
    wrong = ask(client, code="000000" if code_sent() != "000000" else "111111")
    assert (wrong.status_code, "验证码不对或已过期" in text(wrong)) == (422, True)
    answer = ask(client, code=code_sent(), next="/me/report/")
    assert answer.url == "/me/report/"
    assert "张先生/女士，上午好" in text(client.get("/me/"))
    assert client.post("/me/logout/").url == "/"
    assert client.get("/me/").status_code == 302


def test_an_unknown_phone_gets_the_same_answer_and_no_message(cast):
    known, unknown = text(ask(Client())), text(ask(Client(), "13711112222"))
    assert len(simulator.messages(template="T901")) == 0
    loop.until(clock.now())
    assert len(simulator.messages(template="T901")) == 1
    clean = [re.sub(r"138\D*0000\D*5678|13711112222|value=\"[^\"]{30,}\"", "", page) for page in (known, unknown)]
    assert clean[0] == clean[1]


@pytest.mark.parametrize("phone", ["", "123", "1380000567", "abc", "１３８"])
def test_what_is_no_number_is_said(cast, phone):
    assert ask(Client(), phone).status_code == 422


def test_codes_are_not_sent_faster_than_a_minute(cast):
    client = Client()
    ask(client)
    assert "验证码发得太勤" in text(ask(client))


def test_the_code_of_another_browser_is_worth_nothing(cast):
    ask(Client())
    thief = Client()
    thief.get("/me/login/")
    assert ask(thief, code=code_sent()).status_code == 422


def test_it_leads_nowhere_else(cast):
    client = Client()
    ask(client)
    assert ask(client, code=code_sent(), next="https://evil.example/").url == "/me/"


def test_a_shared_phone_asks_who_is_holding_it(cast):
    son = estate.person(community_id=cast.community.id, name="张小明", phones=["13800005678"])
    client = Client()
    ask(client)
    answer = ask(client, code=code_sent())
    assert answer.url.startswith("/me/choose/")
    page = text(client.get(answer.url))
    assert page.count('name="person"') == 2
    assert "张小明" not in page
    assert client.post("/me/choose/", {"person": "1"}).status_code == 200
    assert client.post("/me/choose/", {"person": str(son.id)}).url == "/me/"
    assert client.session["person_id"] == son.id
    assert Client().get("/me/choose/").url == "/me/login/"


def test_my_list_has_mine_only(cast, zhang):
    mine, other = cast.report("厨房水龙头一直滴漏"), cast.report("卫生间漏水", who="王秀英", room="3-1-0803")
    page = text(zhang.get("/me/"))
    assert mine.no in page
    assert other.no not in page
    assert zhang.get(f"/me/tickets/{other.no}/").status_code == 404


def test_a_report_for_my_home(cast, zhang):
    room = str(cast.garden.rooms["3-1-1203"].id)
    fields = {"room": room, "text": "厨房水龙头一直滴漏", "photos": upload(), "visit": "tomorrow-am", "once": once()}
    answer = zhang.post("/me/report/", fields)
    ticket = newest()
    assert answer.url == f"/me/tickets/{ticket.no}/?done=1"
    assert (ticket.room.full_code, ticket.reporter.name, ticket.channel) == ("3-1-1203", "张伟", "miniprogram")
    assert ticket.appointment_start == clock.parse("2026-03-03T09:00:00")
    assert zhang.post("/me/report/", fields | {"photos": upload()}).url == answer.url
    assert Ticket.objects.count() == 1
    assert "收到了" in text(zhang.get(answer.url))


def test_somebody_else_s_room_cannot_be_chosen(cast, zhang):
    room = str(cast.garden.rooms["5-2-0501"].id)
    answer = zhang.post("/me/report/", {"room": room, "text": "厨房水龙头一直滴漏", "once": once()})
    assert (answer.status_code, Ticket.objects.count()) == (422, 0)
    empty = zhang.post("/me/report/", {"room": str(cast.garden.rooms["3-1-1203"].id), "text": "　"})
    assert "请说一句哪里坏了，或拍一张照片" in text(empty)


def test_the_start_page_has_three_big_things(cast, zhang):
    for client in (Client(), zhang):
        page = text(client.get("/"))
        assert page.count("<b>") == 3
        assert 'href="tel:400-800-1234"' in page
    assert 'data-text="elder"' in text(Client().get("/?text=elder"))
    other = estate.community(code="other", name="月亮湾", sign="月亮物业", hotline="400-1")
    assert "tel:" not in text(Client().get("/"))
    other.delete()


def test_every_view_says_who_may_use_it():
    assert [one.name for one in urlpatterns if not hasattr(one.callback, "anju_access")] == []
    closed = {one.name for one in urlpatterns if one.callback.anju_access[0] == "resident"}
    own = {"home", "report", "mine", "mine-step", "mine-rating"}
    assert closed == own | {"privacy", "privacy-ask", "privacy-copy", "consent"}
