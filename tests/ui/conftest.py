"""A real browser on a real server, for the tests marked `browser`."""

import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from anju.ui import vendor
from tests.ui import office
from tools import system

ROOT = Path(__file__).resolve().parents[2]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64  # a page opens many connections at once; a full queue costs seconds


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """No access log."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Where the small office can be reached."""
    vendor.collect(ROOT / "node_modules", Path(settings.STATICFILES_DIRS[0]))
    with override_settings(ROOT_URLCONF="tests.ui.office"):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        office.hang_up()
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=system.browser())
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the console and the content policy said."""
    return []


@pytest.fixture
def page(browser: Browser, site: str, complaints: list[str]) -> Iterator[Page]:
    """A page of a reader in China with nothing on it yet."""
    office.reset()
    context = browser.new_context(base_url=site, timezone_id="Asia/Shanghai", viewport={"width": 1366, "height": 768})
    context.set_default_timeout(8000)
    sheet = context.new_page()
    sheet.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    sheet.on("pageerror", lambda error: complaints.append(str(error)))
    yield sheet
    context.close()
    office.hang_up()
