"""Signs of life: a small file per worker in the data folder, which all machines of an office share. It says when the
worker last got through a pass, and the last test alarm that was up when it did."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from anju.core import clock

EVERY = timedelta(seconds=30)
SILENT_AFTER = timedelta(minutes=3)
STALE_AFTER = timedelta(days=1)
FOLDER = "run"
ALARM = "alarm"


class Sign:
    """The sign of one worker, renewed by each pass that did not fail."""

    def __init__(self) -> None:
        self._file = _folder() / f"worker-{socket.gethostname()}-{os.getpid()}"
        self._last: datetime | None = None
        self._alarm = 0

    def beat(self) -> None:
        """Show that this worker lives, every thirty seconds and at each new alarm; a full disk must not stop it."""
        now, alarm = clock.now(), raised()
        if self._last is not None and now < self._last + EVERY and alarm == self._alarm:
            return
        self._last, self._alarm = now, alarm
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(f"{now.isoformat()} {alarm}", encoding="ascii")
        except OSError:
            return

    def remove(self) -> None:
        """A worker that stops in order leaves no sign."""
        self._file.unlink(missing_ok=True)


class Seen(NamedTuple):
    """A worker's sign: when it last got through a pass, and under which alarm."""

    at: datetime
    alarm: int


def signs() -> dict[str, Seen]:
    """The workers by name; signs older than a day and of killed processes are swept away."""
    found = {}
    for file in _folder().glob("worker-*"):
        try:
            at, _space, alarm = file.read_text(encoding="ascii").partition(" ")
            seen = Seen(datetime.fromisoformat(at), int(alarm or 0))
        except (OSError, ValueError):
            continue
        if seen.at < clock.now() - STALE_AFTER or _killed(file.name):
            file.unlink(missing_ok=True)
        else:
            found[file.name.removeprefix("worker-")] = seen
    return found


def newest() -> datetime | None:
    """When a worker last showed itself."""
    return max((seen.at for seen in signs().values()), default=None)


def put_up(alarm: int) -> None:
    """A test alarm that every worker has to notice."""
    file = _folder() / ALARM
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(alarm), encoding="ascii")


def raised() -> int:
    """The alarm that is up; 0 when there was none."""
    try:
        return int((_folder() / ALARM).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def silent() -> bool:
    """True when no worker has shown itself for three minutes."""
    last = newest()
    return last is None or last < clock.now() - SILENT_AFTER


def _killed(name: str) -> bool:
    """True for the sign of a process of this machine that is no more."""
    host, _dash, pid = name.removeprefix("worker-").rpartition("-")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (ValueError, PermissionError):
        return False
    return False


def _folder() -> Path:
    return Path(settings.ANJU_DATA_DIR) / FOLDER
