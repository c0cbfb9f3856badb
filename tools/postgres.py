"""A throw-away PostgreSQL server for tests and benchmarks, as root or as an ordinary user.

PostgreSQL refuses to run as root, so root starts it as the user `postgres` (or `nobody`). It listens on a free port of
the loopback interface behind a random password, knows nothing of any other server on the machine, and dies with the
process that started it. `python -m tools.postgres` keeps one until Ctrl-C and prints its address; with the word `there`
it only tells by its exit code whether the server's programs are installed.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}
START_SECONDS = 60
_PR_SET_PDEATHSIG = 1


def binaries() -> Path | None:
    """The folder of the newest installed server, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    beside = shutil.which("initdb")
    found = debian[-1] if debian else Path(beside).resolve() if beside else None
    return found.parent if found and (found.parent / "postgres").exists() else None


class Cluster:
    """One server with its own data folder; `start` gives the address, `stop` leaves nothing behind."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, following: str = "") -> str:
        """The URL of the running server's superuser: of a new one, or of one that follows the server of another URL.

        Raises RuntimeError when it cannot be had."""
        programs = binaries()
        if programs is None:
            raise RuntimeError("PostgreSQL server programs are missing (Debian: apt-get install postgresql)")
        password = urlsplit(following).password or secrets.token_hex(16)
        folder = self._folder = _make_folder(password)
        if following:
            _copy(programs, folder, following)
        else:
            _initdb(programs, folder)
        for _attempt in range(3):  # another process may take the port between our look and the server's
            port = _free_port()
            self._server = _launch(programs, folder, port)
            if _answers(self._server, folder, port):
                return f"postgresql://anju:{password}@127.0.0.1:{port}/postgres"
        log = (folder / "log").read_text(errors="replace")
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start: {log[-500:]}")

    @property
    def pid(self) -> int:
        """The server's process, for measuring what it uses."""
        if self._server is None:
            raise RuntimeError("the server is not running")
        return self._server.pid

    def stop(self) -> None:
        """End the server and remove its data; harmless when there is none."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal.SIGINT)
            try:
                self._server.wait(20)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._server = self._folder = None


def _make_folder(password: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="anju-pg-"))
    (folder / "password").write_text(password, encoding="ascii")
    owner = _owner()
    if owner:
        for each in (folder, folder / "password"):
            os.chown(each, owner.pw_uid, owner.pw_gid)
    return folder


def _initdb(programs: Path, folder: Path) -> None:
    how: list[str | Path] = ["--username=anju", f"--pwfile={folder / 'password'}", "--auth=scram-sha-256", "--no-sync"]
    command: list[str | Path] = [programs / "initdb", "-D", folder / "data", "--encoding=UTF8", "--locale=C.UTF-8"]
    _done([*command, *how], folder)


def _copy(programs: Path, folder: Path, url: str) -> None:
    """All of a running server, and where to hear what it writes from now on."""
    how: list[str | Path] = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
    _done([programs / "pg_basebackup", "-D", folder / "data", "-d", url, *how], folder)


def _done(command: list[str | Path], folder: Path) -> None:
    made = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, **_as_owner())
    if made.returncode:
        raise RuntimeError(f"{command[0]} failed: {made.stderr.strip()[-300:]}")


def _launch(programs: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-p", str(port), *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  (one call that takes no lock)
            **_as_owner(),
        )


def _answers(server: subprocess.Popen[bytes], folder: Path, port: int) -> bool:
    """Wait until the server is ready, which it says in its pid file: line 4 is the port, line 8 the state."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and server.poll() is None:
        try:
            lines = (folder / "data" / "postmaster.pid").read_text().splitlines()
        except OSError:
            lines = []
        if len(lines) >= 8 and lines[3] == str(port) and lines[7].strip() == "ready":
            return True
        time.sleep(0.05)
    return False


def _owner() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as_owner() -> dict[str, Any]:
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _die_with_parent() -> None:
    """On Linux, ask for SIGINT (a fast shutdown) when the process that started us is gone, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(words: list[str]) -> int:
    """Run one until Ctrl-C, or only look whether one could be run."""
    if words == ["there"]:
        return 0 if binaries() else 1
    cluster = Cluster()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.stdout.write(cluster.start() + "\n")
        sys.stdout.flush()
        signal.pause()
    except RuntimeError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        cluster.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
