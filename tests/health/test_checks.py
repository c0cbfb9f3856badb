"""Each check finds its trouble and says how to mend it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError

from anju.core import clock as times
from anju.core.scope import SYSTEM
from anju.health import backups, checks
from anju.health.finding import safely
from anju.journal import actions as journal
from anju.journal.models import News
from anju.notify import hold
from anju.notify.choices import State
from anju.notify.models import Delivery
from anju.timers import actions as timers
from anju.timers.models import Timer
from anju.worker import beats
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def state(check):
    found = check()
    assert bool(found.mend) == (found.state != "ok")
    return found.state


def test_the_folder_and_its_disk(monkeypatch, tmp_path):
    assert [state(checks.folder), state(checks.room)] == ["ok", "ok"]
    monkeypatch.setattr(checks, "LITTLE_ROOM", 1 << 60)
    assert state(checks.room) == "bad"
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(settings, "ANJU_DATA_DIR", tmp_path / "file")
    assert state(checks.folder) == "bad"


def test_clocks_that_differ():
    with times.using(times.SystemClock()):
        assert state(checks.skew) == "ok"
    assert state(checks.skew) == "bad"  # the tests' clock stands in March


def test_no_worker(clock):
    assert state(checks.worker) == "bad"
    beats.Sign().beat()
    assert state(checks.worker) == "ok"
    clock.advance(timedelta(minutes=4))
    assert state(checks.worker) == "bad"
    assert "03-02 09:00:00" in checks.worker().says


def planted_late():
    timers.schedule("no.such", ("ticket", 1), times.now())
    entry = journal.record("tickets.note", subject=("ticket", 1), community_id=None, by=SYSTEM)
    News.objects.create(entry=entry, listener="nobody")


def test_steps_that_are_late(clock):
    planted_late()
    clock.advance(timedelta(minutes=3))
    assert [state(checks.late_timers), state(checks.late_news)] == ["ok", "ok"]
    clock.advance(timedelta(seconds=1))
    assert [state(checks.late_timers), state(checks.late_news)] == ["bad", "bad"]
    for rows in (Timer, News):  # somebody has them in hand
        rows.objects.update(locked_until=clock.now() + timedelta(minutes=1))
    assert [state(checks.late_timers), state(checks.late_news)] == ["ok", "ok"]


def test_parked_rows():
    assert [state(checks.parked_timers), state(checks.parked_news)] == ["ok", "ok"]
    planted_late()
    for rows in (Timer, News):
        rows.objects.update(parked=True)
    assert [state(checks.parked_timers), state(checks.parked_news)] == ["bad", "bad"]


def test_messages_that_wait_or_died_or_are_held(clock):
    Cast().report()
    assert [state(checks.late), state(checks.dead), state(checks.held)] == ["ok", "ok", "ok"]
    clock.advance(timedelta(minutes=6))
    assert state(checks.late) == "bad"
    Delivery.objects.update(state=State.DEAD, reason="CRASHED", due_at=None)
    hold.begin()
    assert [state(checks.dead), state(checks.held)] == ["bad", "bad"]
    Delivery.objects.update(state=State.FAILED)
    assert state(checks.dead) == "note"


def test_backups_that_are_missing_old_or_broken(clock, monkeypatch):
    assert state(checks.backup) == "note"  # never made
    backups.note(backups.MADE)
    assert state(checks.backup) == "note"  # never proved
    backups.note(backups.PROVED)
    assert state(checks.backup) == "ok"
    backups.note_failure("a page\nis broken")
    assert (state(checks.backup), "a page is broken" in checks.backup().says) == ("bad", True)
    backups.note(backups.PROVED)
    clock.advance(timedelta(hours=26))
    assert state(checks.backup) == "ok"
    clock.advance(timedelta(seconds=1))
    assert state(checks.backup) == "bad"
    monkeypatch.setattr(settings, "ANJU_BACKUP_HOURS", 0)
    assert state(checks.backup) == "ok"


def test_a_check_that_breaks_is_a_finding():
    def broken():
        """坏掉的检查"""
        raise OperationalError("disk I/O\nerror")

    found = safely(broken)
    assert (found.name, found.state, found.says) == ("坏掉的检查", "bad", "disk I/O error")
