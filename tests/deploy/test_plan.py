"""The files of every machine: whole, in agreement with each other, and for nobody else's eyes."""

import re
import stat
import tomllib
from pathlib import Path

import pytest

from deploy.plan import TEMPLATES, Plan
from tests.conftest import ROOT

LIST = ROOT / "deploy" / "machines.toml"


@pytest.fixture
def plan() -> Plan:
    return Plan.read(LIST)


def texts(plan: Plan, name: str) -> dict[str, str]:
    return dict(plan.files(name))


def test_every_template_goes_to_somebody_and_no_blank_is_left(plan):
    written = {file for name in plan.machines for file in texts(plan, name)}
    assert written == {file.name for file in TEMPLATES.iterdir()}
    for name in plan.machines:
        for text in texts(plan, name).values():
            assert "$" not in text


def test_a_database_knows_its_two_peers_and_answers_on_its_own_address(plan):
    etcd, patroni = texts(plan, "db2")["etcd.env"], texts(plan, "db2")["patroni.yml"]
    assert "ETCD_INITIAL_CLUSTER=db1=http://10.0.0.11:2380,db2=http://10.0.0.12:2380,db3=http://10.0.0.13:2380" in etcd
    assert 'hosts: ["10.0.0.11:2379", "10.0.0.12:2379", "10.0.0.13:2379"]' in patroni
    assert "connect_address: 10.0.0.12:5432" in patroni
    assert "bin_dir: /usr/lib/postgresql/15/bin" in patroni


def test_a_leader_is_gone_before_another_is_chosen_and_nothing_is_acknowledged_alone(plan):
    patroni = texts(plan, "db1")["patroni.yml"]
    ttl, wait, retry = (int(re.search(rf"{name}: (\d+)", patroni)[1]) for name in ("ttl", "loop_wait", "retry_timeout"))
    assert wait + 2 * retry <= ttl <= 20
    assert "synchronous_mode: true" in patroni
    assert "synchronous_mode_strict: true" in patroni
    assert "mode: required" in patroni


def test_pages_and_workers_reach_the_leader_the_followers_and_the_bell(plan):
    for name in ("web1", "work2"):
        files = texts(plan, name)
        env = dict(line.split("=", 1) for line in files["anju.env"].splitlines() if not line.startswith("#"))
        assert env["ANJU_DATABASE_URL"].endswith("@127.0.0.1:6432/anju")
        assert env["ANJU_DB_READ"].endswith("@127.0.0.1:6432/anju_read")
        assert env["ANJU_DB_DIRECT"].endswith("@127.0.0.1:5000/anju")
        assert env["ANJU_DB_PREPARE"] == "0"
        assert files["userlist.txt"] == f'"anju" "{plan.secrets["application"]}"\n'
        assert files["haproxy-database.cfg"].count("server db3 10.0.0.13:5432 check port 8008") == 2
    assert "pool_mode = transaction" in texts(plan, "web1")["pgbouncer.ini"]


def test_the_door_knows_every_page_and_no_worker(plan):
    front = texts(plan, "front")["haproxy-front.cfg"]
    assert re.findall(r"server (\w+) ([\d.:]+) check", front) == [
        ("web1", "10.0.0.21:8000"),
        ("web2", "10.0.0.22:8000"),
        ("web1", "10.0.0.21:8001"),
        ("web2", "10.0.0.22:8001"),
    ]


def test_limits_that_a_pooler_swallows_stand_at_the_role(plan):
    roles = texts(plan, "db1")["roles.sql"]
    assert "options" in re.search(r"ignore_startup_parameters = (.*)", texts(plan, "web1")["pgbouncer.ini"])[1]
    for name in ("statement_timeout", "idle_in_transaction_session_timeout"):
        assert f"ALTER ROLE anju SET {name} = '60s';" in roles
        assert f"-c {name}=60000" in (ROOT / "src" / "anju" / "settings.py").read_text(encoding="utf-8")


def test_written_files_hold_passwords_of_this_plan_alone(plan, tmp_path):
    written = list(plan.write(tmp_path))
    assert len(written) == sum(len(texts(plan, name)) for name in plan.machines)
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in written)
    other = Plan.read(LIST)
    assert set(plan.secrets.values()).isdisjoint(other.secrets.values())
    assert plan.secrets["superuser"] not in (tmp_path / "web1" / "anju.env").read_text(encoding="utf-8")


def test_a_list_without_pages_is_refused(tmp_path: Path):
    said = tomllib.loads(LIST.read_text(encoding="utf-8"))
    assert set(said) == {"network", "front", "hosts", "databases", "pages", "workers"}
    text = LIST.read_text(encoding="utf-8").replace("[pages]", "[papers]")
    (tmp_path / "machines.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KeyError, match="pages"):
        Plan.read(tmp_path / "machines.toml")
