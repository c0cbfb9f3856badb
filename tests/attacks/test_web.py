"""What every answer and every cookie says of itself; what the server does not do at all."""

import pytest
from django.test import Client

from tests.cast import Cast
from tests.desk.conftest import logged_in
from tests.desk.test_signing import log_in


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def test_cookies_are_for_the_server_and_this_site_alone(cast: Cast) -> None:
    staff = cast.garden.staff["李敏"]
    staff.set_password("a good password")
    staff.save()
    client = Client()
    client.get("/login/")
    cookies = log_in(client, password="a good password").cookies
    assert {"anju_session", "anju_csrf"} <= set(cookies)
    for name in ("anju_session", "anju_csrf"):
        assert (cookies[name]["httponly"], cookies[name]["samesite"]) == (True, "Lax"), name
    assert len(cookies["anju_session"].value) >= 32  # of 36 letters each: 165 bits


def test_nobody_else_may_read_it_and_addresses_stay_here(cast: Cast) -> None:
    client = logged_in(cast.garden.staff["李敏"])
    for url in ("/desk/queue/", "/api/v1/tickets", "/login/", "/desk/tickets/none/"):
        answer = client.get(url, headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in answer.headers, url
        assert answer.headers["Referrer-Policy"] == "same-origin", url


def test_every_answer_says_what_it_is(cast: Cast) -> None:
    client = logged_in(cast.garden.staff["李敏"])
    kinds = {url: client.get(url).headers["Content-Type"] for url in ("/desk/queue/", "/login/", "/nothing/")}
    assert set(kinds.values()) == {"text/html; charset=utf-8"}
    assert client.get("/api/v1/tickets").headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("url", ["/.git/HEAD", "/static/", "/.env", "/server-status", "/static/../settings.py"])
def test_nothing_of_the_house_is_served(db: None, url: str) -> None:
    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DELETE"])
def test_methods_nobody_needs_are_refused(cast: Cast, method: str) -> None:
    client = logged_in(cast.garden.staff["李敏"])
    assert client.generic(method, "/desk/queue/").status_code == 405
    assert client.generic(method, "/login/").status_code == 405


def test_a_parameter_sent_twice_is_no_way_around(cast: Cast) -> None:
    client, mine = logged_in(cast.garden.staff["李敏"]), cast.community.id
    assert client.get(f"/desk/queue/?c={mine}&c=1").status_code == 404  # the last one counts, everywhere
    assert client.get(f"/desk/queue/?c=1&c={mine}").status_code == 200


def test_the_way_out_is_on_every_page(cast: Cast) -> None:
    client = logged_in(cast.garden.staff["周强"])
    for url in ("/desk/queue/", "/desk/privacy/", "/desk/accounts/"):
        assert 'action="/logout/"' in client.get(url).content.decode(), url
