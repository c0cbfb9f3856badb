"""`anju lab`: one process, one clock, everything in it."""

import socket
import sys

from django.core.wsgi import get_wsgi_application

from anju.lab import state
from anju.ui.site import Site

HOST = "127.0.0.1"


def serve(port: int, seed: int = 0, *, host: str = HOST) -> int:
    """Serve until SIGTERM or Ctrl-C, then end the process; prints one line when ready.

    Returns 1 on a database that is not a lab's.
    """
    site = Site(get_wsgi_application())
    try:
        state.open_database(seed)
    except state.NotALab:
        sys.stderr.write("这个数据库里有正式数据，实验室不在上面启动。请换一个 ANJU_DATA_DIR 或 ANJU_DATABASE_URL。\n")
        return 1
    try:
        listening = socket.create_server((host, port), backlog=1024)
    except OSError as error:
        sys.stderr.write(f"端口 {port} 用不了：{error.strerror}\n")
        return 1

    def ready() -> None:
        sys.stdout.write(f"实验室已就绪 lab ready http://{host}:{listening.getsockname()[1]}/\n")
        sys.stdout.flush()

    return site.serve(listening, ready)
