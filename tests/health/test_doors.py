"""What a monitor, Prometheus and a manager are shown."""

import json
import logging

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from anju.core import clock as times
from anju.health import checks, metrics, state
from anju.vault.logs import Lines
from anju.worker import beats
from tests.cast import Cast
from tests.desk.conftest import logged_in

pytestmark = pytest.mark.django_db
BEARER = {"Authorization": "Bearer a-long-token"}


@pytest.fixture
def in_order():
    """A real clock and a worker that lives."""
    with times.using(times.SystemClock()):
        beats.Sign().beat()
        yield


@pytest.fixture
def away(monkeypatch):
    """Nobody reaches the database."""

    def refused(*words, **more):
        raise OperationalError("could not connect")

    monkeypatch.setattr(checks.timers, "lateness", refused)
    monkeypatch.setattr(checks.notify, "backlog", refused)
    assert metrics.notify is checks.notify


def test_health_is_green_then_red_and_says_no_more_than_names(in_order, folder, errors_logged):
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "wrong": []})
    for sign in (folder / beats.FOLDER).glob("worker-*"):
        sign.unlink()
    assert Client().get("/health").status_code == 200  # seen a moment ago
    state.forget()
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "wrong": ["worker"]})
    assert answer["Cache-Control"] == "no-store"
    assert errors_logged == ["django.request: Service Unavailable: /health"]


def test_health_is_red_when_the_database_is_away(in_order, away, errors_logged):
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()["wrong"]) == (503, ["late_timers", "late"])


def test_metrics_are_for_who_has_the_token(in_order, monkeypatch):
    assert Client().get("/metrics", headers=BEARER).status_code == 404
    monkeypatch.setattr(settings, "ANJU_METRICS_TOKEN", "a-long-token")
    strangers = [Client().get("/metrics", headers=one) for one in ({}, {"Authorization": "Bearer x"})]
    assert [one.status_code for one in strangers] == [401, 401]
    page = Client().get("/metrics", headers=BEARER).content.decode()
    for line in ('anju_check_ok{check="worker"} 1.0', "anju_timers_late_seconds 0.0", "anju_worker_silent_seconds"):
        assert line in page
    assert "process_resident_memory_bytes" in page


def test_metrics_without_a_database_show_the_checks(in_order, away):
    page = metrics.page().decode()
    assert 'anju_check_ok{check="late_timers"} 0.0' in page
    assert "anju_deliveries_due" not in page


def test_the_page_for_managers(in_order):
    cast = Cast()
    manager, agent = logged_in(cast.garden.staff["周强"]), logged_in(cast.garden.staff["李敏"])
    assert agent.get("/desk/status/").status_code == 403
    assert "/desk/status/" not in agent.get("/desk/queue/").content.decode()
    assert "/desk/status/" in manager.get("/desk/queue/").content.decode()
    assert "一切正常" in manager.get("/desk/status/").content.decode()
    beats.Sign().remove()
    state.forget()
    page = manager.get("/desk/status/").content.decode()
    assert ("1处要处理" in page, "anju serve" in page) == (True, True)
    assert page.index("后台任务") < page.index("数据文件夹")


def test_a_log_line_is_json_and_masked():
    record = logging.LogRecord("anju.x", logging.WARNING, __file__, 1, "电话 %s\n第二行", ("13800005678",), None)
    line = Lines("%(message)s").format(record)
    said = json.loads(line)
    assert (said["level"], said["logger"], "\n" in line) == ("WARNING", "anju.x", False)
    assert ("13800005678" in line, said["at"].endswith("+00:00")) == (False, True)
