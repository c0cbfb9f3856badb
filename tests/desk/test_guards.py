"""Who may enter which page of the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from anju.accounts import actions as accounts
from anju.core.scope import SYSTEM
from anju.desk.ticket.steps import STEPS
from anju.desk.urls import urlpatterns
from anju.estate import actions as estate
from anju.tickets import actions as tickets
from tests.desk.conftest import at_home, logged_in

FOR_ALL = {"front", "privacy", "agreement", "leaks"}
FOR_HR = {"leave"}
OPEN = {"login", "logout", "photo", "calendar", "second-step", "unlock", "invite", "join", "manual", "chapter"}
OWN = {
    "lock",
    "account",
    "account-password",
    "account-second-step",
    "account-sessions",
    "account-session",
    "account-tokens",
    "account-token",
}
TWICE = {"accounts-session", "accounts-token"}
OF_DUTY = ("roster", "handover", "turn-", "absence", "chain", "list-handovers", "list-absences")
NUMBERED = {
    "switch",
    "revisit",
    "revisit-assignee",
    "reveal-again",
    "reveal-decision",
    "finding",
    "leave",
    "handover",
    "handover-lines",
    "handover-decision",
    "turn-check-in",
    "turn-stand-in",
    "turn-force",
    "absence-leave",
    "absence-swap",
    "absence-answer",
    "account-session",
    "account-token",
    "accounts-person",
    "accounts-roles",
    "accounts-password",
    "accounts-second-step",
    "accounts-sessions",
    "screen-revoke",
    "incident",
    "incident-report",
    "drill-start",
}
IMPORTED = {"import", "import-columns", "import-errors", "import-confirmed", "import-dropped", "import-undone"}
KEPT = {"saved-first", "saved-forward", "saved-drop", "saved-return"}
NUMBERED |= IMPORTED | KEPT | {"setup-invitation", "setup-skills"}
NAMED = {"export", "export-file", "privacy-request", "leak"}
ONLY_POSTED = {"night-accept", "night-words", "night-urge", "night-look", "undo"}
ABSENT = {"export-file", "handover", "absence-swap", "incident", "incident-report", "incident-verb"}
BY_TICKET = {"ticket", "peek", "slip", "night-ticket", *(step.noun for step in STEPS)} | ONLY_POSTED


def address(pattern, ticket, staff_id=1):
    if pattern.name == "why":
        return reverse("desk:why", args=[ticket.no, "phone"])
    if pattern.name == "chain":
        return reverse("desk:chain", args=["water"])
    if pattern.name in NAMED:
        return reverse(f"desk:{pattern.name}", args=["E260302-01"])
    if pattern.name in BY_TICKET:
        return reverse(f"desk:{pattern.name}", args=[ticket.no])
    if pattern.name == "incident-verb":
        return reverse("desk:incident-verb", args=[staff_id, "note"])
    if pattern.name in TWICE:
        return reverse(f"desk:{pattern.name}", args=[staff_id, 1])
    return reverse(f"desk:{pattern.name}", args=[staff_id] if pattern.name in NUMBERED else [])


@pytest.fixture
def guarded():
    return [pattern for pattern in urlpatterns if pattern.name not in OPEN]


def test_every_view_says_who_may_use_it():
    assert [pattern.name for pattern in urlpatterns if not hasattr(pattern.callback, "anju_access")] == []
    assert {pattern.name for pattern in urlpatterns if pattern.callback.anju_access[0] == "public"} == OPEN


def test_anonymous_is_sent_to_login_and_others_are_turned_away(cast, enter, guarded):
    ticket = cast.report()
    nobody, resident, hr = Client(), at_home(cast.garden.people["张伟"]), enter("韩梅")
    for pattern in guarded:
        url = address(pattern, ticket)
        for client in (nobody, resident):
            for answer in (client.get(url), client.post(url)):
                assert answer.status_code in (302, 405), url
                assert answer.status_code == 405 or answer.url.startswith("/login/"), url
        if pattern.name in OWN:  # for every member of staff (test_accounts.py)
            continue
        if pattern.name.startswith(OF_DUTY):  # personnel makes rosters; a resident has been turned away above
            continue
        expected = (
            {200, 302, 405, 409} if pattern.name in FOR_ALL else {403, 404 if pattern.name in FOR_HR else 403, 405}
        )
        assert {hr.get(url).status_code, hr.post(url).status_code} <= expected, url


def test_those_with_the_permission_come_in(cast, enter, guarded, settings):
    settings.ANJU_DEMO = True
    ticket = cast.report()
    post = cast.garden.members["周强"]
    post.roles = ["PM", "CS", "QLT"]
    post.save()
    manager = enter("周强")
    staff_id = cast.garden.staff["李敏"].id
    for pattern in guarded:
        url = address(pattern, ticket, staff_id)
        gone = IMPORTED | ABSENT
        expected = {404, 405} if pattern.name in gone else {200, 302, 405}
        assert manager.get(url).status_code in expected, url


def test_tickets_of_another_community_are_not_there(cast, enter, guarded):
    ticket = cast.report()
    other = estate.community(code="other", name="别处", sign="别", hotline="400-1")
    staff = accounts.create_staff(login="外人", name="外人", password=None)
    accounts.join(staff, other, dept="CS", roles=["CSS", "PM", "QLT", "DM"])
    stranger = logged_in(staff)
    for pattern in guarded:
        if pattern.name in BY_TICKET:
            url = address(pattern, ticket)
            absent = 405 if pattern.name in ONLY_POSTED else 404
            assert stranger.get(url).status_code == absent, url
            assert stranger.post(url, {"text": "有人吗"}).status_code in (404, 405), url
            assert stranger.get(f"{url}?c={cast.community.id}").status_code == absent
    member = cast.garden.staff["李敏"].id
    assert stranger.post(reverse("desk:switch", args=[member]), {"on": "0"}).status_code == 404
    assert ticket.no not in stranger.get("/desk/queue/").content.decode()
    assert stranger.get(f"/desk/queue/?c={cast.community.id}").status_code == 404


def test_numbers_that_repeat_are_told_apart_by_their_community(cast):
    ticket = cast.report("水管漏水")
    again = plant_beside(cast)
    assert ticket.no == again.no
    staff = cast.garden.staff["李敏"]
    accounts.join(staff, again.community, dept="CS", roles=["CS"])
    client = logged_in(staff)
    page = client.get("/desk/queue/").content.decode()
    assert f"/desk/tickets/{ticket.no}/?c={ticket.community_id}" in page
    assert "水管漏水" in client.get(f"/desk/tickets/{ticket.no}/?c={ticket.community_id}").content.decode()
    assert "别处的灯坏了" in client.get(f"/desk/tickets/{ticket.no}/?c={again.community_id}").content.decode()


def plant_beside(cast):
    """A ticket with the same number in another community."""
    other = estate.community(code="other", name="别处花园", sign="别", hotline="400-1")
    return tickets.report(tickets.Report(community=other, text="别处的灯坏了"), by=SYSTEM)


def test_the_agency_sees_new_ones_and_its_own_only(cast, enter):
    cast.freeze("accept")
    new = cast.report("厨房水龙头漏水")
    taken = cast.report("卫生间水龙头漏水")
    cast.do("accept", taken, "李敏")
    agency = enter("外包01")
    page = agency.get("/desk/night/").content.decode()
    assert new.no in page
    assert taken.no not in page
    assert agency.get(f"/desk/night/tickets/{taken.no}/").status_code == 403
