"""Reads that may lag: from a real follower whose replay is held up, and never behind what somebody changed himself."""

import os
import re
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from psycopg.conninfo import make_conninfo

from anju.accounts.models import Staff
from anju.core import replicas
from anju.ui import own_changes
from anju.ui.middleware import changes
from tests.cast import Cast
from tests.desk.conftest import logged_in
from tests.serve.running import eventually
from tools.postgres import Cluster


def test_without_a_follower_everything_is_read_from_the_leader(db):
    router = replicas.Router()
    assert not replicas.there()
    with replicas.may_lag("0/1"):
        assert router.db_for_read(Staff) == "default"
        assert Staff.objects.count() == 0
    assert router.db_for_write(Staff) == "default"
    assert router.allow_relation(Staff(), Staff())


def test_only_a_change_by_somebody_known_is_remembered(db):
    passed = changes(lambda request: HttpResponse())
    cookie = {settings.SESSION_COOKIE_NAME: "x"}

    def remembered(method: str, cookies: dict[str, str]) -> bool:
        request = RequestFactory().generic(method, "/desk/")
        request.COOKIES.update(cookies)
        return own_changes.COOKIE in passed(request).cookies

    assert [remembered(*one) for one in (("POST", cookie), ("GET", cookie), ("POST", {}))] == [True, False, False]


class Follower:
    """A server that streams from the tests' own, and can be held up."""

    def __init__(self, url: str) -> None:
        name = connections["default"].settings_dict["NAME"]
        self.server = psycopg.connect(make_conninfo(url, dbname=name), autocommit=True)

    def hold(self) -> None:
        self.caught_up()
        self.server.execute("SELECT pg_wal_replay_pause()")
        eventually(lambda: self._says("SELECT pg_get_wal_replay_pause_state()") == "paused")

    def go_on(self) -> None:
        self.server.execute("SELECT pg_wal_replay_resume()")
        self.caught_up()

    def caught_up(self) -> None:
        wanted = replicas.position()
        eventually(lambda: self._says(f"SELECT pg_last_wal_replay_lsn() >= '{wanted}'::pg_lsn"))

    def _says(self, query: str) -> object:
        return self.server.execute(query).fetchone()[0]


@pytest.fixture
def follower(transactional_db, settings) -> Iterator[Follower]:
    """The office reads its figures from a follower."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL is followed")
    cluster = Cluster()
    url = cluster.start(os.environ["ANJU_TEST_SERVER"])
    there = psycopg.conninfo.conninfo_to_dict(url)
    one = connections["default"].settings_dict
    connections.settings[replicas.REPLICA] = {
        **one,
        "PORT": there["port"],
        "OPTIONS": {**one["OPTIONS"], "pool": False},
    }
    settings.DATABASE_ROUTERS = ["anju.core.replicas.Router"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "anju.ui.middleware.changes"]
    connections[replicas.REPLICA].connect()  # what is open is not asked whether a test may open it
    found = Follower(url)
    yield found
    found.server.close()
    connections[replicas.REPLICA].close()
    del connections[replicas.REPLICA]
    del connections.settings[replicas.REPLICA]
    cluster.stop()


def reports(client: Client) -> int:
    """How many of today the page of figures counts."""
    html = client.get("/desk/figures/").content.decode()
    return int(re.search(r'报事</td><td class="n"><b>(\d+)</b>', html)[1])


def test_figures_lag_but_never_behind_ones_own_change(follower: Follower):
    cast = Cast()
    mine, theirs = logged_in(cast.garden.staff["李敏"]), logged_in(cast.garden.staff["赵静"])
    ticket = cast.report("楼道灯不亮")
    follower.hold()
    assert (reports(mine), reports(theirs)) == (1, 1)
    cast.report("厨房水龙头一直滴漏")
    assert reports(theirs) == 1
    note = f"/desk/tickets/{ticket.no}/note/"
    assert mine.post(note, {"text": "已电话联系", "version": ticket.version}).status_code < 400
    assert (reports(mine), reports(theirs)) == (2, 1)
    follower.go_on()
    assert reports(theirs) == 2
