"""Sending in real time: a pool of threads per channel, so that a slow provider holds up only its own.

A lane takes rows only as fast as it sends them, three pools' worth ahead, so no lease runs out in a queue. Messages
about the same thing to the same person go one after the other. Threads never touch the table of deliveries.

Where the provider cannot tell a repeat (SMS), one message at a time is taken, handed over and stored: when the worker
is killed only that one is in doubt, so no more messages are doubled than workers were killed (F1). Only when a
broadcast waits does such a lane go as wide as the others: that everybody hears of a gas leak within seconds is worth
more than that nobody hears of it twice after a kill.
"""

import queue
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import connections

from anju.channels import Message, honours_key
from anju.core import clock
from anju.notify import attempts, claims
from anju.notify.attempts import Outcome, Result
from anju.notify.models import Delivery

AHEAD = 3
MOMENT = 0.05
MARGIN = timedelta(seconds=20)
"""An attempt must start this long before its lease ends: longer than any provider may take to answer."""

Job = tuple[Delivery, Message]
Done = tuple[Delivery, Outcome | None]


class Lane:
    """The sending of one channel."""

    def __init__(self, letter: str, size: int, done: "queue.SimpleQueue[Done]") -> None:
        self.letter = letter
        self.size = size
        self.pending = 0
        self._more = False  # at the last look there was as much due as could be taken
        self._keyed = honours_key(letter)
        self._pool = ThreadPoolExecutor(size, thread_name_prefix=f"notify-{letter}")
        self._done = done

    def refill(self, now: datetime, limit: int) -> int:
        """Claim and start as many rows as there is room for; gives their number."""
        if not limit:  # nothing is due
            self._more = False
            return 0
        wide = self._keyed or (self._more and claims.a_broadcast_waits(self.letter, now))
        width, ahead = (self.size, AHEAD) if wide else (1, 1)
        room = width * ahead - self.pending
        if room < width:
            return 0
        rows = claims.claim_urgent_first(self.letter, now, min(room, limit))
        self._more = len(rows) == min(room, limit)
        self.pending += len(rows)
        for jobs in _together(self._ready(rows)):
            self._pool.submit(self._send, jobs)
        return len(rows)

    def _ready(self, rows: list[Delivery]) -> Iterator[Job]:
        for row in rows:
            message = attempts.prepare(row)
            if isinstance(message, Outcome):
                self._done.put((row, message))
            else:
                yield row, message

    def _send(self, jobs: list[Job]) -> None:
        try:
            for row, message in jobs:
                self._done.put((row, self._one(row, message)))
        finally:
            connections.close_all()

    def _one(self, row: Delivery, message: Message) -> Outcome | None:
        """None when the lease has (nearly) run out, as after the process was frozen: somebody else will send it."""
        if row.due_at is None or clock.now() > row.due_at - MARGIN:
            return None
        return attempts.attempt(row.channel, message)


def _together(jobs: Iterable[Job]) -> list[list[Job]]:
    """Jobs in their order, those about one thing to one person in one list."""
    lists: dict[tuple[str, str, int], list[Job]] = {}
    for row, message in jobs:
        lists.setdefault((row.recipient, row.about_type, row.about_id), []).append((row, message))
    return list(lists.values())


class Pump:
    """All lanes of a process and the results they bring; used by one thread."""

    def __init__(self, letters: Iterable[str], size: int) -> None:
        self._done: queue.SimpleQueue[Done] = queue.SimpleQueue()
        self._lanes = {letter: Lane(letter, size, self._done) for letter in letters}
        self._unsaved: list[Result] = []

    @property
    def pending(self) -> int:
        """Rows claimed and not yet back."""
        return sum(lane.pending for lane in self._lanes.values())

    def step(self, now: datetime, limit: int) -> int:
        """Store what came back and start what is due; waits a moment when all are busy. 0 when there is nothing to do.

        With `limit` 0 it starts nothing."""
        moved = self._store(wait=0)
        moved += sum(lane.refill(now, limit) for lane in self._lanes.values())
        if not moved and self.pending:
            moved = self._store(wait=MOMENT)
        return moved or self.pending

    def drain(self, seconds: float) -> int:
        """Start nothing more and store what is under way, for a worker that stops; gives what did not come back."""
        end = clock.stopwatch() + seconds
        while self.pending and clock.stopwatch() < end:
            self._store(wait=MOMENT)
        return self.pending

    def _store(self, *, wait: float) -> int:
        """Results stay in memory until the database has taken them."""
        self._collect(wait)
        stored = len(self._unsaved)
        if stored:
            attempts.record(self._unsaved)
            self._unsaved = []
        return stored

    def _collect(self, wait: float) -> None:
        try:
            self._take(self._done.get(timeout=wait) if wait else self._done.get_nowait())
            while True:
                self._take(self._done.get_nowait())
        except queue.Empty:
            return

    def _take(self, done: Done) -> None:
        row, outcome = done
        self._lanes[row.channel].pending -= 1
        if outcome:
            self._unsaved.append((row, outcome))
