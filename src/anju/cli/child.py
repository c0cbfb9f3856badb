"""What a process does that may have a parent: it says that it is ready, and ends when the parent is gone."""

import argparse
import os
import signal
import threading


def arguments(parser: argparse.ArgumentParser) -> None:
    """The argument that only the parent gives."""
    parser.add_argument("--ready-fd", type=int, help=argparse.SUPPRESS)


def ready(asked: argparse.Namespace) -> None:
    """Tell the parent that work has begun, and begin to watch whether it lives."""
    if asked.ready_fd is None:
        return
    os.write(asked.ready_fd, b"1")
    os.close(asked.ready_fd)
    threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    """The parent holds the other end of standard input and never writes: it ends when the parent does."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
