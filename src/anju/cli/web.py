"""anju web: the process that answers browsers, started by `serve`, which holds the socket."""

import argparse
import gc
import socket

from django.core.wsgi import get_wsgi_application

from anju.cli import child, menu, migrate
from anju.ui import live
from anju.ui.site import Application, Site


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the parent gives."""
    parser.add_argument("--fd", type=int, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--part", choices=("pages", "live"), help=argparse.SUPPRESS)
    child.arguments(parser)


def run(asked: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    if migrate.pending():
        return menu.fail("数据库还没建好或不是最新，请先运行 anju migrate")
    site = Site(get_wsgi_application())
    gc.collect()
    gc.freeze()  # what is loaded now stays: no need to look at it again with every collection
    parts: dict[str, Application] = {"pages": site.pages, "live": live.stream}
    listening = socket.socket(fileno=asked.fd)
    return site.serve(listening, lambda: child.ready(asked), parts.get(asked.part))
