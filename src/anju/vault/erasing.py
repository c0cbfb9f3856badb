"""Who was erased, noted outside the database: a restored backup brings people back, and they are erased again (R16.5).

A line names a moment and a row, nobody.
"""

import os
from pathlib import Path

from django.conf import settings

from anju.core import clock

_FILE = "erased.log"


def note(person_id: int) -> None:
    """Remember that a person is erased; call it in the transaction that does it.

    A note whose transaction is undone makes nothing worse: he was to be erased. A missing one would bring him back.
    """
    _append([f"{clock.iso(clock.now())} {person_id}"])


def noted() -> list[int]:
    """Everybody who was erased."""
    return list(dict.fromkeys(int(line.split()[1]) for line in _lines(notes_file())))


def merge(other: Path) -> None:
    """Take over notes that a backup brought and we do not have."""
    known = set(_lines(notes_file()))
    _append([line for line in _lines(other) if line not in known])


def notes_file() -> Path:
    """The notes: in the data folder, outside the database."""
    return Path(settings.ANJU_DATA_DIR) / _FILE


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="ascii").splitlines() if file.exists() else []


def _append(lines: list[str]) -> None:
    handle = os.open(notes_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as out:
        out.writelines(f"{line}\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
