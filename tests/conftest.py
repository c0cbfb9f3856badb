"""What every test stands on: an office in a temporary folder, fixed secrets, a clock that moves only when told.

`ANJU_TEST_DB=postgres` runs those tests that a database can change on a throw-away PostgreSQL server, which the first
process starts and ends.
"""

import atexit
import gc
import logging
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

import django
import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from anju.core import clock as core_clock
from anju.vault import erasing
from tools import system
from tools.postgres import Cluster

MakeOffice = Callable[[Path], AbstractContextManager[dict[str, str]]]

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("ANJU_TEST_DB", "sqlite") == "postgres"
FIRST_PROCESS = "PYTEST_XDIST_WORKER" not in os.environ
DATA_DIR = Path(tempfile.mkdtemp(prefix="anju-test-"))

pytest_plugins = ["tests.browser"]
_cluster = Cluster()


def _environment() -> None:
    """The variables of this office; those of the developer's own office have no part in tests."""
    server = os.environ.get("ANJU_TEST_SERVER", "")
    os.environ.setdefault("ANJU_TEST_SITE", os.environ.get("ANJU_DATA_DIR") or str(ROOT / "var"))
    for name in [name for name in os.environ if name.startswith("ANJU_") and not name.startswith("ANJU_TEST_")]:
        del os.environ[name]
    if FIRST_PROCESS:  # ended by a time limit, leave nothing behind either
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    if POSTGRES and FIRST_PROCESS:
        server = os.environ["ANJU_TEST_SERVER"] = _cluster.start()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "anju.settings",
        "ANJU_DATA_DIR": str(DATA_DIR),
        "ANJU_SECRET_KEY": "secret of the tests, fifty characters long at the least",
        "ANJU_MASTER_KEY": "dGhlIG1hc3RlciBrZXkgb2YgYWxsIHRoZSB0ZXN0cyE=",
        "ANJU_DATABASE_URL": server if POSTGRES else "sqlite:",
    }


def _django() -> None:
    """Settings as in production, but for a quick password hash and static files without hashed names."""
    for name in ("static", "vendor"):
        (DATA_DIR / name).mkdir()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    django.setup()


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    _cluster.stop()
    shutil.rmtree(DATA_DIR, ignore_errors=True)


atexit.register(pytest_unconfigure)  # when it ends before pytest has begun
_environment()
_django()

hypothesis.settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("house")


def pytest_report_header() -> str:
    """Which database, and how much test there is for how much code."""
    code, tests = (
        sum(
            file.read_text("utf-8").count("\n")
            for file in (ROOT / folder).rglob("*.py")
            if "migrations" not in file.parts
        )
        for folder in ("src", "tests")
    )
    return f"anju: {settings.DATABASES['default']['ENGINE'].split('.')[-1]}, {tests} lines of tests / {code} of code = {tests / code:.2f}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what a database can change runs; the rest has run on SQLite.

    Without Chromium the browser journey is left out (bin/test has said so; in CI it fails before this).
    """
    if POSTGRES:
        config.hook.pytest_deselected(items=[item for item in items if not _asks_database(item)])
        items[:] = filter(_asks_database, items)
    if system.browser() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="Chromium is missing"))


if POSTGRES:

    @pytest.fixture(scope="session")
    def django_db_setup(django_db_setup: None) -> Iterator[None]:
        """At the end everybody leaves the test database; a thread that is slow to go is shown the door."""
        yield
        gc.collect()  # what belonged to threads that are gone
        connection.close()
        connection.close_pool()
        name = str(connection.settings_dict["NAME"])
        until = monotonic() + 10
        while _still_there(name) and monotonic() < until:
            sleep(0.05)
        with psycopg.connect(os.environ["ANJU_TEST_SERVER"], autocommit=True) as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def _still_there(database: str) -> list[tuple[str, str]]:
    query = "SELECT state, query FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(os.environ["ANJU_TEST_SERVER"]) as server:
        return server.execute(query, [database]).fetchall()


@pytest.fixture(autouse=True)
def nobody_erased() -> None:
    """The notes of the erased outlive a database, but not a test."""
    erasing.notes_file().unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def clock() -> Iterator[core_clock.VirtualClock]:
    """Monday 2 March 2026, 09:00 in Shanghai, until the test moves it."""
    virtual = core_clock.VirtualClock(datetime(2026, 3, 2, 9, tzinfo=core_clock.SHANGHAI))
    with core_clock.using(virtual):
        yield virtual


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture
def errors_logged() -> list[str]:
    """For a test that expects the log to hold errors: what was logged at level ERROR ("logger: message")."""
    return []


@pytest.fixture(autouse=True)
def _no_unexpected_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    handler = _Errors()
    expected = "errors_logged" in request.fixturenames
    if expected:
        handler.records = request.getfixturevalue("errors_logged")
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.records and not expected:
        pytest.fail("logged at level ERROR: " + "; ".join(handler.records))


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Nothing that one test cached reaches the next."""
    yield
    cache.clear()
    from anju.vault import keys  # has tables, so only after django.setup()

    keys.forget()


def _asks_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("looks"):
        return False
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "make_office"} & set(fixtures))


@contextmanager
def new_office(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of another office: an empty database, and a data folder with only the static files of bin/setup."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name in ("static", "vendor"):
        (folder / name).symlink_to(Path(os.environ["ANJU_TEST_SITE"]).resolve() / name)
    office = os.environ | {"ANJU_DATA_DIR": str(folder)}
    if not POSTGRES:
        yield office
        return
    server, name = os.environ["ANJU_TEST_SERVER"], f"office_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as postgres:
        postgres.execute(f"CREATE DATABASE {name}")
        yield office | {"ANJU_DATABASE_URL": server.rsplit("/", 1)[0] + f"/{name}"}
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def make_office() -> MakeOffice:
    """`with make_office(folder) as environment:` another office, for tests that start `anju` as a process."""
    return new_office


@pytest.fixture
def own_office(make_office: MakeOffice, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Another office for one test."""
    with make_office(tmp_path) as office:
        yield office
