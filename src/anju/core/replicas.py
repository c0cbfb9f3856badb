"""Reads that may lag behind: figures over many rows, from a database that follows the leader, where an office has one.

Only what says so reads there. Nobody misses what he did himself: his browser keeps how far the leader had written after
his last change, a position in PostgreSQL's log such as `0/16B3748`, and a follower that has not got there is not asked.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

REPLICA = "replica"
NEVER = "FFFFFFFF/FFFFFFFF"
_POSITION = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
_from_there: ContextVar[bool] = ContextVar("from_there", default=False)


class Router:
    """Django asks it where to read; whatever is written goes to the leader."""

    def db_for_read(self, model: object, **hints: object) -> str:
        """The follower inside `may_lag`, else the leader."""
        return REPLICA if _from_there.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model: object, **hints: object) -> str:
        """The leader."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: object, other: object, **hints: object) -> bool:
        """Rows of both are rows of one database."""
        return True


def there() -> bool:
    """Whether this office has a follower to read from."""
    return REPLICA in connections


def position() -> str:
    """How far the leader has written. Where it cannot say, a position that no follower ever reaches."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return NEVER


@contextmanager
def may_lag(seen: str = "") -> Iterator[None]:
    """What is read inside may be some moments old, but not older than the position `seen`. One transaction, so that a
    pooler leads all of it to the same follower; one that cannot be reached, or lags behind `seen`, is not asked."""
    with ExitStack() as stack:
        token = _from_there.set(there() and _follows(stack, seen))
        try:
            yield
        finally:
            _from_there.reset(token)


def _follows(stack: ExitStack, seen: str) -> bool:
    wanted = seen if _POSITION.fullmatch(seen) else "0/0"
    try:
        stack.enter_context(transaction.atomic(using=REPLICA))
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [wanted])
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        connections[REPLICA].close()
        return False
