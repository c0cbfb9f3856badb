"""Chromium for the tests marked `browser`: started once per process, a fresh profile for each page.

A page may take as long as it likes on a busy machine; what never comes is told after `PATIENCE_MS`.
"""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from anju.core import clock
from anju.ui import vendor
from tools import system

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_MS = 60_000
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}

Profile = Callable[..., BrowserContext]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def front_end() -> None:
    """The front-end packages, where test servers find them."""
    vendor.collect(ROOT / "node_modules", Path(settings.STATICFILES_DIRS[0]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop]]:
    """The browser, and the event loop that Playwright keeps in this thread."""
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=system.browser(), timeout=PATIENCE_MS)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield launched, loop
        asyncio._set_running_loop(loop)
        launched.close()


@pytest.fixture
def browser(
    chromium: tuple[Browser, asyncio.AbstractEventLoop], front_end: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """Chromium during one test. Beside Playwright's running loop Django would refuse to work and no other loop can run."""
    launched, loop = chromium
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    asyncio._set_running_loop(loop)
    yield launched
    for context in launched.contexts:
        context.close()
    asyncio._set_running_loop(None)


@pytest.fixture
def complaints() -> list[str]:
    """What the console and the content policy said."""
    return []


def hold_time(page: Page) -> None:
    """Timers of this page run only by `page.clock.run_for`."""
    page.clock.install(time=clock.now())
    page.clock.pause_at(clock.now() + clock.SECOND)


def minded(complaints: list[str]) -> list[str]:
    """Complaints without answers that are meant (404 of a stream that is not served here, 409, 422)."""
    return [line for line in complaints if "status of 4" not in line]


@pytest.fixture
def profile(browser: Browser, complaints: list[str]) -> Profile:
    """`profile(url)`: the browser of a reader in China who has never been at this site."""

    def make(url: str, size: dict[str, int] = DESK, **more: object) -> BrowserContext:
        context = browser.new_context(base_url=url, timezone_id="Asia/Shanghai", viewport=size, **more)
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        context.on("weberror", lambda wrong: complaints.append(str(wrong.error)))
        return context

    return make
