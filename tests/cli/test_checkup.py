"""The checks of `anju doctor` one by one: each finds its trouble and says how to mend it."""

import pytest
from django.conf import settings

from anju.accounts.rules import DEMO_PASSWORD
from anju.cli import checkup, defaults
from anju.core import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def state(check):
    found = check()
    assert bool(found.mend) == (found.state != "ok")
    return found.state


def test_an_office_in_order():
    with clock.using(clock.SystemClock()):
        found = {one.name: one.state for one in checkup.everything()}
    assert {found.pop(name) for name in ("静态文件", "网页组件")} <= {"ok", "bad"}  # tests have none
    assert found.pop("后台任务") == "bad"
    assert set(found.values()) <= {"ok", "note"}


def test_a_key_others_can_read(monkeypatch, tmp_path):
    key = tmp_path / "master.key"
    key.write_text("k")
    monkeypatch.setattr(settings, "ANJU_MASTER_KEY_FILE", key)
    key.chmod(0o600)
    assert state(checkup.keys) == "ok"
    key.chmod(0o640)
    assert state(checkup.keys) == "bad"


def test_an_old_python(monkeypatch):
    assert state(checkup.runtime) == "ok"
    monkeypatch.setattr(checkup, "PYTHON", (4, 0))
    assert state(checkup.runtime) == "bad"


def test_packages_that_were_never_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "STATICFILES_DIRS", [tmp_path])
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    assert state(checkup.packages) == "bad"
    for name in checkup.vendor.FILES.values():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert state(checkup.packages) == "ok"


def test_a_port_that_somebody_has(monkeypatch):
    with checkup.socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(settings, "ANJU_BASE_URL", f"http://localhost:{taken.getsockname()[1]}")
        assert state(checkup.port) == "note"
        monkeypatch.setattr(checkup.beats, "silent", lambda: False)
        assert state(checkup.port) == "ok"
    assert state(checkup.port) == "ok"


def test_channels(monkeypatch):
    assert state(checkup.channels) == "note"
    monkeypatch.setattr(settings, "ANJU_DEMO", True)
    assert state(checkup.channels) == "ok"
    monkeypatch.setattr(settings, "ANJU_CHANNELS", {"S": "pigeon.send", "W": "off", "V": "off"})
    assert state(checkup.channels) == "bad"


def test_without_tables_nothing_asks_for_them(monkeypatch):
    monkeypatch.setattr(checkup.migrate, "pending", lambda: ["tickets.0001_initial"])
    assert [one.name for one in checkup.everything()][-1] == "数据库"


def test_accounts_with_the_password_of_the_demo(monkeypatch):
    cast = Cast()
    assert state(checkup.passwords) == "ok"
    staff = cast.garden.staff["李敏"]
    staff.set_password(DEMO_PASSWORD)
    staff.save()
    found = checkup.passwords()
    assert (found.state, "1个账号还在用演示的密码：李敏" in found.says) == ("bad", True)
    assert defaults.forbid("127.0.0.1") == ""
    assert "李敏" in defaults.forbid("0.0.0.0")
    monkeypatch.setattr(settings, "ANJU_HTTPS", True)
    assert "李敏" in defaults.forbid("127.0.0.1")
    monkeypatch.setattr(settings, "ANJU_DEMO", True)
    assert (defaults.forbid("0.0.0.0"), state(checkup.passwords)) == ("", "ok")
