"""Pictures of every page in its variants, from the demo office (see bin/shots)."""

import argparse
import html
import io
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tools import system

ROOT = Path(__file__).resolve().parent.parent
PORT = 8479
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "anju-2026"  # noqa: S105 of every account of the demo
START_S = 120


class Shot(NamedTuple):
    """One page: its name, whose it is ("" nobody's), where it is; `manual`: it stands in the manual too."""

    name: str
    who: str
    path: str
    manual: bool = False


class Look(NamedTuple):
    """One variant: width, height, and choices as they stand in the address."""

    width: int
    height: int
    choices: str = ""

    @property
    def name(self) -> str:
        """As it stands in the name of a file: 1440-dark."""
        return "-".join([str(self.width), *(one.partition("=")[2] for one in self.choices.split("&") if one)])


LOOKS = {
    "desk": (
        Look(1440, 900),
        Look(1440, 900, "theme=dark"),
        Look(1366, 768, "density=compact"),
        Look(1920, 1080),
        Look(1440, 900, "lang=en"),
        Look(390, 844),
    ),
    "field": (Look(390, 844), Look(390, 844, "theme=dark"), Look(390, 844, "text=elder"), Look(390, 844, "lang=en")),
    "portal": (Look(390, 844), Look(390, 844, "text=elder"), Look(390, 844, "lang=en"), Look(1366, 768)),
    "wall": (Look(1920, 1080), Look(1920, 1080, "lang=en"), Look(1366, 768)),
}
PAGES = {
    "desk": (
        Shot("login", "", "/login/", manual=True),
        Shot("queue", "李敏", "/desk/queue/", manual=True),
        Shot("ticket", "李敏", "/desk/tickets/{ticket}/", manual=True),
        Shot("new", "李敏", "/desk/tickets/new/", manual=True),
        Shot("transfer", "李敏", "/desk/tickets/{ticket}/transfer/"),
        Shot("slip", "李敏", "/desk/tickets/{ticket}/slip/", manual=True),
        Shot("shift", "赵静", "/desk/shift/", manual=True),
        Shot("roster", "赵静", "/desk/roster/", manual=True),
        Shot("handovers", "李敏", "/desk/handovers/"),
        Shot("revisits", "赵静", "/desk/revisits/", manual=True),
        Shot("figures", "赵静", "/desk/figures/?span=week", manual=True),
        Shot("screens", "赵静", "/desk/screens/", manual=True),
        Shot("codes", "李敏", "/desk/codes/", manual=True),
        Shot("messages", "李敏", "/desk/messages/"),
        Shot("privacy", "周强", "/desk/privacy/", manual=True),
        Shot("account", "李敏", "/desk/account/", manual=True),
        Shot("accounts", "周强", "/desk/accounts/", manual=True),
    ),
    "field": (
        Shot("field-today", "陈师傅", "/field/", manual=True),
        Shot("field-job", "陈师傅", "/field/tickets/{job}/", manual=True),
    ),
    "portal": (
        Shot("portal-start", "", "/", manual=True),
        Shot("portal-scan", "", "/r/{code}/", manual=True),
        Shot("portal-report", "", "/r/{code}/?leaf=EL05", manual=True),
        Shot("portal-login", "", "/me/login/"),
    ),
    "wall": (
        Shot("wall-board", "", "/wall/{screen}/", manual=True),
        Shot("wall-lobby", "", "/lobby/{code}/", manual=True),
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """The command line. Returns 1 when a page could not be opened."""
    parser = argparse.ArgumentParser(prog="bin/shots", description="Pictures of every page in its variants.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--manual", action="store_true", help="only those of the manual, each in one look")
    parser.add_argument("--office", type=Path, help="a demo office that is kept and taken up again")
    asked = parser.parse_args(argv)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="anju-shots-") as spare, _office(asked.office or Path(spare)) as words:
        taken, missed = _take(asked.folder, words, manual=asked.manual)
    if not asked.manual:
        (asked.folder / "index.html").write_text(_sheet(taken), encoding="utf-8")
    sys.stdout.write(f"{len(taken)} pictures in {asked.folder}\n")
    for line in missed:
        sys.stderr.write(f"not opened: {line}\n")
    return int(bool(missed))


@contextmanager
def _office(folder: Path) -> Iterator[dict[str, str]]:
    """A demo office that is served; what stands for the parts of addresses."""
    environment = os.environ | {"ANJU_DATA_DIR": str(folder), "ANJU_DEMO": "1", "ANJU_LOG_LEVEL": "ERROR"}
    os.environ.update(environment)
    subprocess.run([sys.executable, "-m", "tools.setup"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    for command in (["migrate", "--verbosity", "0"], ["demo", "--quiet"]):
        subprocess.run([sys.executable, "-m", "anju", *command], check=True, cwd=ROOT)
    words = _words()
    server = subprocess.Popen([sys.executable, "-m", "anju", "serve", "--port", str(PORT)], cwd=ROOT)
    try:
        _wait()
        yield words
    finally:
        server.terminate()
        server.wait()


def _wait() -> None:
    """Until it answers. Raises TimeoutError."""
    until = monotonic() + START_S
    while monotonic() < until:
        try:
            urllib.request.urlopen(f"{BASE}/login/", timeout=5).close()  # noqa: S310 our own server
        except OSError:
            sleep(0.2)
        else:
            return
    raise TimeoutError("the demo office does not answer")


def _words() -> dict[str, str]:
    """A ticket at the desk, a job of the technician, a printed code and a screen of the demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anju.settings")
    import django

    django.setup()
    from anju.accounts import screens
    from anju.accounts.actions.screens import hang
    from anju.accounts.queries import scope_of_staff, staff_by_login
    from anju.core.scope import SYSTEM
    from anju.estate import labels
    from anju.estate import queries as estate
    from anju.tickets import queries as tickets

    community = estate.communities(SYSTEM).get()
    boss, worker = (staff_by_login(SYSTEM, name) for name in ("赵静", "陈师傅"))
    if boss is None or worker is None:
        raise LookupError("this is not the demo office")
    by = scope_of_staff(boss)
    rows = tickets.queue(SYSTEM, tickets.Filters(community=community.id), limit=200).rows
    told = max(rows, key=lambda row: (bool(row.handler_id), row.photo_count))
    jobs = tickets.for_handler(scope_of_staff(worker)) or [told]
    screen = screens.screens(by, community.id).first() or hang(community, "监控室", by=by)
    codes = {one.asset.code: one.code for one in estate.labels(SYSTEM, community.id) if one.asset}
    code = labels.signed(codes["EL-0301-1"])
    return {"ticket": told.no, "job": jobs[0].no, "code": code, "screen": screens.link(screen)}


def _take(folder: Path, words: dict[str, str], *, manual: bool) -> tuple[list[tuple[str, str]], list[str]]:
    """Every picture as (page, file), and what could not be opened."""
    taken: list[tuple[str, str]] = []
    missed: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=system.browser(), args=["--no-sandbox"])
        doors: dict[str, BrowserContext] = {}
        for shot, look, name in _wanted(manual=manual):
            context = doors.get(shot.who) or doors.setdefault(shot.who, _enter(browser, shot.who))
            status = _shoot(context, shot.path.format(**words), look, folder / name)
            if status == 200:
                taken.append((shot.name, name))
            else:
                missed.append(f"{name}: {status}")
        browser.close()
    return taken, missed


def _wanted(*, manual: bool) -> Iterator[tuple[Shot, Look, str]]:
    """Each page in each look with the name of its picture; for the manual those that stand in it, once each."""
    for door, pages in PAGES.items():
        for shot in pages:
            if manual and shot.manual:
                yield shot, LOOKS[door][0], f"{shot.name}.webp"
            elif not manual:
                yield from ((shot, look, f"{shot.name}-{look.name}.webp") for look in LOOKS[door])


def _enter(browser: Browser, who: str) -> BrowserContext:
    context = browser.new_context(base_url=BASE, timezone_id="Asia/Shanghai")
    if who:
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("账号").fill(who)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.close()
    return context


def _shoot(context: BrowserContext, path: str, look: Look, file: Path) -> int:
    """One picture; the choices are those of this picture alone."""
    kept = [one for one in context.cookies() if not one["name"].startswith("anju_") or one["name"] == "anju_session"]
    context.clear_cookies()
    context.add_cookies(kept)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_viewport_size({"width": look.width, "height": look.height})
    mark = "&" if "?" in path else "?"
    answer = page.goto(f"{path}{mark}{look.choices}" if look.choices else path)
    page.wait_for_timeout(400)
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(file, "WEBP", quality=72, method=5)
    page.close()
    return answer.status if answer else 0


def _sheet(taken: Sequence[tuple[str, str]]) -> str:
    """All of them on one page, each leading to itself."""
    rows = []
    for name in dict.fromkeys(page for page, _file in taken):
        files = [file for page, file in taken if page == name]
        pictures = "".join(
            f'<a href="{html.escape(one)}"><img loading="lazy" height="260" src="{html.escape(one)}" alt=""><br>{html.escape(one)}</a>'
            for one in files
        )
        rows.append(f"<h2>{html.escape(name)}</h2><p>{pictures}</p>")
    style = (
        "body{font:14px sans-serif;background:#ddd}p{display:flex;flex-wrap:wrap;gap:12px}img{border:1px solid #999}"
    )
    return f'<!doctype html><meta charset="utf-8"><title>Anju</title><style>{style}</style>{"".join(rows)}\n'


if __name__ == "__main__":
    raise SystemExit(main())
