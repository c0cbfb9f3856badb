"""`anju lab`: one process, one clock, everything in it."""

import signal
import sys
import threading
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application

from anju.lab import state

HOST = "127.0.0.1"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the name of the base class
        """No line per request."""


def serve(port: int, seed: int = 0, *, host: str = HOST) -> int:
    """Serve until SIGTERM or Ctrl-C; prints one line when ready. Exit code 1 on a database that is not a lab's."""
    application = get_wsgi_application()
    try:
        state.open_database(seed)
    except state.NotALab:
        sys.stderr.write("这个数据库里有正式数据，实验室不在上面启动。请换一个 ANJU_DATA_DIR 或 ANJU_DATABASE_URL。\n")
        return 1
    try:
        server = make_server(host, port, application, server_class=_Server, handler_class=_Quiet)
    except OSError as error:
        sys.stderr.write(f"端口 {port} 用不了：{error.strerror}\n")
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_seen: threading.Thread(target=server.shutdown, daemon=True).start())
    sys.stdout.write(f"实验室已就绪 lab ready http://{host}:{server.server_port}/\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.05)
    server.server_close()
    return 0
