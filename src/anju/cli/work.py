"""anju work: the loop over due rows, until SIGTERM or Ctrl-C."""

import argparse
import logging
import os
import signal
import threading

from anju.cli import child, menu, migrate
from anju.duty.actions import lines
from anju.privacy.actions import rounds
from anju.worker import loop

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    child.arguments(parser)


def run(asked: argparse.Namespace) -> int:
    """Work in a thread, so that a signal never interrupts a transaction."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    if migrate.pending():
        return menu.fail("数据库还没建好或不是最新，请先运行 anju migrate")
    rounds.begin()
    lines.begin()
    stop = threading.Event()
    worker = threading.Thread(target=_work, args=(stop,), name="worker")
    worker.start()
    child.ready(asked)
    signal.sigwait(ENDING)
    stop.set()
    worker.join()
    return 0


def _work(stop: threading.Event) -> None:
    try:
        loop.forever(stop)
    except BaseException:
        log.exception("the worker ended")
    finally:
        if not stop.is_set():
            os.kill(os.getpid(), signal.SIGTERM)
