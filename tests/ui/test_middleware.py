"""What every answer carries; language and look by cookie; refusals; pages of trouble."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory, override_settings

from anju.core.errors import Refused
from anju.ui import middleware, pages
from tests.ui import office

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client():
    """A browser before the small office."""
    office.reset()
    with override_settings(ROOT_URLCONF="tests.ui.office", ALLOWED_HOSTS=["testserver"]):
        yield Client(raise_request_exception=False)


def test_every_page_is_locked_down_and_kept_by_nobody(client):
    headers = client.get("/done/").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
        "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert headers["X-Now"] == "2026-03-02T09:00:00+08:00"


def test_what_a_view_says_about_itself_stays():
    answer = middleware.security_headers(lambda _: HttpResponse(headers={"Cache-Control": "private, max-age=60"}))
    assert answer(RequestFactory().get("/")).headers["Cache-Control"] == "private, max-age=60"


def test_chinese_unless_the_reader_chose_otherwise(client):
    assert b'lang="zh-CN"' in client.get("/done/", headers={"accept-language": "en-US"}).content
    english = client.get("/done/?lang=en")
    assert b'lang="en"' in english.content
    assert english.cookies["anju_lang"].value == "en"
    assert english.headers["Content-Language"] == "en"
    assert b">Call</a>" in client.get("/done/").content
    client.get("/done/?lang=xx")
    assert b'lang="en"' in client.get("/done/").content


def test_a_cookie_that_nobody_wrote_is_ignored(client):
    client.cookies["anju_text"] = '"><script>'
    assert b'data-text="normal"' in client.get("/done/").content


def test_a_refusal_is_a_page(client):
    office.state["post"] = 409
    answer = client.post("/report/", {"text": "漏水"}, HTTP_REFERER="http://testserver/queue/?a=1")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "<h1>王芳11:05已受理这一单。您写的内容还在</h1>" in page
    assert 'href="/queue/"' in page
    assert "400-800-1234" not in page, "no community is known outside a view"


def test_a_refusal_is_a_notice_for_scripts(client):
    office.state["post"] = 409
    answer = client.post("/report/", {"text": "漏水"}, **HTMX)
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"
    assert "王芳11:05已受理这一单" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_way_back_is_one_of_ours():
    refused = pages.refused
    for referer in ("http://evil.example/queue/", "", "http://testserver/here/"):
        request = RequestFactory().post("/here/", headers={"referer": referer})
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            assert "返回上一页</a>" not in refused(request, Refused("X", "不行")).content.decode()


def test_other_exceptions_are_not_ours():
    ours = middleware.Refusals(lambda _: HttpResponse())
    assert ours.process_exception(RequestFactory().get("/"), ValueError()) is None


def test_scripts_follow_redirects_as_pages():
    ours = middleware.Refusals(lambda _: HttpResponseRedirect("/done/"))
    assert ours(RequestFactory().post("/")).status_code == 302
    moved = ours(RequestFactory().post("/", headers={"hx-request": "true"}))
    assert (moved.status_code, moved.headers["HX-Redirect"]) == (200, "/done/")


@pytest.mark.parametrize(
    ("view", "status"), [(pages.bad_request, 400), (pages.denied, 403), (pages.missing, 404), (pages.csrf, 403)]
)
def test_pages_of_trouble_are_in_chinese(view, status):
    answer = view(RequestFactory().get("/"))
    assert answer.status_code == status
    assert '<div class="say-page">' in answer.content.decode()


def test_a_broken_house_has_a_number_to_say_on_the_phone(client, errors_logged):
    office.state["post"] = 500
    answer = client.post("/report/", {"text": "漏水"})
    assert answer.status_code == 500
    number = errors_logged[0].split()[2]
    assert errors_logged[0] == f"anju.ui: incident {number} at POST '/report/'"
    assert f'编号 <b class="num">{number}</b>' in answer.content.decode()
    inline = client.post("/report/", {"text": "漏水"}, **HTMX).content.decode()
    assert "没存上，内容还在这里。请再点一次；还不行请打电话（编号 " in inline


def test_incident_numbers_cannot_be_misread():
    numbers = {pages.incident_number() for _ in range(500)}
    assert all(len(number) == 4 and set(number) <= set("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for number in numbers)
    assert len(numbers) > 480


def test_a_lost_page_says_where_one_is(client):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "<h1>没有这一页</h1>" in answer.content.decode()
