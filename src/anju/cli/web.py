"""anju web: the process that answers browsers, started by `serve`, which holds the socket."""

import argparse
import asyncio
import gc
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from anju import asgi
from anju.cli import child, menu, migrate
from anju.ui import live

BACKLOG = 1024
MOST_CONNECTIONS = 4096
LAST_ANSWERS_S = 5.0
Application = Callable[..., Awaitable[None]]
PARTS: dict[str | None, Application] = {"pages": asgi.pages, "live": live.stream, None: asgi.application}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the parent gives."""
    parser.add_argument("--fd", type=int, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--part", choices=("pages", "live"), help=argparse.SUPPRESS)
    child.arguments(parser)


def run(asked: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    if migrate.pending():
        return menu.fail("数据库还没建好或不是最新，请先运行 anju migrate")
    gc.collect()
    gc.freeze()  # what is loaded now stays: no need to look at it again with every collection
    asyncio.run(_serve(asked))
    return 0


async def _serve(asked: argparse.Namespace) -> None:
    server = _server(asked.fd, PARTS[asked.part])
    server.hooks_startup.append(lambda: child.ready(asked))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        live.close()
        server.stop()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    await server.serve()
    await asgi.pages.idle(LAST_ANSWERS_S)


def _server(fd: int, app: Application) -> Any:
    """Granian inside this process, on a socket that is open already (it has no public way to take one)."""
    server: Any = Server(
        app,
        interface=Interfaces.ASGINL,
        backlog=BACKLOG,
        backpressure=MOST_CONNECTIONS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        log_level=LogLevels.error,
    )
    holder: Any = SocketHolder
    server._shd = holder(fd, False, BACKLOG)
    server._init_shared_socket = lambda: None
    return server
