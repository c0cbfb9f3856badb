"""Logins of staff end: by hand, by time, by a new password, by leaving; tokens reach as far as they may."""

from datetime import timedelta

import pytest
from django.test import Client

from anju.accounts import actions, queries
from anju.accounts.actions import administering, passwords, sessions, tokens
from anju.accounts.models import ApiToken, Membership, Staff, StaffSession
from anju.accounts.personal import LOGINS, purge
from anju.api.service import api
from anju.core import clock as now
from anju.core.clock import VirtualClock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from tests.accounts.test_logins import code_of
from tests.cast import Cast
from tests.desk.conftest import logged_in

PAGE = "/desk/queue/"


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def inside(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def rows(name: str = "李敏") -> list[StaffSession]:
    return list(StaffSession.objects.filter(staff__login=name).order_by("id"))


def test_one_login_is_ended_and_the_others_stay(cast: Cast) -> None:
    here, there = logged_in(cast.garden.staff["李敏"]), logged_in(cast.garden.staff["李敏"])
    assert [row.id for row in queries.sessions_of(cast.garden.staff["李敏"].id)] == [row.id for row in rows()][::-1]
    assert code_of(sessions.revoke, rows()[0], by=cast.scope("王芳")) == "NOT_ALLOWED"
    sessions.revoke(rows()[0], by=cast.scope("李敏"))
    assert (inside(here), inside(there)) == (False, True)
    assert rows()[0].ended_how == "REVOKED"


def test_the_manager_ends_all_of_them(cast: Cast) -> None:
    clients = [logged_in(cast.garden.staff["李敏"]) for _each in range(2)]
    assert sessions.revoke_all(cast.garden.staff["李敏"], by=cast.scope("周强")) == 2
    assert not any(inside(one) for one in clients)
    assert sessions.revoke_all(cast.garden.staff["李敏"], by=cast.scope("周强")) == 0


def test_a_login_ends_when_nobody_uses_it_and_when_it_is_old(cast: Cast, clock: VirtualClock) -> None:
    idle, busy = logged_in(cast.garden.staff["李敏"]), logged_in(cast.garden.staff["王芳"])
    clock.advance(timedelta(hours=3, minutes=59))
    assert inside(busy)
    clock.advance(timedelta(minutes=2))
    assert (inside(idle), inside(busy)) == (False, True)
    for _hour in range(3):
        clock.advance(timedelta(hours=2, minutes=39))
        assert inside(busy)
    clock.advance(timedelta(minutes=3))
    assert not inside(busy)


def test_in_the_lab_whose_clock_jumps_none_ends(cast: Cast, clock: VirtualClock, settings: object) -> None:
    settings.ANJU_SESSION_HOURS = settings.ANJU_SESSION_IDLE_MINUTES = 0  # type: ignore[attr-defined]
    client = logged_in(cast.garden.staff["李敏"])
    clock.advance(timedelta(days=40))
    assert inside(client)


def test_a_new_password_ends_the_others(cast: Cast) -> None:
    staff = cast.garden.staff["李敏"]
    actions.set_password(staff, "the old password", by=SYSTEM)
    there, here = logged_in(staff), logged_in(staff)
    session, row = here.session, rows()[-1]
    scope = cast.scope("李敏")
    assert code_of(passwords.change, session, row, old="wrong", new="a new password", by=scope) == "PROOF_WRONG"
    assert code_of(passwords.change, session, row, old="the old password", new="12345678", by=scope) == "PASSWORD_WEAK"
    same = "the old password"
    assert code_of(passwords.change, session, row, old=same, new=same, by=scope) == "PASSWORD_SAME"
    assert inside(there)
    asked = {"old": "the old password", "new": "a new password"}
    assert here.post("/desk/account/password/", asked).status_code == 302
    assert (inside(here), inside(there)) == (True, False)
    assert actions.check_login("李敏", "a new password") == staff


def test_who_leaves_is_out_everywhere_at_once(cast: Cast) -> None:
    client = logged_in(cast.garden.staff["李敏"])
    actions.leave(cast.garden.staff["李敏"], by=SYSTEM)
    assert not inside(client)
    assert {row.ended_how for row in rows()} == {"LEFT"}


def test_logging_out_ends_the_record(cast: Cast) -> None:
    client = logged_in(cast.garden.staff["李敏"])
    client.post("/logout/")
    assert rows()[0].ended_how == "OUT"


def test_records_of_logins_are_kept_half_a_year(cast: Cast, clock: VirtualClock) -> None:
    logged_in(cast.garden.staff["李敏"])
    assert purge(now.now() + LOGINS)["staff_sessions"] == 0
    assert purge(now.now() + LOGINS + timedelta(seconds=1))["staff_sessions"] == 1


def ask(secret: str, url: str, method: str = "GET") -> int:
    return Client(headers={"authorization": f"Bearer {secret}"}).generic(method, url).status_code


def test_a_token_ends_and_shows_its_last_use(cast: Cast, clock: VirtualClock) -> None:
    me, scope = cast.garden.staff["李敏"], cast.scope("李敏")
    secret = tokens.make(me, label="  报表\n程序 ", reach=["tickets:read"], days=30, by=scope)
    row = ApiToken.objects.get(label="报表 程序")
    assert row.used_at is None
    assert ask(secret, "/api/v1/tickets") == 200
    row.refresh_from_db()
    assert row.used_at == now.now()
    clock.advance(timedelta(days=29, hours=23))
    assert [one.id for one in queries.tokens_of(me.id)] == [row.id]
    clock.advance(timedelta(hours=1))
    assert ask(secret, "/api/v1/tickets") == 401
    assert list(queries.tokens_of(me.id)) == []


def test_a_token_is_revoked_by_its_owner_or_the_manager(cast: Cast) -> None:
    me, scope = cast.garden.staff["李敏"], cast.scope("李敏")
    found = {}
    for who in ("李敏", "周强"):
        found[who] = tokens.make(me, label=who, reach=["tickets:read"], days=1, by=scope)
        row = ApiToken.objects.get(label=who)
        assert code_of(tokens.revoke, row, by=cast.scope("王芳")) == "NOT_ALLOWED"
        tokens.revoke(row, by=cast.scope(who))
        assert ask(found[who], "/api/v1/tickets") == 401


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"label": " "}, "TOKEN_LABEL_REQUIRED"),
        ({"reach": []}, "TOKEN_REACH"),
        ({"reach": ["everything"]}, "TOKEN_REACH"),
        ({"days": 0}, "TOKEN_DAYS"),
        ({"days": 366}, "TOKEN_DAYS"),
    ],
)
def test_a_token_needs_a_purpose_a_reach_and_an_end(cast: Cast, wrong: dict[str, object], code: str) -> None:
    asked = {"label": "报表", "reach": ["tickets:read"], "days": 30} | wrong
    assert code_of(tokens.make, cast.garden.staff["李敏"], by=cast.scope("李敏"), **asked) == code
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        tokens.make(cast.garden.staff["李敏"], label="x", reach=["tickets:read"], days=1, by=cast.scope("周强"))


def test_a_token_reaches_no_other_operation(cast: Cast) -> None:
    """Every operation of the API, asked with a token for reading tickets: all but those answer 403."""
    secret = tokens.make(cast.garden.staff["赵静"], label="x", reach=["tickets:read"], days=1, by=cast.scope("赵静"))
    asked, let_in = 0, set()
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            status = ask(secret, path.replace("{", "").replace("}", ""), method.upper())
            asked += 1
            if status != 403 and "/channels/" not in path and "/watch/" not in path:  # these prove themselves otherwise
                let_in.add((method, path.split("/")[3]))
    assert asked > 100
    assert {method for method, _part in let_in} == {"get"}
    assert {part for _method, part in let_in} <= {"tickets", "files"}


def test_tokens_of_the_lab_open_everything_for_ever(cast: Cast, clock: VirtualClock) -> None:
    secret = actions.issue_token(staff=cast.garden.staff["赵静"], label="lab", secret="known")
    clock.advance(timedelta(days=3650))
    assert secret == "known"
    assert queries.scope_of_token("known") == cast.scope("赵静")


def test_roles_change_with_the_next_request_and_on_record(cast: Cast) -> None:
    client, row = logged_in(cast.garden.staff["李敏"]), cast.garden.members["李敏"]
    assert client.get("/desk/accounts/").status_code == 403
    assert code_of(administering.set_roles, row, ["PM"], by=cast.scope("李敏")) == "NOT_ALLOWED"
    own = cast.garden.members["周强"]
    assert code_of(administering.set_roles, own, ["ADM"], by=cast.scope("周强")) == "NOT_ALLOWED"
    assert code_of(administering.set_roles, row, ["KING"], by=cast.scope("周强")) == "ROLE_UNKNOWN"
    administering.set_roles(row, ["PM", "CS"], by=cast.scope("周强"))
    assert client.get("/desk/accounts/").status_code == 200
    assert Membership.objects.get(id=row.id).roles == ["CS", "PM"]
    entry = queries.administered(cast.scope("周强"), cast.community.id)[0]
    assert (entry.verb, entry.data) == ("accounts.roles_changed", {"before": ["CS"], "after": ["CS", "PM"]})
    assert not queries.administered(cast.scope("王芳"), cast.community.id).exists()


def test_a_reset_password_is_made_and_ends_everything(cast: Cast) -> None:
    staff, client = cast.garden.staff["李敏"], logged_in(cast.garden.staff["李敏"])
    assert code_of(administering.reset_password, staff, by=cast.scope("赵静")) == "NOT_ALLOWED"
    assert code_of(administering.reset_password, cast.garden.staff["周强"], by=cast.scope("周强")) == "NOT_ALLOWED"
    made = administering.reset_password(staff, by=cast.scope("周强"))
    assert not inside(client)
    assert actions.check_login("李敏", made) == Staff.objects.get(id=staff.id)
