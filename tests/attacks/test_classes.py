"""The attack classes that really hit products like this (docs/security.md), each tried at our doors."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from anju.accounts import actions as accounts
from anju.core import sheets
from anju.desk.ticket.steps import STEPS
from anju.files.models import File
from anju.tickets.models import Ticket
from tests.cast import Cast
from tests.conftest import ROOT
from tests.desk.conftest import at_home, logged_in
from tests.files.made import SECRET, phone_photo

MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "'-alert(1)-'<b>",
    "{{constructor.constructor('alert(1)')()}}",
)
SQL = (
    "'",
    '"',
    "' OR '1'='1",
    "1; DROP TABLE tickets_ticket--",
    "') UNION SELECT password FROM accounts_staff--",
    "%27",
    "\\",
)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def at_the_tap(cast: Cast, photo: SimpleUploadedFile) -> dict[str, object]:
    """A report of 张伟 with a photo, as his form sends it."""
    room = str(cast.garden.rooms["3-1-1203"].id)
    return {"room": room, "text": "厨房水龙头漏水", "photos": photo, "visit": "tomorrow-am", "once": "a" * 22}


def bearer(cast: Cast, name: str) -> Client:
    return Client(headers={"authorization": f"Bearer {accounts.issue_token(staff=cast.garden.staff[name])}"})


# --- stored XSS ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", MARKUP)
def test_markup_in_a_report_is_text_on_every_page(cast, payload):
    ticket = cast.report(f"漏水 {payload}")
    readers = {
        logged_in(cast.garden.staff["李敏"]): ("/desk/queue/", f"/desk/tickets/{ticket.no}/", f"/desk/tickets/{ticket.no}/peek/"),
        logged_in(cast.garden.staff["陈师傅"]): ("/field/", f"/field/jobs/{ticket.no}/"),
        at_home(cast.garden.people["张伟"]): ("/me/", f"/me/tickets/{ticket.no}/"),
    }  # fmt: skip
    for client, paths in readers.items():
        for path in paths:
            page = client.get(path).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "<svg/onload" not in page


def test_what_may_run_is_only_ours(db):
    policy = Client().get("/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


# --- files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("a.svg", "image/svg+xml; x", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.jpg", "image/jpeg", b"<html><script>alert(1)</script>"),
        ("a.php.jpg", "image/jpeg", b"<?php echo 1;"),
        (".htaccess", "image/png", b"AddType text/html .jpg"),
        ("a.js", "image/png", b"alert(1)"),
    ],
)
def test_what_is_no_picture_is_not_kept(cast, name, kind, data):
    client = at_home(cast.garden.people["张伟"])
    answer = client.post("/me/report/", at_the_tap(cast, SimpleUploadedFile(name, data, kind)))
    assert answer.status_code in (302, 422)
    assert [ticket.photos.count() for ticket in Ticket.objects.all()] in ([], [0])
    assert not File.objects.exists()


def test_a_kept_picture_has_no_place_and_is_never_a_page(cast):
    client = at_home(cast.garden.people["张伟"])
    photo = SimpleUploadedFile("<b>.html", phone_photo(), "text/html")
    client.post("/me/report/", at_the_tap(cast, photo))
    kept = Ticket.objects.get().photos.get().file
    answer = client.get(f"/files/{kept.token}")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert SECRET not in answer.content
    assert b"GPS" not in answer.content
    assert len(kept.token) >= 22
    assert Client().get(f"/files/{kept.token}").status_code in (302, 401, 403, 404)


# --- other people's things ------------------------------------------------------------------------------------------


def test_what_is_somebody_elses_is_not_there(cast):
    ticket = cast.report("厨房水龙头漏水")
    stranger = at_home(cast.garden.people["陈静"])
    for path in (f"/me/tickets/{ticket.no}/", f"/t/{ticket.no}/", f"/api/v1/tickets/{ticket.no}"):
        assert stranger.get(path).status_code in (403, 404)
    for step in ("urge", "note", "cancel", "confirm"):
        assert stranger.post(f"/me/tickets/{ticket.no}/{step}/", {"text": "x", "once": "b" * 22}).status_code in (
            403,
            404,
        )


def test_who_left_yesterday_holds_nothing(cast):
    staff = cast.garden.staff["李敏"]
    browser, token = logged_in(staff), bearer(cast, "李敏")
    staff.is_active = False
    staff.save()
    assert browser.get("/desk/queue/").status_code == 302
    assert token.get("/api/v1/tickets").status_code == 401


# --- SQL, mass assignment -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", SQL)
def test_a_filter_is_a_value(cast, payload):
    cast.report("厨房水龙头漏水")
    desk, api = logged_in(cast.garden.staff["李敏"]), bearer(cast, "李敏")
    for name in ("q", "view", "light", "dept", "leaf", "cursor", "c", "sort", "status", "handler"):
        assert desk.get("/desk/queue/", {name: payload}).status_code < 500
        assert api.get("/api/v1/tickets", {name: payload}).status_code < 500
    for name in ("template", "to", "channel", "state"):
        assert desk.get("/desk/messages/", {name: payload}).status_code < 500
    assert Ticket.objects.count() == 1


def test_a_body_may_not_bring_more_than_is_asked_for(cast):
    api = bearer(cast, "李敏")
    extra = [field.attname for field in Ticket._meta.concrete_fields if field.attname not in ("text", "room_id")]
    for name in extra:
        body = {"text": "厨房水龙头漏水", name: 1}
        answer = api.post("/api/v1/tickets", json.dumps(body), content_type="application/json")
        assert answer.status_code in (201, 422), name
    assert {ticket.prio for ticket in Ticket.objects.all()} <= {"P0", "P1", "P2", "P3"}
    assert not Ticket.objects.filter(version__gt=50).exists()


# --- requests from elsewhere ----------------------------------------------------------------------------------------


def test_every_write_asks_for_its_token(cast):
    """A session cookie alone, as another site would send it, changes nothing."""
    ticket = cast.report("厨房水龙头漏水")
    client = logged_in(cast.garden.staff["李敏"])
    foreign = Client(enforce_csrf_checks=True)
    foreign.cookies = client.cookies
    tried = 0
    for path in (
        "/logout/",
        "/desk/tickets/new/",
        f"/desk/tickets/{ticket.no}/note/",
        f"/desk/tickets/{ticket.no}/{STEPS[0].noun}/",
    ):
        for headers in ({}, {"origin": "https://evil.example"}, {"referer": "https://evil.example/"}):
            assert foreign.post(path, {"text": "x"}, headers=headers).status_code == 403
            tried += 1
    answer = foreign.post("/api/v1/tickets", json.dumps({"text": "厨房漏水了"}), content_type="application/json")
    assert (tried, answer.status_code, Ticket.objects.count()) == (12, 401, 1)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX: y"]
)
def test_a_login_leads_only_to_us(cast, target):
    accounts.create_staff(login="x", name="小周", password="a good password")
    answer = Client().post(f"/login/?next={target}", {"login": "x", "password": "a good password", "next": target})
    assert not (answer.headers.get("Location") or "/").startswith(("http", "//", "/\\", "javascript"))


def test_a_forged_host_and_forwarded_headers_are_not_believed(db, errors_logged):
    assert Client().get("/login/", headers={"host": "evil.example"}).status_code == 400
    page = Client().get("/login/", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    assert b"evil.example" not in page.content
    assert page.wsgi_request.scheme == "http"


def test_no_debugging_address_and_no_admin(db):
    paths = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert not paths & {"admin/", "__debug__/", "media/"}
    assert settings.DEBUG is False


# --- spreadsheets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1"])
def test_a_cell_is_never_a_formula(cell):
    assert not str(sheets.neutral(cell)).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


# --- the profile of production --------------------------------------------------------------------------------------


def test_the_production_profile_has_nothing_to_say(tmp_path):
    for name in ("static", "vendor"):
        (tmp_path / name).mkdir()
    profile = {
        "ANJU_DATA_DIR": str(tmp_path),
        "ANJU_HTTPS": "1",
        "ANJU_BEHIND_PROXY": "1",
        "ANJU_HOSTS": "anju.example.cn",
        "ANJU_SMS": "off",
        "ANJU_WECHAT": "off",
        "ANJU_VOICE": "off",
    }
    words = [sys.executable, "-m", "anju", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(words, env=os.environ | profile, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    look = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)"
    done = subprocess.run(
        [sys.executable, "-c", look], env=os.environ | profile, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split() == ["__Host-anju_session", "__Host-anju_csrf", "True", "31536000", "True"]
