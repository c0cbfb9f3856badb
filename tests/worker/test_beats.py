"""Signs of life: who works is seen, who was killed or fell silent is not."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from anju.worker import beats


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "ANJU_DATA_DIR", tmp_path)
    return tmp_path / beats.FOLDER


def test_nobody_works():
    assert beats.newest() is None
    assert beats.silent()


def test_a_worker_is_seen_until_it_leaves(clock):
    sign = beats.Sign()
    sign.beat()
    assert beats.newest() == clock.now()
    assert not beats.silent()
    sign.remove()
    assert beats.silent()


def test_it_shows_itself_every_thirty_seconds(clock):
    sign, start = beats.Sign(), clock.now()
    sign.beat()
    for seconds, seen in ((29, 0), (1, 30)):
        clock.advance(timedelta(seconds=seconds))
        sign.beat()
        assert beats.newest() == start + timedelta(seconds=seen)


def test_three_minutes_of_silence(clock):
    beats.Sign().beat()
    clock.advance(beats.SILENT_AFTER)
    assert not beats.silent()
    clock.advance(timedelta(seconds=1))
    assert beats.silent()


def other(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text)
    return file


def test_a_killed_process_of_this_machine_is_swept_away(folder, clock):
    host = beats.socket.gethostname()
    file = other(folder, f"worker-{host}-999999999", clock.now().isoformat())
    assert beats.silent()
    assert not file.exists()


def test_a_worker_of_another_machine_counts_until_a_day_is_over(folder, clock):
    file = other(folder, "worker-elsewhere-7", clock.now().isoformat())
    assert not beats.silent()
    clock.advance(beats.STALE_AFTER + timedelta(seconds=1))
    assert beats.newest() is None
    assert not file.exists()


def test_a_broken_sign_is_no_sign(folder):
    other(folder, "worker-elsewhere-7", "half a li")
    assert beats.silent()


def test_a_full_disk_stops_no_worker(folder):
    folder.write_text("not a folder")
    beats.Sign().beat()
    assert beats.silent()
