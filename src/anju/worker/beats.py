"""Signs of life: a small file per worker in the data folder, which all machines of an office share."""

import os
import socket
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from anju.core import clock

EVERY = timedelta(seconds=30)
SILENT_AFTER = timedelta(minutes=3)
STALE_AFTER = timedelta(days=1)
FOLDER = "run"


class Sign:
    """The sign of one worker, renewed by each pass that did not fail."""

    def __init__(self) -> None:
        self._file = _folder() / f"worker-{socket.gethostname()}-{os.getpid()}"
        self._last: datetime | None = None

    def beat(self) -> None:
        """Show that this worker lives, at most every thirty seconds; a full disk must not stop it."""
        now = clock.now()
        if self._last is not None and now < self._last + EVERY:
            return
        self._last = now
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(now.isoformat(), encoding="ascii")
        except OSError:
            return

    def remove(self) -> None:
        """A worker that stops in order leaves no sign."""
        self._file.unlink(missing_ok=True)


def newest() -> datetime | None:
    """When a worker last showed itself; signs older than a day and of killed processes are swept away."""
    moments = []
    for file in _folder().glob("worker-*"):
        try:
            at = datetime.fromisoformat(file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        if at < clock.now() - STALE_AFTER or _killed(file.name):
            file.unlink(missing_ok=True)
        else:
            moments.append(at)
    return max(moments, default=None)


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
