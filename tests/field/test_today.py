"""Today's list, the switch, and who may enter."""

from django.test import Client

from anju.accounts.models import Membership
from anju.field.urls import urlpatterns
from tests.desk.conftest import at_home, logged_in
from tests.portal.conftest import text


def test_the_list_is_mine_and_my_group_s(cast, chen, offer):
    elsewhere = cast.report("楼道灯坏了", who="王秀英", place="B3-1")
    page = text(chen.get("/field/"))
    assert "派给您的，请接单" in page
    assert "3栋1单元1203" in page
    assert elsewhere.no not in page
    gao = text(logged_in(cast.garden.staff["高工"]).get("/field/"))
    assert "同组还没人接的" in gao
    assert "1203" not in gao


def test_nothing_to_do_is_said(chen, cast):
    assert "现在没有活" in text(chen.get("/field/"))


def test_the_switch(cast, chen):
    post = cast.garden.members["陈师傅"]
    page = text(chen.post("/field/shift/", {"post": post.id, "on": "0"}, follow=True))
    assert "不在岗" in page
    assert not Membership.objects.get(id=post.id).on_shift
    chen.post("/field/shift/", {"post": post.id, "on": "1"})
    assert Membership.objects.get(id=post.id).on_shift
    other = cast.garden.members["高工"]
    assert chen.post("/field/shift/", {"post": other.id, "on": "0"}).status_code == 404


def test_only_those_who_work_on_site_enter(cast, offer):
    nobody, resident = Client(), at_home(cast.garden.people["张伟"])
    agent = logged_in(cast.garden.staff["钱丽"])
    for url in ("/field/", f"/field/tickets/{offer.no}/", f"/field/tickets/{offer.no}/take/"):
        assert nobody.get(url).url.startswith("/login/")
        assert resident.get(url).status_code in (302, 403)
        assert agent.get(url).status_code == 403


def test_a_job_of_another_department_is_not_shown(cast, offer):
    guard = logged_in(cast.garden.staff["孙涛"])
    assert guard.get(f"/field/tickets/{offer.no}/").status_code == 403
    assert guard.post(f"/field/tickets/{offer.no}/take/", {"eta": "15"}).status_code == 403
    assert guard.get("/field/tickets/990101-0001/").status_code == 404


def test_every_view_says_who_may_use_it():
    assert [one.name for one in urlpatterns if not hasattr(one.callback, "anju_access")] == []
    assert {one.name for one in urlpatterns if one.callback.anju_access[0] != "staff"} == {"worker", "manifest", "away"}
