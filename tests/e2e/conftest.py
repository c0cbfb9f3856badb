"""A real browser against the real pages; the clock stands still unless a test moves it."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from anju.accounts.actions import open_resident_session, open_session
from anju.lab import garden
from tests.browser import PHONE, Profile
from tests.cast import Cast
from tests.e2e.looking import Looking

Phone = Callable[..., Page]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def opened(cast: Cast, profile: Profile, live_server) -> Phone:
    """`opened("陈师傅")`: a phone of somebody who is logged in; without a name one of a passer-by."""

    def make(name: str = "", *, size: dict[str, int] = PHONE, **more: object) -> Page:
        context = profile(live_server.url, size, device_scale_factor=1, **more)
        if name:
            context.add_cookies([{"name": "anju_session", "value": session_of(cast, name), "url": live_server.url}])
        return context.new_page()

    return make


def session_of(cast: Cast, name: str) -> str:
    session = SessionStore()
    session.create()
    if name in cast.garden.staff:
        open_session(session, cast.garden.staff[name])
    else:
        open_resident_session(session, cast.garden.people[name])
    session.save()
    return session.session_key


@pytest.fixture
def password(cast: Cast) -> Callable[[str], str]:
    """Gives somebody of the staff the password of the lab."""

    def give(name: str) -> str:
        staff = cast.garden.staff[name]
        staff.set_password(garden.PASSWORD)
        staff.save()
        return garden.PASSWORD

    return give


@pytest.fixture
def look(complaints: list[str]) -> Iterator[Looking]:
    """At the end of the test nothing may have been found wrong."""
    found = Looking(complaints)
    yield found
    assert not found.wrong, "\n".join(found.wrong)
