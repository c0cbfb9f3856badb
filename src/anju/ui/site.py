"""The whole site behind one port, and the server that carries it (ADR 0003)."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from wsgiref.types import WSGIApplication

from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from anju.ui import live
from anju.ui.bridge import Bridge, Receive, Scope, Send

BACKLOG = 1024
MOST_CONNECTIONS = 4096
LAST_ANSWERS_S = 5.0
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Site:
    """The live stream natively, everything else through a WSGI application."""

    def __init__(self, pages: WSGIApplication) -> None:
        self.pages = Bridge(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] == live.PATH:
            await live.stream(scope, receive, send)
        elif scope["type"] == "http":
            await self.pages(scope, receive, send)

    def serve(self, listening: socket.socket, on_ready: Callable[[], None], app: Application | None = None) -> int:
        """Serve until a signal comes, then end the process.

        The threads of the server may still hold a connection and touch Python while it is being taken down, which
        would abort the process; so it is left as it stands once every answer has gone out.
        """
        asyncio.run(self.run(listening, on_ready, app))
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    async def run(self, listening: socket.socket, on_ready: Callable[[], None], app: Application | None = None) -> None:
        """Serve on a listening socket until a signal comes; `app` serves a part of the site instead of all of it.

        Streams are ended at once, requests under way are finished.
        """
        server = _server(app or self, listening)
        server.hooks_startup.append(on_ready)
        loop = asyncio.get_running_loop()

        def stop() -> None:
            live.close()
            server.stop()

        for number in ENDING:
            loop.add_signal_handler(number, stop)
        await server.serve()
        await self.pages.idle(LAST_ANSWERS_S)


def _server(app: Application, listening: socket.socket) -> Any:
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
    server._shd = holder(listening.fileno(), False, BACKLOG)
    server._init_shared_socket = lambda: None
    return server
