"""What was committed, read past the product: plain SQL on a connection of its own."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Line = sqlite3.Row


class Ledger:
    """The database file as a stranger with a clerk's eye reads it."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def rows(self, statement: str, *values: object) -> Iterator[Line]:
        """The rows of a statement, one after the other."""
        yield from self._connection.execute(statement, values)

    def count(self, statement: str, *values: object) -> int:
        """The one number a statement gives."""
        return int(self._connection.execute(statement, values).fetchone()[0] or 0)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def moment(text: str | None) -> datetime | None:
    """A stored instant; every one of them is UTC (I24)."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def facts(text: str) -> dict[str, Any]:
    """A stored mapping."""
    found: dict[str, Any] = json.loads(text)
    return found
