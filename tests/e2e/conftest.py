"""A real browser against the real pages; the clock stands still unless a test moves it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, Page, sync_playwright

from anju.accounts.actions import open_resident_session, open_session
from anju.lab import garden
from anju.ui import vendor
from tests.cast import Cast
from tools import system

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}

Phone = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def files() -> None:
    """The front-end packages, where the live server finds them."""
    vendor.collect(ROOT / "node_modules", Path(settings.STATICFILES_DIRS[0]))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return Cast()


@pytest.fixture
def complaints() -> list[str]:
    """What the console and the content policy said; answers that are meant to be 4xx do not count."""
    return []


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Chromium. Playwright keeps an event loop in this thread, beside which Django would refuse to work."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=system.browser())
        yield chromium
        chromium.close()


@pytest.fixture
def opened(cast: Cast, browser: Browser, live_server, complaints: list[str]) -> Phone:
    """`opened("陈师傅")`: a phone of somebody who is logged in; without a name one of a passer-by."""

    def make(name: str = "", *, size: dict[str, int] = PHONE, **more: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url, timezone_id="Asia/Shanghai", viewport=size, device_scale_factor=1, **more
        )
        context.set_default_timeout(8000)
        if name:
            context.add_cookies([{"name": "anju_session", "value": _session(cast, name), "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: _note(complaints, said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    return make


def _note(complaints: list[str], said: str) -> None:
    if "status of 4" not in said:
        complaints.append(said)


def _session(cast: Cast, name: str) -> str:
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
