"""`anju serve` as a real process, its children, and clients of its live stream."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tests.conftest import ROOT

PATIENCE_S = 120.0
T = TypeVar("T")
PLANTED = Path(__file__).with_name("planted.py")


def anju(office: dict[str, str], *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "anju", *words]
    return subprocess.run(
        command, check=False, env=office, capture_output=True, text=True, timeout=5 * PATIENCE_S, cwd=ROOT, **more
    )


def planted(office: dict[str, str]) -> dict[str, str]:
    """An office with the garden in it; gives cookies and a token."""
    assert anju(office, "migrate", "--verbosity", "0").returncode == 0
    done = subprocess.run([sys.executable, PLANTED], env=office, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


@dataclass
class Server:
    """A group that is running."""

    process: "subprocess.Popen[str]"
    port: int
    lines: list[str] = field(default_factory=list)

    def children(self) -> list[int]:
        """The ids of its processes."""
        return [
            int(one) for one in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def get(self, path: str, method: str = "GET", body: object = None, **headers: str) -> tuple[int, bytes]:
        """One request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        data = json.dumps(body).encode() if body is not None else None
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, data, {"Content-Type": "application/json", **named})
        answer = connection.getresponse()
        found = answer.status, answer.read()
        connection.close()
        return found

    def report(self, token: str, text: str = "3栋1单元大堂的灯不亮") -> str:
        """A new ticket through the API; gives its number."""
        status, body = self.get(
            "/api/v1/tickets", "POST", {"text": text, "room": "3-1-1203"}, Authorization=f"Bearer {token}"
        )
        assert status == 201, body
        return str(json.loads(body)["no"])

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextmanager
def serving(office: dict[str, str], *words: str) -> Iterator[Server]:
    """A group on a free port, from its ready line on."""
    with (Path(office["ANJU_DATA_DIR"]) / "stderr").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "anju", "serve", *words, "--port", "0"],
            env=office,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = next((urlsplit(word).port for word in line.split() if word.startswith("http")), None)
        yield Server(process, found or 0, [line])
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(PATIENCE_S)
        if process.stdout:
            process.stdout.close()


def said(office: dict[str, str]) -> str:
    """What the group has written to stderr."""
    return (Path(office["ANJU_DATA_DIR"]) / "stderr").read_text(encoding="utf-8")


def alive(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def eventually(true, seconds: float = PATIENCE_S) -> None:
    """Wait until it is true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if true():
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    raise AssertionError("it did not become true in time")


_open: list[asyncio.StreamWriter] = []


def played(story: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What the story gives; whoever still listens at its end has left, so that no connection is lost to a later test."""

    async def whole() -> T:
        try:
            return await story()
        finally:
            for writer in _open:
                writer.close()
            await asyncio.gather(*(writer.wait_closed() for writer in _open), return_exceptions=True)
            _open.clear()

    return asyncio.run(whole())


class Listener:
    """One client of /live/ with its cookie."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.status = 0
        self.text = ""

    async def connect(self) -> "Listener":
        """Open the stream and read its first event."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        _open.append(self.writer)
        self.writer.write(f"GET /live/ HTTP/1.1\r\nHost: localhost\r\nCookie: {self.cookie}\r\n\r\n".encode())
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE_S)
        self.status = int(head.split()[1])
        if self.status == 200:
            await self.hears("event: beat")
        return self

    async def hears(self, words: str, seconds: float = PATIENCE_S) -> float:
        """Read until the words come; gives how long it took."""
        began = time.monotonic()
        while words not in self.text:
            chunk = await asyncio.wait_for(self.reader.read(4096), began + seconds - time.monotonic())
            if not chunk:
                raise AssertionError(f"the stream ended before {words!r}: {self.text!r}")
            self.text += chunk.decode()
        return time.monotonic() - began

    async def quiet(self, seconds: float) -> str:
        """What comes in so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                while chunk := await self.reader.read(4096):
                    self.text += chunk.decode()
        except TimeoutError:
            pass
        return self.text

    def leave(self) -> None:
        """Close the tab."""
        self.writer.close()

    async def ended(self, seconds: float = PATIENCE_S) -> bool:
        """Whether the server closes the stream."""
        try:
            while await asyncio.wait_for(self.reader.read(4096), seconds):
                pass
        except ConnectionError:
            return True
        return True


def kill(pid: int) -> None:
    """As the kernel does when memory runs out."""
    os.kill(pid, signal.SIGKILL)
