"""Machines made of network namespaces around one switch, in a world of its own that ends with the process that made it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = {
    "ip": "iproute2",
    "unshare": "util-linux",
    "setpriv": "util-linux",
    "patroni": "patroni",
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "psql": "postgresql",
}
SWITCH = "switch"


def missing() -> list[str]:
    """The Debian packages that are not there."""
    return sorted({package for program, package in PROGRAMS.items() if shutil.which(program) is None})


def apart(words: Sequence[str]) -> int:
    """Run ourselves again where nothing is shared with the host but files: own network, own processes, own mounts.

    Whatever was started there is killed by the kernel when that first process ends, however it ends.
    """
    alone = ["unshare", "--net", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child"]
    return subprocess.run([*alone, sys.executable, "-m", "deploy", *words], check=False).returncode


def first(work: Callable[[], int]) -> int:
    """Be the first process of that world: bury every orphan that dies, until the work has ended; gives its exit code."""
    child = os.fork()
    if not child:
        os._exit(work())
    while True:
        pid, status = os.wait()
        if pid == child:
            return os.waitstatus_to_exitcode(status)


def run(*words: str | Path) -> str:
    """The output of a command. Raises CalledProcessError."""
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


@dataclass
class Machine:
    """One host: its own interfaces and its own processes, whose output goes into its folder."""

    name: str
    address: str
    folder: Path
    running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start(
        self, what: str, command: Sequence[str | Path], *, user: str = "", env: Mapping[str, str] | None = None
    ) -> None:
        """Start a program here; it writes into its own log."""
        with (self.folder / f"{what}.log").open("ab") as log:
            self.running[what] = subprocess.Popen(
                [*self.here(user), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, **(env or {})},
                cwd=self.folder,
            )

    def here(self, user: str = "") -> list[str]:
        """The words before a command that make it run on this machine."""
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
        return ["ip", "netns", "exec", self.name, *become]

    def ask(self, *command: str | Path, env: Mapping[str, str] | None = None) -> str:
        """The output of a command that ends by itself. Raises RuntimeError with the end of what it said."""
        both = {**os.environ, **(env or {})}
        try:
            done = subprocess.run(
                [*self.here(), *command], check=False, capture_output=True, text=True, env=both, timeout=60
            )
        except subprocess.TimeoutExpired as error:
            raise RuntimeError(f"{command[0]} on {self.name} takes too long") from error
        if done.returncode:
            raise RuntimeError(f"{command[0]} on {self.name}: {done.stderr.strip()[-300:]}")
        return done.stdout.strip()

    def kill(self, what: str) -> None:
        """SIGKILL, to the whole group of what was started."""
        process = self.running.pop(what)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def off(self) -> None:
        """The power fails: no packet leaves any more, and every process is gone."""
        self.cut()
        for pid in run("ip", "netns", "pids", self.name).split():
            os.kill(int(pid), signal.SIGKILL)
        for process in self.running.values():
            process.wait()
        self.running.clear()

    def cut(self) -> None:
        """Pull the cable at the switch."""
        run("ip", "-n", SWITCH, "link", "set", self.name, "down")

    def join(self) -> None:
        """Put it back."""
        run("ip", "-n", SWITCH, "link", "set", self.name, "up")


def lay(addresses: Mapping[str, str], folder: Path) -> dict[str, Machine]:
    """A switch and a machine at each address, all in one network of 24 bits. Only inside `apart`."""
    Path("/run/netns").mkdir(exist_ok=True)
    run("mount", "-t", "tmpfs", "tmpfs", "/run/netns")
    run("ip", "netns", "add", SWITCH)
    run("ip", "-n", SWITCH, "link", "add", "bridge", "type", "bridge")
    run("ip", "-n", SWITCH, "link", "set", "bridge", "up")
    return {name: _machine(name, address, folder / name) for name, address in addresses.items()}


def _machine(name: str, address: str, folder: Path) -> Machine:
    folder.mkdir(exist_ok=True)
    run("ip", "netns", "add", name)
    run("ip", "-n", SWITCH, "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
    run("ip", "-n", SWITCH, "link", "set", name, "master", "bridge", "up")
    run("ip", "-n", name, "addr", "add", f"{address}/24", "dev", "eth0")
    run("ip", "-n", name, "link", "set", "eth0", "up")
    run("ip", "-n", name, "link", "set", "lo", "up")
    return Machine(name, address, folder)
