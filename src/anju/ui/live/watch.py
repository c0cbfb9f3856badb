"""What is new since the last look: asked many times a second by one thread per process, and only while people listen.

PostgreSQL rings a bell with each commit that wrote to the journal, so that the next look need not wait its turn.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connection, connections

from anju.channels import simulator
from anju.core import ids
from anju.core.scope import SYSTEM
from anju.journal import queries as journal
from anju.tickets import queries as tickets
from anju.tickets.models import Ticket

BELL = "bell"
"""The way to the database past a pooler (`ANJU_DB_DIRECT`), which cannot keep a listener."""
OVERLAP = timedelta(seconds=10)
"""How late a transaction may commit after it has drawn its ids and still be noticed."""
MOST_ROWS = 5000
MOST_TICKETS = 50


@dataclass(frozen=True, slots=True)
class Change:
    """What happened. `communities` None: so much that everybody looks again."""

    communities: frozenset[int | None] | None
    tickets: Sequence[Ticket] = ()
    messages: frozenset[int | None] = frozenset()


class Watch:
    """Remembers what has been seen. Used by one thread, whose database connection stays open."""

    def __init__(self) -> None:
        self._newest = 0
        self._seen: set[int] = set()
        self._message = 0
        self._version = -1
        self._listens = False

    def wait(self, seconds: float) -> None:
        """Until the bell rings, at most so long."""
        if connection.vendor != "postgresql":
            threading.Event().wait(seconds)
            return
        try:
            self._listen(seconds)
        except Exception:
            self._forget()
            raise

    def _listen(self, seconds: float) -> None:
        bell = connections[BELL if BELL in connections else DEFAULT_DB_ALIAS]
        if not self._listens:
            with bell.cursor() as cursor:
                cursor.execute("LISTEN anju_journal")
            self._listens = True
        next(bell.connection.notifies(timeout=seconds, stop_after=1), None)

    def _forget(self) -> None:
        """After trouble everything is opened anew."""
        for one in connections.all(initialized_only=True):
            one.close()
        self._version, self._listens = -1, False

    def look(self) -> Change | None:
        """What is new, None when nothing is. The first look also tells of the last seconds before it."""
        try:
            return self._look() if self._may_have_changed() else None
        except Exception:
            self._forget()
            raise

    def _may_have_changed(self) -> bool:
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = int(cursor.fetchone()[0])
        changed, self._version = version != self._version, version
        return changed

    def _look(self) -> Change | None:
        entries, messages = self._entries(), self._messages()
        if len(entries) > MOST_ROWS:
            return Change(None, messages=messages)
        if not entries and not messages:
            return None
        found = list(dict.fromkeys(one.subject_id for one in entries if one.subject_type == "ticket"))
        rows = list(tickets.visible(SYSTEM).filter(id__in=found[:MOST_TICKETS])) if found else []
        everybody = len(found) > MOST_TICKETS
        return Change(None if everybody else frozenset(one.community_id for one in entries), rows, messages)

    def _entries(self) -> Sequence[journal.Line]:
        self._newest = self._newest or journal.newest_id()
        lines = journal.lines(after=ids.earlier(self._newest, OVERLAP), limit=MOST_ROWS + 1)
        fresh = [line for line in lines if line.id not in self._seen]
        self._seen = {line.id for line in lines}
        self._newest = max(self._newest, *self._seen, 0)
        return fresh

    def _messages(self) -> frozenset[int | None]:
        if not simulator.in_use():
            return frozenset()
        before, (self._message, communities) = self._message, simulator.newer(self._message)
        return communities if before else frozenset()
