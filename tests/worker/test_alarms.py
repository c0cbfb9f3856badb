"""Test alarms from outside, in the office: what has come back of one (P10, F48)."""

from datetime import timedelta

import pytest
from django.conf import settings

from anju.notify import actions as notify
from anju.worker import alarms, beats, loop

pytestmark = pytest.mark.django_db
TOKEN = {"HTTP_AUTHORIZATION": "Bearer outside"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "ANJU_DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "ANJU_WATCH_TOKEN", "outside")
    return tmp_path / beats.FOLDER


def elsewhere(folder, name, at, alarm=0):
    (folder / f"worker-{name}").write_text(f"{at.isoformat()} {alarm}")


def test_it_comes_back_from_the_worker_that_gets_through_a_pass(clock):
    sign = beats.Sign()
    sign.beat()
    alarm = alarms.raise_alarm()
    assert (list(alarms.back(alarm).workers.values()), alarms.back(alarm).timers) == ([False], False)
    loop.step(clock.now())
    sign.beat()  # at once, though it showed itself just now
    assert alarms.back(alarm).whole


def test_one_silent_worker_of_two_is_named(clock, folder):
    sign = beats.Sign()
    sign.beat()
    elsewhere(folder, "b-2", clock.now())
    alarm = alarms.raise_alarm()
    loop.step(clock.now())
    sign.beat()
    back = alarms.back(alarm)
    assert (back.workers["b-2"], back.whole) == (False, False)
    clock.advance(alarms.REPLACED + timedelta(seconds=1))
    sign.beat()
    assert alarms.back(alarm).whole


def test_nobody_at_work_is_not_whole(clock):
    assert not alarms.back(alarms.raise_alarm()).whole


def test_messages_that_do_not_leave_are_seen(clock):
    office = notify.Office(None, "阳光物业", "400-800-1234")
    notify.tell(
        "T206",
        to=notify.Recipient("phone", None, "13800005678"),
        vars={"place": "3栋", "item": "爆管"},
        about=("x", 1),
        office=office,
    )
    alarm = alarms.raise_alarm()
    assert alarms.back(alarm).messages
    clock.advance(alarms.LATE + timedelta(seconds=1))
    assert not alarms.back(alarm).messages


class TestDoor:
    """Only the watch may raise one."""

    def test_there_and_back(self, client, clock):
        raised = client.post("/api/v1/watch/alarms", **TOKEN)
        assert raised.status_code == 201
        sign = beats.Sign()
        loop.step(clock.now())
        sign.beat()
        told = client.get(f"/api/v1/watch/alarms/{raised.json()['alarm']}", **TOKEN).json()
        assert (told["timers"], told["messages"], told["whole"]) == (True, True, True)
        assert list(told["workers"].values()) == [True]

    @pytest.mark.parametrize("header", [{}, {"HTTP_AUTHORIZATION": "Bearer outsider"}])
    def test_nobody_else_may(self, client, header):
        assert client.post("/api/v1/watch/alarms", **header).status_code == 401
        assert client.get("/api/v1/watch/alarms/1", **header).status_code == 401

    def test_without_a_token_of_the_office_nobody_may(self, client, monkeypatch):
        monkeypatch.setattr(settings, "ANJU_WATCH_TOKEN", "")
        assert client.post("/api/v1/watch/alarms", HTTP_AUTHORIZATION="Bearer ").status_code == 401
