"""The whole site behind one port: the live stream natively, everything else through the WSGI application (ADR 0003)."""

from anju.ui import live
from anju.ui.bridge import Bridge, Receive, Send
from anju.wsgi import application as wsgi

pages = Bridge(wsgi)


async def application(scope: dict[str, object], receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] == "http" and scope["path"] == live.PATH:
        await live.stream(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
