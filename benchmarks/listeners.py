"""How soon listeners of the live stream are told: from before the event is written until the hub has woken each."""

import asyncio
import threading
import time
from collections.abc import Sequence

from django.db import connection

from anju.core.scope import SYSTEM, Scope
from anju.journal.actions import entry, write
from anju.tickets.models import Ticket
from anju.ui.live.hub import Client, Hub

SETTLE_S = 1.0


class Listeners:
    """Many clients of one hub, and one event after the other, each about another ticket."""

    def __init__(self, scope: Scope, tickets: Sequence[Ticket], *, count: int, per_second: float) -> None:
        self.clients = [Client(scope) for _one in range(count)]
        self.tickets, self.pause_s = tickets, 1 / per_second
        self.sent: dict[str, float] = {}
        self.waits_ms: list[float] = []

    def run(self) -> list[float]:
        """Milliseconds of everything that was told, sorted."""
        asyncio.run(self._run())
        return sorted(self.waits_ms)

    async def _run(self) -> None:
        hub = Hub()
        for client in self.clients:
            hub.join(client)
        tasks = [asyncio.create_task(self._listen(client)) for client in self.clients]
        await asyncio.sleep(SETTLE_S)
        await asyncio.to_thread(self._publish)
        await asyncio.sleep(SETTLE_S)
        hub.close()
        for task in tasks:
            task.cancel()

    async def _listen(self, client: Client) -> None:
        while True:
            await client.wake.wait()
            now = time.perf_counter()
            self.waits_ms += [(now - self.sent[no]) * 1000 for _name, no in client.take() if no in self.sent]

    def _publish(self) -> None:
        pause = threading.Event()
        for row in self.tickets:
            self.sent[row.no] = time.perf_counter()
            told = entry(
                "bench.tick", subject=row.subject, community_id=row.community_id, by=SYSTEM, seq=row.event_seq + 1
            )
            write([told])
            pause.wait(self.pause_s)
        connection.close()
