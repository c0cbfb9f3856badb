"""Who is told: one hub per process. It looks for news while anybody listens and hands it on by scope."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from anju.core import clock
from anju.core.scope import Kind, Scope
from anju.tickets import access
from anju.ui.live.watch import Change, Watch

EVERY_S = 0.1
TOGETHER_S = 0.03
"""After news, what follows so soon is told in one; a page fetches at most once a second, however often it is told."""
AFTER_TROUBLE_S = 2.0
MEMORY_S = 10.0
MOST_PENDING = 200
Event = tuple[str, str]
T = TypeVar("T")
log = logging.getLogger(__name__)


class Client:
    """One listener. What it has still to be told waits here, each thing once; too much of it ends the stream."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.pending: dict[Event, None] = {}
        self.wake = asyncio.Event()
        self.ended = False

    def tell(self, change: Change) -> None:
        """Take what this listener may know of a change."""
        for ticket in change.tickets:
            if access.can_see(self.scope, ticket):
                self._add("ticket", ticket.no)
        if self.scope.is_staff or self.scope.kind is Kind.SCREEN:
            self._tell_staff(change)
        elif change.communities is None:
            self._add("ticket", "")
        if len(self.pending) > MOST_PENDING:
            self.end()

    def _tell_staff(self, change: Change) -> None:
        if change.communities is None or not self.scope.communities.isdisjoint(change.communities):
            self._add("queue", "")
        if not self.scope.communities.isdisjoint(change.messages):
            self._add("message", "")

    def _add(self, name: str, no: str) -> None:
        self.pending[name, no] = None
        self.wake.set()

    def take(self) -> list[Event]:
        """Everything that waits."""
        events = list(self.pending)
        self.pending.clear()
        self.wake.clear()
        return events

    def end(self) -> None:
        """Close this stream; the browser comes back and fetches everything."""
        self.ended = True
        self.wake.set()


class Hub:
    """The listeners of this process."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.closed = False
        self._watching: asyncio.Task[None] | None = None
        self._recent: deque[tuple[float, Change]] = deque()
        self._eye = ThreadPoolExecutor(1, thread_name_prefix="live-watch")
        self._door = ThreadPoolExecutor(2, thread_name_prefix="live-door")

    async def ask(self, question: Callable[[], T]) -> T:
        """Run something that needs the database in a thread of the hub."""
        return await asyncio.get_running_loop().run_in_executor(self._door, question)

    def join(self, client: Client) -> None:
        """Listen from now on, and hear what happened in the seconds in which the page was on its way."""
        self.clients.add(client)
        for _at, change in self._recent:
            client.tell(change)
        if self._watching is None:
            self._watching = asyncio.get_running_loop().create_task(self._watch())

    def leave(self, client: Client) -> None:
        """Listen no more."""
        self.clients.discard(client)

    def close(self) -> None:
        """End every stream and take no new one."""
        self.closed = True
        for client in self.clients:
            client.end()

    async def _watch(self) -> None:
        """Look and tell until nobody listens; a database that is away is asked again."""
        watch, loop = Watch(), asyncio.get_running_loop()
        while self.clients and not self.closed:
            try:
                change = await loop.run_in_executor(self._eye, watch.look)
                if change is None:
                    await loop.run_in_executor(self._eye, watch.wait, EVERY_S)
                else:
                    self._spread(change)
                    await asyncio.sleep(TOGETHER_S)
            except Exception:
                log.exception("the live stream cannot see what is new")
                await asyncio.sleep(AFTER_TROUBLE_S)
        self._watching = None
        self._recent.clear()

    def _spread(self, change: Change) -> None:
        at = clock.stopwatch()
        self._recent.append((at, change))
        while self._recent[0][0] < at - MEMORY_S:
            self._recent.popleft()
        for client in self.clients:
            client.tell(change)
