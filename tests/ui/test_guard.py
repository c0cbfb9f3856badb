"""Who may enter a view, and where the others are sent."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from anju.accounts import actions as accounts
from anju.accounts.models import Staff
from anju.core.scope import Kind
from anju.estate import actions as estate
from anju.ui import guard
from anju.ui.context import page

pytestmark = pytest.mark.django_db


@guard.staff("tickets.accept")
def accept(request, number=0):
    return HttpResponse(f"accepted {number} by {request.scope.name}")


@guard.staff()
def lounge(request):
    return HttpResponse("tea")


@guard.resident
def home(request):
    return HttpResponse("home")


@guard.public
def scan(request):
    return HttpResponse(request.scope.kind)


@pytest.fixture(autouse=True)
def _urls():
    with override_settings(ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="tests.ui.office"):
        yield


@pytest.fixture
def garden():
    """A community."""
    return estate.community(code="yg", name="阳光花园", sign="阳光花园", hotline="400-800-1234")


def ask(who=None, *, method="get", url="/x/?a=1", **headers):
    """A request with a session of that person."""
    request = getattr(RequestFactory(), method)(url, headers=headers)
    request.session = SessionStore()
    if isinstance(who, Staff):
        accounts.open_session(request.session, who)
    elif who is not None:
        accounts.open_resident_session(request.session, who)
    return request


def staff(garden, *roles):
    """Somebody of the office with these roles."""
    someone = accounts.create_staff(login="limin", name="李敏", password="four words are long enough")
    accounts.join(someone, garden, dept="CS", roles=list(roles))
    return someone


def resident(garden):
    """Somebody who lives here."""
    return estate.person(community_id=garden.id, name="张伟", phones=["13800138000"])


def test_a_view_says_who_may_enter():
    assert accept.anju_access == ("staff", "tickets.accept")
    assert lounge.anju_access == ("staff", None)
    assert home.anju_access == ("resident", None)
    assert scan.anju_access == ("public", None)
    assert accept.__name__ == "accept"


def test_staff_with_the_permission_enter(garden):
    assert accept(ask(staff(garden, "CS")), number=7).content.decode() == "accepted 7 by 李敏"


def test_staff_without_it_are_told_so(garden):
    request = ask(staff(garden, "WK"))
    assert accept(request).status_code == 403
    assert lounge(request).content == b"tea"
    assert home(request).status_code == 302


def test_a_stranger_is_sent_to_log_in_and_back():
    answer = accept(ask())
    assert (answer.status_code, answer.url) == (302, "/login/?next=%2Fx%2F%3Fa%3D1")
    assert accept(ask(method="post")).url == "/login/?next=%2F", "a form cannot be continued by a link"


def test_somebody_who_left_yesterday_is_a_stranger(garden):
    someone = staff(garden, "CS")
    request = ask(someone)
    Staff.objects.filter(id=someone.id).update(is_active=False)
    assert accept(request).status_code == 302


def test_a_resident_has_his_own_door(garden):
    request = ask(resident(garden))
    assert home(request).content == b"home"
    assert accept(request).status_code == 302
    assert home(ask()).url == "/me/login/?next=%2Fx%2F%3Fa%3D1"


def test_the_public_door_knows_who_comes(garden):
    assert scan(ask()).content.decode() == Kind.GUEST
    assert scan(ask(resident(garden))).content.decode() == Kind.RESIDENT


def test_scripts_and_streams_get_no_login_page():
    part = accept(ask(**{"hx-request": "true", "hx-current-url": "http://testserver/desk/?view=mine"}))
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/login/?next=%2Fdesk%2F%3Fview%3Dmine")
    stream = accept(ask(accept="text/event-stream"))
    assert (stream.status_code, stream.content) == (401, b"")


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/desk/queue/?view=mine", "/desk/queue/?view=mine"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_login_one_stays_in_the_house(wanted, goes_to):
    assert guard.safe_next(RequestFactory().get("/login/", {"next": wanted}), "/") == goes_to
    assert guard.safe_next(RequestFactory().post("/login/", {"next": wanted}), "/") == goes_to


def test_every_page_knows_the_community_of_its_reader(garden, django_assert_num_queries):
    request = ask(staff(garden, "CS"))
    lounge(request)
    with django_assert_num_queries(0):
        known = page(request)
    assert known["scope"].name == "李敏"
    with django_assert_num_queries(1):
        assert (known["community"].name, str(known["hotline"])) == ("阳光花园", "400-800-1234")


def test_a_page_for_nobody_knows_no_community():
    known = page(ask())
    assert known["scope"] is None
    assert not known["community"]
    assert str(known["hotline"]) == ""
