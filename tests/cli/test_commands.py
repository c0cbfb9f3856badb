"""The commands as somebody at a terminal meets them: real processes, exit codes, one clear line when something is wrong."""

import json
import stat
from pathlib import Path

import pytest

from tests.serve.running import anju


def test_help_is_in_chinese_and_hides_what_is_not_for_people(own_office):
    for words in ((), ("--help",), ("help",)):
        done = anju(own_office, *words)
        assert done.returncode == 0
        assert "serve" in done.stdout
        assert "  web " not in done.stdout


def test_an_unknown_command_and_unknown_words(own_office):
    done = anju(own_office, "dance")
    assert (done.returncode, done.stderr) == (2, "anju: 没有“dance”这个命令，看看 anju --help\n")
    assert anju(own_office, "serve", "everything").returncode == 2


def test_migrate_says_what_it_did_and_check_only_looks(own_office):
    before = anju(own_office, "migrate", "--check")
    assert before.returncode == 1
    assert "请运行 anju migrate" in before.stderr
    assert "数据库已更新" in anju(own_office, "migrate").stdout
    assert anju(own_office, "migrate").stdout == "数据库已是最新\n"
    assert anju(own_office, "migrate", "--check").returncode == 0


@pytest.mark.parametrize("words", [("staff", "token", "李敏"), ("work",)])
def test_without_tables_every_command_says_so_in_one_line(own_office, words):
    done = anju(own_office, *words)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "请先运行 anju migrate" in done.stderr


def test_a_database_that_is_away_is_one_line(own_office):
    away = own_office | {"ANJU_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = anju(away, "migrate", "--check")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith("anju: 数据库出错")


def test_a_wrong_setting_is_one_line(own_office):
    done = anju(own_office | {"ANJU_DEMO": "maybe"}, "settings")
    assert (done.returncode, done.stderr) == (1, "anju: ANJU_DEMO must be 1 or 0, not 'maybe'\n")


def test_doctor_finds_what_is_wrong_and_how_to_mend_it(office):
    done = anju(office, "doctor", "--json")
    found = {one["name"]: one for one in json.loads(done.stdout)["checks"]}
    assert done.returncode == 1  # nobody works here
    assert found["后台任务"]["mend"].startswith("运行 anju serve")
    assert {
        found[name]["state"] for name in ("数据文件夹", "密钥文件", "数据库", "时钟", "短信模板", "搁置的定时")
    } == {"ok"}


def test_doctor_without_tables_still_looks_at_the_rest(own_office):
    done = anju(own_office, "doctor")
    assert done.returncode == 1
    assert "✗ 数据库" in done.stdout
    assert "怎么办：运行 anju migrate" in done.stdout
    assert "✓ 数据文件夹" in done.stdout
    assert "Traceback" not in done.stderr


def test_doctor_sees_a_key_that_others_may_read(office):
    bare = {name: value for name, value in office.items() if name not in ("ANJU_MASTER_KEY", "ANJU_SECRET_KEY")}
    key = Path(office["ANJU_DATA_DIR"]) / "secret.key"
    anju(bare, "settings")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o644)
    assert f"chmod 600 {key}" in anju(bare, "doctor").stdout


def test_staff_get_accounts_passwords_and_tokens(office):
    added = anju(office, "staff", "add", "李敏", "--phone", "13900010000", "--made")
    assert added.stdout.startswith("已建账号 李敏，密码 ")
    assert "已改" in anju(office, "staff", "password", "李敏", input="a long new password\n").stdout
    assert len(anju(office, "staff", "token", "李敏").stdout.strip()) > 30


@pytest.mark.parametrize(
    ("words", "typed", "line"),
    [
        (("password", "王芳"), "a long new password\n", "没有登录名为“王芳”的员工"),
        (("add", "赵静"), "short\n", ""),
        (("add", "周强", "--dept", "CS", "--made"), "", "还没有小区"),
    ],
)
def test_staff_refuses_in_one_line(office, words, typed, line):
    done = anju(office, "staff", *words, input=typed)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert line in done.stderr


def test_settings_show_no_secret(own_office):
    shown = anju(own_office | {"ANJU_DATABASE_URL": "postgresql://anju:hush@db/anju"}, "settings").stdout
    assert "postgresql://anju@db:5432/anju" in shown
    assert "hush" not in shown
    assert own_office["ANJU_SECRET_KEY"] not in shown


def test_news_and_floors(own_office):
    assert "anju.tickets.listeners.somebody_is_here" in anju(own_office, "news").stdout
    assert "\ncore\n" in anju(own_office, "floors").stdout


def test_commands_of_django_come_through(office):
    assert anju(office, "check").returncode == 0
    done = anju(office, "dbshell", "--nonsense")
    assert done.returncode == 2


def test_a_folder_that_cannot_be_written_is_one_line(own_office, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    done = anju(own_office | {"ANJU_DATA_DIR": str(tmp_path / "file"), "ANJU_SECRET_KEY": "x" * 50}, "doctor")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
