"""The watch outside against real processes: a frozen worker, and the whole site down, are paged; and that it is over."""

import os
import signal
from pathlib import Path

from anju.cli.watch import Site, Watch
from anju.core import clock
from tests.serve.running import eventually, serving


def worker_of(server):
    words = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in server.children()}
    return next(pid for pid, parts in words.items() if b"work" in parts)


def test_a_frozen_worker_and_a_dead_site_are_paged(office):
    pages: list[str] = []
    with serving(office | {"ANJU_WATCH_TOKEN": "outside"}) as server:
        watch = Watch(
            Site(f"http://127.0.0.1:{server.port}", "outside"), lambda words: not pages.append(words), 0.2, 3.0
        )

        def pages_of(words):
            watch.look(clock.stopwatch())
            return any(words in page for page in pages)

        def is_well():
            watch.look(clock.stopwatch())
            return watch.alarm == "" and not watch.down and watch.why == ""

        eventually(is_well)
        worker = worker_of(server)
        os.kill(worker, signal.SIGSTOP)
        eventually(lambda: pages_of("后台任务"))
        os.kill(worker, signal.SIGCONT)
        eventually(lambda: pages_of("安居恢复正常"))
        server.stop()
        eventually(lambda: pages_of("连不上"))
