"""anju serve: pages, live stream and worker as one group behind one port."""

import argparse
import socket
import subprocess
import sys

from anju.cli import menu
from anju.cli.group import Child, Group

PARTS = ("pages", "live", "work")
BACKLOG = 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("part", nargs="?", choices=PARTS, help="只运行一部分：网页、实时推送或后台任务")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")


def run(asked: argparse.Namespace) -> int:
    """Run the group until it is told to stop."""
    children, shown = [], ""
    if asked.part != "work" and not _fit(asked.host):
        return 1
    if asked.part != "work":
        try:
            listening = _listen(asked.host, asked.port)
        except OSError as error:
            return menu.fail(
                f"端口{asked.port}用不了（{error.strerror or error}），换一个：anju serve --port {asked.port + 1}"
            )
        fd, port = listening.fileno(), listening.getsockname()[1]
        shown = f"http://{_shown(asked.host)}:{port}/"
        words = ["web", "--fd", str(fd), *(["--part", asked.part] if asked.part else [])]
        children.append(Child("网页", words, keep=(fd,)))
    if asked.part in (None, "work"):
        children.append(Child("后台任务", ["work"]))

    def ready() -> None:
        print(f"安居已就绪 {shown} 按 Ctrl-C 停止" if shown else "后台任务已就绪，按 Ctrl-C 停止", flush=True)

    return Group(children, ready, lambda text: print(f"anju: {text}", file=sys.stderr, flush=True)).run()


def _fit(host: str) -> bool:
    """Whether the office may be served there; asked in a process of its own, for this one loads no Django."""
    return subprocess.run([sys.executable, "-m", "anju", "fit", host], check=False).returncode == 0  # noqa: S603


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that nobody shares; raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::", "127.0.0.1", "::1"):  # noqa: S104 only to be shown
        return "localhost"
    return f"[{host}]" if ":" in host else host
