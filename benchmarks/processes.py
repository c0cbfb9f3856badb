"""Jobs that need the product as processes: its memory, and a resident's first page as it comes over the air."""

import gzip
import http.client
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from anju.estate import actions as estate
from anju.estate import labels
from benchmarks import crowd
from benchmarks.jobs import Jobs, Result

ROOT = Path(__file__).resolve().parent.parent
_IMPORTED = re.compile(r"(?:from|import)\s*[\"'](\./[^\"']+|\.\./[^\"']+|/static/[^\"']+)[\"']")
_LOADED = re.compile(r"(?:src|href)=\"(/static/[^\"]+)\"")


def _environment(folder: str, url: str) -> dict[str, str]:
    """As an office runs: with the static files that bin/setup has built."""
    for name in ("static", "vendor"):
        link = Path(folder) / name
        if not link.is_symlink():
            link.rmdir() if link.exists() else None
            link.symlink_to(ROOT / "var" / name)
    return os.environ | {"ANJU_DATA_DIR": folder, "ANJU_DATABASE_URL": url, "ANJU_DEBUG": "0", "PYTHONPATH": str(ROOT)}


@contextmanager
def _running(environment: dict[str, str], *words: str) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """`anju …` from its ready line on, with its port (0 when it has none)."""
    command = [sys.executable, "-m", "anju", *words]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        line = process.stdout.readline() if process.stdout else ""
        yield process, next((urlsplit(word).port or 0 for word in line.split() if word.startswith("http")), 0)
    finally:
        process.terminate()
        process.wait(30)


def _get(port: int, path: str, **headers: str) -> tuple[bytes, str]:
    """Body as it came over the air, and how it was packed."""
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    door.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
    answer = door.getresponse()
    body, packed = answer.read(), answer.headers.get("Content-Encoding", "")
    door.close()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body, packed


def memory(jobs: Jobs) -> Result:
    """Pages, live stream and worker as one group, after its pages have been looked at: proportional set size."""
    crowd.fill(jobs.office.garden, min(jobs.size, 2000))
    cookie = "; ".join(f"{name}={one.value}" for name, one in jobs.browser.cookies.items())
    with _running(_environment(os.environ["ANJU_DATA_DIR"], jobs.office.url), "serve", "--port", "0") as (group, port):
        for path in ("/desk/queue/", "/desk/figures/", "/desk/kanban/") * 5:
            _get(port, path, Cookie=cookie)
        children = Path(f"/proc/{group.pid}/task/{group.pid}/children").read_text().split()
        sizes = {_name(pid): _pss(pid) for pid in (str(group.pid), *children)}
    total = sum(sizes.values())
    return Result(
        "memory",
        "group",
        "–",
        {**{name: f"{size:.0f} MB" for name, size in sizes.items()}, "together": f"{total:.0f} MB"},
        "≤ 350 MB",
        total <= 350,
    )


def _name(pid: str) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return words[words.index("anju") + 1]


def _pss(pid: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:"))) / 1024


def resident(jobs: Jobs) -> Result:
    """What a phone loads to report after scanning a code: the page and all that it names, as packed on the way."""
    label = estate.label_of(jobs.office.garden.places["B3-1-L"])
    first = f"/r/{labels.signed(label.code)}/"
    with _running(_environment(os.environ["ANJU_DATA_DIR"], jobs.office.url), "serve", "--port", "0") as (_group, port):
        sizes = _loaded(port, first)
    kinds: Counter[str] = Counter()
    for path, size in sizes.items():
        kinds["page" if path == first else path.rsplit(".", 1)[-1]] += size
    total = sum(kinds.values())
    figures = {kind: f"{size / 1000:.1f} KB" for kind, size in kinds.items()}
    return Result(
        "resident's page",
        f"first load, {len(sizes)} requests",
        "–",
        {**figures, "together": f"{total / 1000:.1f} KB"},
        "≤ 80 KB",
        total <= 80_000 and len(sizes) > 1,
    )


def _loaded(port: int, first: str) -> dict[str, int]:
    """Each address with its bytes on the way: the page, what it names, and what scripts import."""
    sizes: dict[str, int] = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        body, packed = _get(port, path)
        sizes[path] = len(body)
        text = (gzip.decompress(body) if packed else body).decode("utf-8", "replace")
        named = _LOADED.findall(text) if path == first else []
        named += [urljoin(path, one) for one in _IMPORTED.findall(text)] if path.endswith(".js") else []
        waiting += [one for one in dict.fromkeys(named) if one not in sizes and one not in waiting]
    return sizes
