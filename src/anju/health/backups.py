"""When a backup was last made, and when one was last proved to hold everything: small files that the office leaves itself."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from anju.core import clock

MADE, PROVED = "backup-made", "backup-proved"
FAILED = "backup-failed"
FOLDER = "run"


def note(what: str) -> None:
    """It was made, or proved, just now; what was proved is no longer broken."""
    _write(what, clock.now().isoformat())
    if what == PROVED:
        (_folder() / FAILED).unlink(missing_ok=True)


def note_failure(why: str) -> None:
    """A backup did not hold what it should; this stays until another one is proved."""
    _write(FAILED, " ".join(why.split())[:200])


def last(what: str) -> datetime | None:
    """When that was, None when it never was."""
    try:
        return datetime.fromisoformat((_folder() / what).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def failed() -> str:
    """Why the last proof failed, "" when it did not."""
    try:
        return (_folder() / FAILED).read_text(encoding="utf-8") or "?"
    except OSError:
        return ""


def _write(name: str, text: str) -> None:
    _folder().mkdir(parents=True, exist_ok=True)
    (_folder() / name).write_text(text, encoding="utf-8")


def _folder() -> Path:
    return Path(settings.ANJU_DATA_DIR) / FOLDER
