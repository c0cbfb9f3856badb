"""From ASGI to WSGI: one hop into a thread per request (ADR 0003).

The body is read before a thread is taken, so a slow sender costs no thread; an answer is sent in one piece unless it is
large. Measured against a2wsgi and against WSGI without a bridge in the ADR.
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any
from wsgiref.types import WSGIApplication

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

THREADS = 12
"""Requests under way at once per process; less than the PostgreSQL connections of a process (ANJU_DB_POOL)."""
SPOOL = 1 << 20
MOST = 200 << 20
FLUSH = 1 << 20
PATIENCE_S = 60
log = logging.getLogger(__name__)


class Bridge:
    """Serves a WSGI application as an ASGI one."""

    def __init__(self, app: WSGIApplication, threads: int = THREADS) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        self.under_way += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self.under_way -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        body = await _body(headers, receive)
        if body is None:
            await _plain(send, 413)
            return
        loop = asyncio.get_running_loop()
        call = Call(self.app, _environ(scope, headers, body), loop, send)
        try:
            start, rest = await loop.run_in_executor(self.pool, call.run)
        except Gone:
            return
        except Exception:
            log.exception("the application failed")
            await _plain(send, 500)
            return
        finally:
            body.close()
        if start is not None:
            await send(start)
        await send({"type": "http.response.body", "body": rest})

    async def idle(self, seconds: float) -> None:
        """Wait until no request is under way, at most so long."""
        for _ in range(int(seconds * 20)):
            if not self.under_way:
                return
            await asyncio.sleep(0.05)


class Gone(Exception):
    """The client went away in the middle of a large answer."""


class Call:
    """One call of the application in a thread."""

    def __init__(
        self, app: WSGIApplication, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send
    ) -> None:
        self.app, self.environ, self.loop, self.send = app, environ, loop, send
        self.start: MutableMapping[str, Any] | None = None
        self.chunks: list[bytes] = []
        self.size = 0

    def run(self) -> tuple[MutableMapping[str, Any] | None, bytes]:
        """What is still to be sent: the head, unless a large answer has begun, and the last piece."""
        answer = self.app(self.environ, self._begin)
        try:
            self._collect(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        head = self.environ["REQUEST_METHOD"] == "HEAD"
        return self.start, b"" if head else b"".join(self.chunks)

    def _collect(self, answer: Iterable[bytes]) -> None:
        for chunk in answer:
            self.chunks.append(chunk)
            self.size += len(chunk)
            if self.size >= FLUSH and self.environ["REQUEST_METHOD"] != "HEAD":
                self._flush()

    def _flush(self) -> None:
        messages: list[MutableMapping[str, Any]] = [self.start] if self.start else []
        messages.append({"type": "http.response.body", "body": b"".join(self.chunks), "more_body": True})
        self.start, self.chunks, self.size = None, [], 0
        for message in messages:
            try:
                asyncio.run_coroutine_threadsafe(_await(self.send(message)), self.loop).result(PATIENCE_S)
            except Exception as error:
                raise Gone from error

    def _begin(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        encoded: Headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self.start = {"type": "http.response.start", "status": int(status[:3]), "headers": encoded}
        return self.chunks.append


async def _await(sending: Awaitable[None]) -> None:
    await sending


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def _headers(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if "_" in name:  # would pass for another header (HTTP_X_A)
            continue
        joint = "; " if name == "cookie" else ","
        found[name] = f"{found[name]}{joint}{value}" if name in found else value
    return found


async def _body(headers: dict[str, str], receive: Receive) -> IO[bytes] | None:
    """The body, on disk when it is large; None when it is larger than anything we take."""
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return io.BytesIO()
    size, file = 0, tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 closed by the caller
    while True:
        message = await asyncio.wait_for(receive(), PATIENCE_S)
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MOST:
            file.close()
            return None
        file.write(chunk)
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            break
    headers["content-length"] = str(size)
    file.seek(0)
    return file


def _environ(scope: Scope, headers: dict[str, str], body: IO[bytes]) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name == "content-length":
            environ["CONTENT_LENGTH"] = value
        else:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
