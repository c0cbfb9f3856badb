"""anju watch: on another machine, raises a test alarm in the office again and again, and pages when it does not come back.

Needs no office of its own: no database, no keys, no settings but the token.
"""

import argparse
import os
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx2

from anju.cli import menu
from anju.core import clock

PATIENCE_S = 160.0
"""So the page has left before three minutes are over (P10), with the time a look and a dead connection take."""
EVERY_S = 60.0
LOOK_S = 5.0
AGAIN_S = 600.0
"""While it lasts, the page is repeated."""
TOKEN = "ANJU_WATCH_TOKEN"  # noqa: S105 the name of a variable
Say = Callable[[str], bool]


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("url", help="安居的地址，如 https://anju.example.cn")
    parser.add_argument("--robot", action="append", default=[], help="钉钉或企业微信群机器人的地址，可写几个")
    parser.add_argument("--run", default="", help="报警时运行的程序，消息是最后一个参数")
    parser.add_argument("--every", type=float, default=EVERY_S, help="几秒发一次测试报警（60）")
    parser.add_argument("--patience", type=float, default=PATIENCE_S, help="几秒没回来就报警（160）")


def run(asked: argparse.Namespace) -> int:
    """Watch until killed."""
    token = os.environ.get(TOKEN, "")
    if not token:
        return menu.fail(f"请设环境变量 {TOKEN}，和安居那边的一样")
    if not asked.robot and not asked.run:
        return menu.fail("报警给谁？写 --robot 地址 或 --run 程序")
    watch = Watch(Site(asked.url, token), Pager(asked.robot, asked.run), every_s=asked.every, patience_s=asked.patience)
    while True:
        watch.look(clock.stopwatch())
        threading.Event().wait(min(LOOK_S, asked.every))


class Site:
    """The office as seen from outside."""

    def __init__(self, url: str, token: str) -> None:
        self._http = httpx2.Client(
            base_url=f"{url.rstrip('/')}/api/v1/watch", timeout=10, headers={"Authorization": f"Bearer {token}"}
        )

    def raise_alarm(self) -> str:
        """The number of a new alarm. Raises httpx2.HTTPError, ValueError, KeyError."""
        return str(self._http.post("/alarms").raise_for_status().json()["alarm"])

    def missing(self, alarm: str) -> list[str]:
        """What of it has not come back, in words. Raises as above."""
        told = self._http.get(f"/alarms/{alarm}").raise_for_status().json()
        found = [f"后台任务{name}" for name, back in told["workers"].items() if not back]
        found += [] if told["workers"] else ["没有后台任务在运行"]
        return found + [word for word, key in (("定时不走", "timers"), ("消息发不出", "messages")) if not told[key]]


@dataclass(frozen=True, slots=True)
class Pager:
    """Who is called: robots of a group (DingTalk and WeCom take the same text), a program."""

    robots: Sequence[str]
    program: str

    def __call__(self, words: str) -> bool:
        """True when at least one way took it."""
        print(words, flush=True)
        taken = [_robot(url, words) for url in self.robots]
        taken += [_program(self.program, words)] if self.program else []
        return any(taken)


def _robot(url: str, words: str) -> bool:
    try:
        told = httpx2.post(url, json={"msgtype": "text", "text": {"content": words}}, timeout=10)
        return told.is_success and int(told.json().get("errcode", 0)) == 0
    except (httpx2.HTTPError, ValueError, AttributeError):
        return False


def _program(program: str, words: str) -> bool:
    try:
        return subprocess.run([program, words], timeout=60, check=False).returncode == 0  # noqa: S603 the owner's own
    except (OSError, subprocess.SubprocessError):
        return False


@dataclass
class Watch:
    """One alarm after the other. Times are seconds of a stopwatch and come from outside."""

    site: Site
    page: Say
    every_s: float = EVERY_S
    patience_s: float = PATIENCE_S
    alarm: str = ""
    good_at: float | None = None
    raised_at: float = float("-inf")
    paged_at: float = field(default=float("-inf"))
    down: bool = False
    why: str = ""

    def look(self, now: float) -> None:
        """Raise, ask, page: whatever is due."""
        self.good_at = now if self.good_at is None else self.good_at
        try:
            self._ask(now)
        except (httpx2.HTTPError, ValueError, KeyError) as error:
            self.why = f"连不上（{type(error).__name__}）"
        silent_s = now - self.good_at
        if silent_s >= self.patience_s and now - self.paged_at >= (AGAIN_S if self.down else 0):
            self._say(
                f"安居报警：{self.why or '测试报警没有回来'}，已{silent_s / 60:.0f}分钟。请马上去看", now, down=True
            )

    def _ask(self, now: float) -> None:
        """A new alarm each time, unless the last one is still under way and not yet given up."""
        if not self.alarm and now - self.raised_at >= self.every_s:
            self.alarm, self.raised_at = self.site.raise_alarm(), now
        if not self.alarm:
            return
        missing = self.site.missing(self.alarm)
        if not missing:
            self.alarm, self.good_at, self.why = "", now, ""
            if self.down:
                self._say("安居恢复正常", now, down=False)
        else:
            self.why = "、".join(missing)
            self.alarm = "" if now - self.raised_at >= self.patience_s else self.alarm

    def _say(self, words: str, now: float, *, down: bool) -> None:
        """A page that nobody took is said again at the next look."""
        if self.page(words):
            self.down = down
            self.paged_at = now if down else float("-inf")
