"""The machines of a plan brought to life: three that hold the database, pages, workers, the door and the street."""

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.network import Machine, lay
from deploy.plan import LIVE_PORT, PAGES_PORT, Plan

ROOT = Path(__file__).resolve().parent.parent
STREET = "street"
PATIENCE_S = 120.0


def eventually(what: str, true: Callable[[], object], seconds: float = PATIENCE_S) -> float:
    """Wait until it is true; gives how long it took. Raises TimeoutError with what did not come."""
    began = time.monotonic()
    while not _without_error(true):
        if time.monotonic() - began > seconds:
            raise TimeoutError(what)
        time.sleep(0.2)
    return time.monotonic() - began


def _without_error(true: Callable[[], object]) -> bool:
    try:
        return bool(true())
    except (OSError, ValueError, LookupError, RuntimeError):
        return False


@dataclass
class Cluster:
    """All of it. `start` returns when residents can report."""

    plan: Plan
    folder: Path
    machines: dict[str, Machine] = field(default_factory=dict)

    def start(self) -> dict[str, str]:
        """Everything in order; gives the keys of a resident and of an agent."""
        self.machines = lay({**self.plan.machines, STREET: "10.77.0.99"}, self.folder)
        for _file in self.plan.write(self.folder):
            pass
        for name in self.plan.databases:
            self.power(name)
        eventually("three members, one of them synchronous", self.whole)
        for name in (*self.plan.pages, *self.plan.workers):
            self._poolers(self.machines[name])
        keys = self._furnish()
        for name in self.plan.pages:
            self._serve(name, "pages", PAGES_PORT)
            self._serve(name, "live", LIVE_PORT)
        for name in self.plan.workers:
            self._office(name, "work", "serve", "work")
        (front,) = self.plan.front
        self._haproxy(self.machines[front], "haproxy-front.cfg")
        eventually("the door answers", lambda: self.machines[STREET].ask("curl", "-fs", f"{self.url}/login/"))
        return keys

    @property
    def url(self) -> str:
        """Where residents come in."""
        (address,) = self.plan.front.values()
        return f"http://{address}"

    def power(self, name: str) -> None:
        """Switch a database machine on."""
        machine = self.machines[name]
        machine.join()
        _owned(machine.folder, "postgres")
        machine.start("etcd", ["etcd"], user="postgres", env=_variables(machine.folder / "etcd.env"))
        machine.start("patroni", ["patroni", machine.folder / "patroni.yml"], user="postgres")

    def _poolers(self, machine: Machine) -> None:
        _owned(machine.folder, "postgres")
        self._haproxy(machine, "haproxy-database.cfg")
        machine.start("pgbouncer", ["pgbouncer", machine.folder / "pgbouncer.ini"], user="postgres")

    def _haproxy(self, machine: Machine, file: str) -> None:
        machine.start("haproxy", ["haproxy", "-db", "-f", machine.folder / file])

    def _furnish(self) -> dict[str, str]:
        shared = Path(self.plan.shared)
        shared.mkdir()
        for name in ("static", "vendor"):
            (shared / name).symlink_to(ROOT / "var" / name)
        first = next(iter(self.plan.pages))
        eventually("the database through the pooler", lambda: self.run(first, "-m", "anju", "migrate"), 180)
        return dict(json.loads(self.run(first, "-m", "deploy.plant")))

    def run(self, name: str, *words: str) -> str:
        """The output of our Python on a machine of the office. Raises RuntimeError with what it said."""
        return self.machines[name].ask(sys.executable, *words, env=self._environment(name))

    def _serve(self, name: str, part: str, port: int) -> None:
        self._office(name, part, "serve", part, "--host", self.machines[name].address, "--port", str(port))

    def _office(self, name: str, what: str, *words: str) -> None:
        self.machines[name].start(what, [sys.executable, "-m", "anju", *words], env=self._environment(name))

    def _environment(self, name: str) -> dict[str, str]:
        ours = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "anju.settings"}
        return {**_variables(self.machines[name].folder / "anju.env"), **ours}

    # --- what Patroni says of itself ------------------------------------------------------------------------------

    def members(self) -> list[dict[str, object]]:
        """As the first reachable machine sees them."""
        for name in self.plan.databases:
            try:
                machine = self.machines[name]
                return list(
                    json.loads(machine.ask("curl", "-fsm2", f"http://{machine.address}:8008/cluster"))["members"]
                )
            except (RuntimeError, ValueError):
                continue
        raise RuntimeError("no member answers")

    def leader(self) -> str:
        """The name of the one that takes writes. Raises LookupError when there is none."""
        found = [name for name in self.plan.databases if self._is(name, "primary")]
        if len(found) != 1:
            raise LookupError(f"leaders: {found}")
        return found[0]

    def _is(self, name: str, role: str) -> bool:
        machine = self.machines[name]
        try:
            machine.ask("curl", "-fsm2", "-o", os.devnull, f"http://{machine.address}:8008/{role}")
        except RuntimeError:
            return False
        return True

    def whole(self) -> bool:
        """One leader and two that follow it, one of them synchronously, all on one timeline."""
        names = self.plan.databases
        states = [one for one in self.members() if one.get("state") in ("running", "streaming")]
        together = len({one.get("timeline") for one in states}) == 1
        follows = sum(self._is(name, "replica") for name in names)
        return bool(
            self.leader() and together and follows == len(names) - 1 and any(self._is(one, "sync") for one in names)
        )

    @property
    def superuser(self) -> dict[str, str]:
        """What `psql` needs in its environment."""
        return {"PGPASSWORD": self.plan.secrets["superuser"], "PGCONNECT_TIMEOUT": "3"}

    def psql(self, query: str) -> list[str]:
        """The command that asks the server of the same machine."""
        return ["psql", "-XAtq", "-h", "127.0.0.1", "-U", "postgres", "anju", "-c", query]

    def sql(self, name: str, query: str) -> str:
        """What a database server answers to its superuser."""
        return self.machines[name].ask(*self.psql(query), env=self.superuser)


def _owned(folder: Path, user: str) -> None:
    """A machine's folder belongs to the user that its services run as."""
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, user, user)


def _variables(file: Path) -> dict[str, str]:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)
