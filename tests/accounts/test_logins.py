"""Logging in: lock-out, second factor, codes that are counted before they are compared, tokens."""

import threading
from datetime import timedelta

import pyotp
import pytest
from django.db import connection

from anju.accounts import actions, queries
from anju.accounts.access import PERMISSIONS, allowed
from anju.accounts.actions import tries
from anju.core.clock import VirtualClock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from tests.cast import Cast

PHONE = "13800005678"


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def code_of(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as no:
        call(*args, **more)  # type: ignore[operator]
    return no.value.code


def test_a_password_opens_and_a_wrong_one_locks(cast: Cast, clock: VirtualClock) -> None:
    staff = actions.create_staff(login="xiaozhou", name="小周", password="a good password")
    assert actions.check_login(" xiaozhou ", "a good password") == staff
    for name in ("xiaozhou", "nobody"):
        for _time in range(tries.LOCK_AFTER):
            assert code_of(actions.check_login, name, "wrong") == "LOGIN_FAILED"
        assert code_of(actions.check_login, name, "a good password") == "LOGIN_LOCKED"
    clock.advance(tries.LOCK_FOR)
    assert actions.check_login("xiaozhou", "a good password") == staff


def test_a_second_factor_is_asked_for(cast: Cast, clock: VirtualClock) -> None:
    staff = actions.create_staff(login="x", name="小周", password="a good password")
    staff.totp = secret = pyotp.random_base32()
    staff.save()
    assert code_of(actions.check_login, "x", "a good password") == "TOTP_REQUIRED"
    assert code_of(actions.check_login, "x", "a good password", "000000") == "LOGIN_FAILED"
    assert actions.check_login("x", "a good password", pyotp.TOTP(secret).at(clock.now())) == staff


def test_somebody_who_has_left_is_nobody(cast: Cast) -> None:
    staff = actions.create_staff(login="x", name="小周", password="a good password")
    secret = actions.issue_token(staff=staff)
    staff.is_active = False
    staff.save()
    assert code_of(actions.check_login, "x", "a good password") == "LOGIN_FAILED"
    assert queries.scope_of_token(secret) is None


def test_a_code_belongs_to_the_session_that_asked(cast: Cast, clock: VirtualClock) -> None:
    code = actions.make_code(PHONE, "my session")
    assert code is not None
    assert code_of(actions.use_code, PHONE, "another session", code) == "CODE_WRONG"
    assert [one.name for one in actions.use_code(PHONE, "my session", code)] == ["张伟"]
    assert code_of(actions.use_code, PHONE, "my session", code) == "CODE_WRONG"


def test_a_code_ends_after_five_minutes(cast: Cast, clock: VirtualClock) -> None:
    code = actions.make_code(PHONE, "s")
    clock.advance(timedelta(minutes=5, seconds=1))
    assert code_of(actions.use_code, PHONE, "s", code) == "CODE_WRONG"


def test_an_unknown_phone_gets_no_code_and_the_same_answer(cast: Cast) -> None:
    assert actions.make_code("13911110000", "s") is None
    assert code_of(actions.use_code, "13911110000", "s", "000000") == "CODE_WRONG"


def test_codes_are_not_sent_too_often(cast: Cast, clock: VirtualClock) -> None:
    actions.make_code(PHONE, "s")
    assert code_of(actions.make_code, PHONE, "s") == "CODE_TOO_OFTEN"
    for _time in range(actions.CODES_PER_HOUR - 1):
        clock.advance(timedelta(minutes=2))
        actions.make_code(PHONE, "s")
    clock.advance(timedelta(minutes=2))
    assert code_of(actions.make_code, PHONE, "s") == "CODE_TOO_OFTEN"


def test_five_wrong_tries_void_a_code(cast: Cast) -> None:
    code = actions.make_code(PHONE, "s") or ""
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _time in range(actions.CODE_TRIES):
        assert code_of(actions.use_code, PHONE, "s", wrong) == "CODE_WRONG"
    assert code_of(actions.use_code, PHONE, "s", code) == "CODE_WRONG"


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_still_get_five() -> None:
    Cast()
    code = actions.make_code(PHONE, "s") or ""
    answers: list[str] = []
    guesses = [f"{(int(code) + at) % 1_000_000:06d}" for at in range(1, 25)] + [code]

    def guess(text: str) -> None:
        try:
            actions.use_code(PHONE, "s", text)
            answers.append("in")
        except Refused:
            answers.append("no")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=(text,)) for text in guesses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    row = queries.Membership._meta.apps.get_model("accounts", "LoginCode").objects.get()
    assert row.tries <= actions.CODE_TRIES
    assert len(answers) == len(guesses)


def test_tokens_say_who_it_is(cast: Cast) -> None:
    mine = queries.scope_of_token(actions.issue_token(staff=cast.garden.staff["李敏"]))
    theirs = queries.scope_of_token(actions.issue_token(person=cast.garden.people["张伟"]))
    assert mine == cast.scope("李敏")
    assert theirs == cast.scope("张伟")
    assert queries.scope_of_token("nonsense") is None


def test_switches(cast: Cast) -> None:
    row = cast.garden.members["马师傅"]
    actions.set_shift(row, on=True, by=cast.scope("马师傅"))
    row.refresh_from_db()
    assert row.on_shift
    assert code_of(actions.set_shift, row, on=False, by=cast.scope("陈师傅")) == "NOT_ALLOWED"
    actions.set_shift(row, on=False, by=cast.scope("赵静"))


def test_every_permission_names_roles_and_residents_hold_none(cast: Cast) -> None:
    for name in PERMISSIONS:
        assert allowed(SYSTEM, name)
        assert not allowed(cast.scope("张伟"), name)
    assert allowed(cast.scope("李敏"), "tickets.accept", cast.community.id)
    assert not allowed(cast.scope("李敏"), "tickets.accept", 1)
