"""A real browser on a real server, for the tests marked `browser`."""

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Page

from tests.browser import Profile
from tests.ui import office


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64  # a page opens many connections at once; a full queue costs seconds


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """No access log."""


@pytest.fixture(scope="module")
def site(front_end: None) -> Iterator[str]:
    """Where the small office can be reached."""
    with override_settings(ROOT_URLCONF="tests.ui.office"):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        office.hang_up()
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(profile: Profile, site: str) -> Iterator[Page]:
    """A page of a reader in China with nothing on it yet."""
    office.reset()
    yield profile(site).new_page()
    office.hang_up()
