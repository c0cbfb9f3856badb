"""Passwords as ASVS 6.2 wants them: long ones of any make, none that everybody knows, taken exactly as typed."""

from datetime import timedelta

import pyotp
import pytest
from django.test import Client

from anju import settings as production
from anju.accounts import actions
from anju.accounts.actions import administering, passwords
from anju.accounts.rules import DEMO_PASSWORD
from anju.core.clock import VirtualClock
from anju.core.scope import SYSTEM
from tests.accounts.test_logins import code_of
from tests.cast import Cast


@pytest.mark.parametrize(
    "weak", ["1234567", "12345678", "password", "qwertyuiop", "anju-2026", "wuye12345", "物业888888"]
)
def test_short_known_and_house_words_are_refused(weak: str) -> None:
    assert code_of(passwords.check, weak) == "PASSWORD_WEAK"


@pytest.mark.parametrize("good", ["onlysmallletters", "四个字的密码很长的", "   spaces   ", "x" * 128, "anju is a cat"])
def test_any_make_and_length_is_taken(good: str) -> None:
    passwords.check(good)


def test_they_are_taken_as_typed_and_never_grow_old(db: None, clock: VirtualClock) -> None:
    long = "  Ein Satz, den nur ich kenne: " + "ü" * 60 + " "
    staff = actions.create_staff(login="x", name="小周", password=long)
    for other in (long.strip(), long.lower(), long[:72]):
        assert code_of(actions.check_login, "x", other) == "LOGIN_FAILED"
    clock.advance(timedelta(days=3 * 365))
    assert actions.check_login("x", long) == staff


def test_only_argon2_is_kept() -> None:
    assert production.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_a_reset_does_not_go_round_the_second_step(db: None) -> None:
    cast = Cast()
    staff = cast.garden.staff["赵静"]
    staff.totp = pyotp.random_base32()
    staff.save()
    made = administering.reset_password(staff, by=SYSTEM)
    assert made != DEMO_PASSWORD
    assert code_of(actions.check_login, "赵静", made) == "TOTP_REQUIRED"


def test_the_field_hides_it_and_managers_may_fill_it(db: None) -> None:
    page = Client().get("/login/").content.decode()
    field = page[page.index('type="password"') - 40 :][:300]
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page
