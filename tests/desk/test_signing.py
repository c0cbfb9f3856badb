"""Coming in and going out."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from anju.core import clock as now
from anju.lab import garden


@pytest.fixture
def doors(cast):
    for name in ("李敏", "陈师傅", "韩梅"):
        staff = cast.garden.staff[name]
        staff.set_password(garden.PASSWORD)
        staff.save()
    return Client()


def log_in(client, login="李敏", password=garden.PASSWORD, **more):
    return client.post("/login/", {"login": login, "password": password, **more})


@pytest.mark.parametrize(("name", "home"), [("李敏", "/desk/queue/"), ("陈师傅", "/field/"), ("韩梅", "/desk/roster/")])
def test_everybody_comes_to_where_he_works(doors, name, home, settings):
    settings.ANJU_SECOND_STEP = frozenset()
    answer = log_in(doors, name)
    assert (answer.status_code, answer.url) == (302, home)
    assert doors.get("/login/").url == home


def test_next_is_followed_inside_the_house_only(doors):
    assert log_in(doors, next="/desk/shift/").url == "/desk/shift/"
    for outside in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        doors.post("/logout/")
        assert log_in(doors, next=outside).url == "/desk/queue/"


def test_a_page_behind_the_door_leads_through_login_and_back(doors):
    answer = doors.get("/desk/queue/?view=mine")
    assert answer.url == "/login/?next=%2Fdesk%2Fqueue%2F%3Fview%3Dmine"
    assert 'name="next" value="/desk/queue/?view=mine"' in doors.get(answer.url).content.decode()


def test_a_wrong_password_says_so_and_never_comes_back(doors):
    answer = log_in(doors, password="guess-123")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "账号或密码不对" in page
    assert 'value="李敏"' in page
    assert "guess-123" not in page


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour(doors, clock):
    for _each in range(5):
        log_in(doors, password="wrong")
    locked = log_in(doors)
    assert "输错次数太多，09:15以后再试" in locked.content.decode()
    clock.advance(timedelta(minutes=15, seconds=1))
    assert log_in(doors).status_code == 302


def test_an_authenticator_is_a_second_step(doors, cast):
    staff = cast.garden.staff["李敏"]
    staff.totp = pyotp.random_base32()
    staff.save()
    asked = log_in(doors)
    assert asked.status_code == 422
    assert 'name="code"' in asked.content.decode()
    assert "请输入动态验证码" in asked.content.decode()
    wrong = log_in(doors, code="000000").content.decode()
    assert "账号或密码不对" in wrong
    assert 'name="code"' in wrong
    assert log_in(doors, code=pyotp.TOTP(staff.totp).at(now.now())).status_code == 302


def test_the_session_is_new_and_ends(doors):
    doors.get("/login/")
    log_in(doors)
    key = doors.session.session_key
    assert doors.get("/logout/").status_code == 405
    assert doors.post("/logout/").url == "/login/"
    assert doors.session.session_key != key
    assert doors.get("/desk/queue/").status_code == 302
