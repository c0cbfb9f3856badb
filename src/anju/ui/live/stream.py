"""One client of the live stream, as an ASGI response."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http import parse_cookie

from anju.accounts.queries import scope_of_session
from anju.accounts.screens import scope_of_screen
from anju.core import clock
from anju.core.scope import Kind, Scope
from anju.ui.live.hub import Client, Event, Hub

PATH = "/live/"
BEAT_S = 15.0
RECHECK_S = 60.0
RETRY_MS = 3000
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),
]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
hub = Hub()


async def stream(scope: Message, receive: Receive, send: Send) -> None:
    """Answer GET /live/: events until the client goes, is logged out, or the process stops; 401 for strangers."""
    refusal = _refusal(scope)
    if refusal:
        await _refuse(send, refusal)
        return
    key = _session_key(scope)
    asker = await hub.ask(lambda: who(key))
    if asker is None:
        await _refuse(send, 401)
        return
    client = Client(asker)
    hub.join(client)
    gone = asyncio.ensure_future(_gone(receive, client))
    try:
        now = clock.iso(clock.now()).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [*HEADERS, (b"x-now", now)]})
        await _send(send, f"retry: {RETRY_MS}\n{_beat()}")
        await _tell(client, key, send)
        await send({"type": "http.response.body", "body": b""})
    finally:
        hub.leave(client)
        gone.cancel()


def close() -> None:
    """End all streams of this process; called in its event loop when it is told to stop."""
    hub.close()


def who(key: str | None) -> Scope | None:
    """Who listens with this session: staff, a resident, a guest who holds tickets, a screen; None for anybody else."""
    if not key:
        return None
    try:
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        scope = scope_of_session(session, locked=True)  # an event says only "fetch again", which a lock refuses
        if scope.kind is Kind.GUEST and not scope.tickets:
            return scope_of_screen(session)
    finally:
        close_old_connections()
    return scope


async def _tell(client: Client, key: str | None, send: Send) -> None:
    beat = checked = clock.stopwatch()
    while not client.ended:
        events = await _events(client, beat + BEAT_S - clock.stopwatch())
        now = clock.stopwatch()
        if now >= checked + RECHECK_S:
            checked = now
            scope = await hub.ask(lambda: who(key))
            if scope is None:
                return
            client.scope = scope
        text = "".join(_event(*event) for event in events)
        if now >= beat + BEAT_S:
            beat, text = now, text + _beat()
        if text:
            await _send(send, text)


async def _events(client: Client, seconds: float) -> list[Event]:
    """What there is to tell, at the latest after so long."""
    try:
        await asyncio.wait_for(client.wake.wait(), max(seconds, 0.01))
    except TimeoutError:
        return []
    return client.take()


async def _gone(receive: Receive, client: Client) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    client.end()


async def _send(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


def _event(name: str, no: str) -> str:
    return f"event: {name}\ndata: {json.dumps({'no': no} if no else {})}\n\n"


def _beat() -> str:
    return f"event: beat\ndata: {json.dumps({'now': clock.iso(clock.now())})}\n\n"


def _refusal(scope: Message) -> int:
    """Why there is no stream here, before anybody is asked who he is; 0 when there may be one."""
    if scope["path"] != PATH:
        return 404
    if scope["method"] != "GET":
        return 405
    return 503 if hub.closed else 0


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _session_key(scope: Message) -> str | None:
    raw = "; ".join(value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"cookie")
    return parse_cookie(raw).get(settings.SESSION_COOKIE_NAME)
