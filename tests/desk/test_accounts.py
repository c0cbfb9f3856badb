"""The second step by role, proof before what weighs, the locked screen, and the pages of accounts."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from anju.accounts import queries
from anju.accounts.access import PERMISSIONS
from anju.accounts.actions import administering, second_step
from anju.accounts.choices import Role
from anju.accounts.models import Staff, StaffSession
from anju.core import clock as now
from anju.core.scope import SYSTEM
from anju.desk.account import devices
from anju.desk.accounts.titles import TITLES
from anju.estate import actions as estate
from anju.lab import garden
from tests.accounts.test_logins import code_of
from tests.desk.test_signing import log_in

PROOF = "这一步关系重大"


@pytest.fixture
def cast(cast):
    for name in ("李敏", "周强", "赵静", "林悦"):
        staff = cast.garden.staff[name]
        staff.set_password(garden.PASSWORD)
        staff.save()
    return cast


def code_now(staff) -> str:
    return pyotp.TOTP(Staff.objects.get(id=staff.id).totp).at(now.now())


def enrolled(cast, name="周强") -> tuple[Staff, list[str]]:
    staff = cast.garden.staff[name]
    secret = second_step.begin(staff)
    codes = second_step.confirm(staff, pyotp.TOTP(secret).at(now.now()), by=queries.scope_of_staff(staff))
    return Staff.objects.get(id=staff.id), codes


def test_a_role_that_needs_it_sets_it_up_at_the_next_login(cast, clock):
    client, staff = Client(), cast.garden.staff["周强"]
    assert log_in(client, "周强", next="/desk/shift/").url == "/login/second-step/"
    assert client.get("/desk/queue/").status_code == 302
    page = client.get("/login/second-step/").content.decode()
    secret = Staff.objects.get(id=staff.id).totp_new
    assert "<svg" in page
    assert secret in page.replace(" ", "")
    assert client.get("/login/second-step/").content.decode().count(secret[:4]) >= 1  # a reload keeps the picture
    wrong = client.post("/login/second-step/", {"code": "000000"})
    assert (wrong.status_code, "验证码不对" in wrong.content.decode()) == (422, True)
    done = client.post("/login/second-step/", {"code": pyotp.TOTP(secret).at(now.now())}).content.decode()
    assert len(re.findall(r"<li>[a-z2-9]{5}-[a-z2-9]{5}</li>", done)) == second_step.CODES
    assert 'href="/desk/shift/"' in done
    assert client.get("/desk/shift/").status_code == 200
    clock.advance(timedelta(minutes=1))
    assert 'name="code"' in log_in(Client(), "周强").content.decode()
    assert log_in(Client(), "周强", code=code_now(staff)).url == "/desk/queue/"


def test_who_needs_none_and_an_office_that_wants_none(cast, settings):
    assert log_in(Client(), "李敏").url == "/desk/queue/"
    settings.ANJU_SECOND_STEP = frozenset({"none"})
    assert log_in(Client(), "周强").url == "/desk/queue/"


def test_setting_up_waits_a_quarter_of_an_hour_and_dies_with_the_password(cast, clock):
    late, changed = Client(), Client()
    log_in(late, "周强")
    log_in(changed, "周强")
    administering.reset_password(cast.garden.staff["周强"], by=SYSTEM)
    assert changed.get("/login/second-step/").url == "/login/"
    clock.advance(timedelta(minutes=16))
    assert late.get("/login/second-step/").url == "/login/"
    assert Client().get("/login/second-step/").url == "/login/"


def test_a_code_that_was_watched_serves_nobody_again(cast, clock):
    staff, _codes = enrolled(cast)
    used = code_now(staff)
    assert log_in(Client(), "周强", code=used).status_code == 422
    clock.advance(timedelta(seconds=30))
    assert log_in(Client(), "周强", code=code_now(staff)).status_code == 302
    assert log_in(Client(), "周强", code=code_now(staff)).status_code == 422


def test_a_recovery_code_serves_once(cast):
    staff, codes = enrolled(cast)
    assert log_in(Client(), "周强", code=codes[0].upper()).status_code == 302
    assert log_in(Client(), "周强", code=codes[0]).status_code == 422
    assert queries.recovery_left(staff.id) == second_step.CODES - 1
    assert queries.administered(cast.scope("周强"), cast.community.id)[0].verb == "accounts.recovery_used"


def test_codes_are_guessed_five_times_only(cast):
    enrolled(cast)
    for _each in range(5):
        log_in(Client(), "周强", code="111111")
    assert "输错次数太多" in log_in(Client(), "周强", code="111111").content.decode()


def test_an_administrator_puts_it_back_on_record(cast, enter):
    staff, _codes = enrolled(cast, "赵静")
    theirs, manager = enter("赵静"), enter("周强")
    assert code_of(administering.reset_second_step, staff, by=cast.scope("李敏")) == "NOT_ALLOWED"
    assert manager.post(f"/desk/accounts/{staff.id}/second-step/").status_code == 302
    assert theirs.get("/desk/queue/").status_code == 302
    assert (Staff.objects.get(id=staff.id).totp, queries.recovery_left(staff.id)) == ("", 0)
    assert "重置两步登录" in manager.get("/desk/accounts/record/").content.decode()
    assert log_in(Client(), "赵静").url == "/login/second-step/"


def test_one_sets_it_up_oneself_and_off_where_no_role_needs_it(cast, enter):
    agent = enter("李敏")
    assert agent.post("/desk/account/second-step/").url == "/login/second-step/"
    agent.get("/login/second-step/")
    secret = Staff.objects.get(login="李敏").totp_new
    agent.post("/login/second-step/", {"code": pyotp.TOTP(secret).at(now.now())})
    assert "恢复码还剩10个" in agent.get("/desk/account/").content.decode()
    agent.post("/desk/account/second-step/", {"off": "1"})
    assert Staff.objects.get(login="李敏").totp == ""
    enrolled(cast)
    assert enter("周强").post("/desk/account/second-step/", {"off": "1"}).status_code == 422


def test_what_weighs_asks_again_and_loses_nothing(cast, enter, clock):
    client = enter("林悦")
    asked = {"kind": "RESIDENTS", "fields_wanted": ["name", "room"], "purpose": "年度核对用", "once": "k1"}
    clock.advance(timedelta(minutes=15))
    page = client.post("/desk/privacy/exports/", asked).content.decode()
    assert PROOF in page
    assert '<input type="hidden" name="purpose" value="年度核对用">' in page
    assert page.count('name="fields_wanted"') == 2
    wrong = client.post("/desk/privacy/exports/", asked | {"proof": "no"})
    assert (wrong.status_code, "密码不对" in wrong.content.decode()) == (422, True)
    assert client.post("/desk/privacy/exports/", asked | {"proof": garden.PASSWORD}).url == "/desk/privacy/"
    assert client.post("/desk/privacy/exports/", asked).url == "/desk/privacy/"  # proved a moment ago


def test_a_code_of_the_authenticator_proves_too(cast, enter, clock):
    staff, _codes = enrolled(cast)
    client = enter("周强")
    clock.advance(timedelta(minutes=20))
    url = f"/desk/accounts/{cast.garden.staff['李敏'].id}/roles/"
    assert PROOF in client.post(url, {"roles": ["CS", "QLT"]}).content.decode()
    assert client.post(url, {"roles": ["CS", "QLT"], "proof": code_now(staff)}).status_code == 302
    cast.garden.members["李敏"].refresh_from_db()
    assert cast.garden.members["李敏"].roles == ["CS", "QLT"]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/reveals/1/decision/",
        "/desk/privacy/exports/",
        "/desk/privacy/exports/E1/",
        "/desk/account/tokens/",
        "/desk/account/second-step/",
        "/desk/accounts/1/roles/",
        "/desk/accounts/1/password/",
        "/desk/accounts/1/second-step/",
        "/desk/privacy/staff/1/leaving/",
    ],
)
def test_these_ask_again(cast, enter, clock, path):
    client = enter("周强")
    clock.advance(timedelta(minutes=15))
    assert PROOF in client.post(path, {"approve": "1"}).content.decode()


def test_a_locked_screen_gives_nothing_until_the_password(cast, enter):
    client, ticket = enter("李敏"), cast.report("厨房水管爆了")
    assert client.post("/desk/lock/", {"quiet": "1"}).status_code == 204
    page = client.get(f"/desk/tickets/{ticket.no}/")
    assert (page.status_code, "已锁屏" in page.content.decode(), "水管" in page.content.decode()) == (423, True, False)
    part = client.get("/desk/queue/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Reswap"], part["HX-Trigger"], part.content) == (423, "none", "locked", b"")
    assert client.get("/api/v1/tickets").status_code == 401
    wrong = client.post("/desk/unlock/", {"proof": "guess", "quiet": "1"})
    assert (wrong.status_code, wrong.content.decode()) == (422, "密码不对")
    assert client.post("/desk/unlock/", {"proof": garden.PASSWORD, "quiet": "1"}).status_code == 204
    assert client.get(f"/desk/tickets/{ticket.no}/").status_code == 200


def test_without_scripts_it_locks_and_unlocks_as_well(cast, enter):
    client = enter("李敏")
    assert client.post("/desk/lock/").url == "/desk/account/"
    asked = {"proof": "guess", "next": "/desk/shift/"}
    wrong = client.post("/desk/unlock/", asked).content.decode()
    assert ("密码不对" in wrong, 'value="/desk/shift/"' in wrong) == (True, True)
    assert client.post("/desk/unlock/", asked | {"proof": garden.PASSWORD}).url == "/desk/shift/"
    StaffSession.objects.update(ended_at=now.now())
    assert client.post("/desk/unlock/", asked).url == "/login/"
    assert client.post("/desk/unlock/", {"quiet": "1"}).status_code == 401


def test_ones_own_page_shows_and_ends_logins_and_tokens(cast, enter):
    agent, other = enter("李敏"), enter("李敏")
    made = agent.post("/desk/account/tokens/", {"label": "报表", "reach": ["tickets:read"], "days": "30"})
    assert "新令牌，只显示这一次" in made.content.decode()
    page = agent.get("/desk/account/").content.decode()
    assert ("就是这里" in page, "工单：只读" in page, "2026-04-01到期" in page) == (True, True, True)
    bad = agent.post("/desk/account/tokens/", {"label": "报表二", "days": "30"})
    assert (bad.status_code, 'value="报表二"' in bad.content.decode()) == (422, True)
    token = queries.tokens_of(cast.garden.staff["李敏"].id)[0]
    assert enter("王芳").post(f"/desk/account/tokens/{token.id}/").status_code == 404
    agent.post(f"/desk/account/tokens/{token.id}/")
    assert "没有令牌" in agent.get("/desk/account/").content.decode()
    agent.post("/desk/account/sessions/")
    assert (agent.get("/desk/queue/").status_code, other.get("/desk/queue/").status_code) == (200, 302)
    weak = agent.post("/desk/account/password/", {"old": garden.PASSWORD, "new": "12345678"})
    assert (weak.status_code, garden.PASSWORD in weak.content.decode()) == (422, False)


def test_the_manager_sees_accounts_of_his_communities_only(cast, enter):
    manager, staff = enter("周强"), cast.garden.staff["李敏"]
    agent = enter("李敏")
    assert "李敏" in manager.get("/desk/accounts/").content.decode()
    session = queries.sessions_of(staff.id)[0]
    assert manager.post(f"/desk/accounts/{staff.id}/sessions/{session.id}/").status_code == 302
    assert agent.get("/desk/queue/").status_code == 302
    made = manager.post(f"/desk/accounts/{staff.id}/password/").content.decode()
    found = re.search(r'<b class="num">([^<]+)</b>', made)
    assert found is not None
    assert log_in(Client(), "李敏", found[1]).status_code == 302
    estate.community(code="other", name="别处", sign="别", hotline="400-1")
    stranger = Staff.objects.create(login="外人", name="外人")
    assert manager.get(f"/desk/accounts/{stranger.id}/").status_code == 404
    assert agent.get("/desk/accounts/").status_code == 302


def test_the_matrix_is_the_table_that_is_asked(cast, enter):
    page = enter("周强").get("/desk/accounts/rights/").content.decode()
    lines = re.findall(r'<th scope="row" title="([a-z._]+)">(.*?)</tr>', page, re.DOTALL)
    shown = {
        (name, role)
        for name, cells in lines
        for role, cell in zip(Role.values, re.findall(r"<td>(.*?)</td>", cells), strict=True)
        if "✓" in cell
    }
    assert shown == {(name, role) for name, roles in PERMISSIONS.items() for role in roles}
    assert set(TITLES) <= set(PERMISSIONS)


def test_the_record_says_who_changed_what(cast, enter):
    estate.configure(cast.community, {"sla.red_min": 90}, by=cast.scope("周强"))
    administering.set_roles(cast.garden.members["李敏"], ["CS", "QLT"], by=cast.scope("周强"))
    text = re.sub(r"<[^>]+>", " ", enter("周强").get("/desk/accounts/record/").content.decode())
    assert re.search(r"2026-03-02 09:00 +周强 +改岗位 +李敏 +CS → CS QLT", text)
    assert re.search(r"2026-03-02 09:00 +周强 +改设置 +sla.red_min 120 → 90", text)


def test_browsers_have_names():
    windows = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
    )
    assert devices.words(windows) == "Chrome · Windows"
    assert devices.words("curl/8") == "curl/8"
    assert devices.words("") == "?"
