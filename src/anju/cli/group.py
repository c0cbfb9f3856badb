"""A parent and its children: started, watched, restarted when they die, stopped together.

The parent holds the listening socket, so the port stays open while the web process is replaced. Each child tells on a
pipe that it is ready, and ends by itself when the pipe on its standard input closes: no orphan outlives the parent.
"""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from anju.core import clock

STOP_WITHIN_S = 9.0
STEADY_S = 60.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
ENDING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


@dataclass(eq=False)
class Child:
    """One process of the group."""

    name: str
    words: Sequence[str]
    keep: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    pipe: int = -1
    ready: bool = False
    failures: int = 0
    since: float = 0.0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it; it says that it is ready by a byte on its pipe."""
        self.pipe, theirs = os.pipe()
        self.since = clock.stopwatch()
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and our own words
            [sys.executable, "-m", "anju", *self.words, "--ready-fd", str(theirs)],
            stdin=subprocess.PIPE,
            pass_fds=(theirs, *self.keep),
        )
        os.close(theirs)

    def heard(self) -> None:
        """Read the pipe: a byte means ready, the end of it means nothing yet."""
        self.ready = bool(os.read(self.pipe, 1)) or self.ready
        os.close(self.pipe)
        self.pipe = -1

    def died(self) -> bool:
        """Whether it has ended since the last look; then the time of its next start is set."""
        if self.process is None or self.process.poll() is None:
            return False
        if clock.stopwatch() - self.since > STEADY_S:
            self.failures = 0
        self.again_at = clock.stopwatch() + min(FIRST_PAUSE_S * 2**self.failures, LONGEST_PAUSE_S)
        self.failures += 1
        return True

    def gone(self) -> int:
        """Forget the process; gives its exit code."""
        code = self.process.returncode if self.process else 0
        if self.process and self.process.stdin:
            self.process.stdin.close()
        if self.pipe >= 0:
            os.close(self.pipe)
        self.process, self.pipe = None, -1
        return code


class Group:
    """The children of one parent. `run` returns the exit code: 0 after a stop, 1 when a child could not start."""

    def __init__(self, children: Sequence[Child], on_ready: Callable[[], None], say: Callable[[str], None]) -> None:
        self.children, self.on_ready, self.say = children, on_ready, say
        self.announced = False
        self.wake, theirs = os.pipe()
        os.set_blocking(theirs, False)
        os.set_blocking(self.wake, False)
        signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
        for number in (*ENDING, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)

    def run(self) -> int:
        """Start everything and watch it until a signal comes."""
        for child in self.children:
            child.start()
        while True:
            if ENDING & self._wait():
                return self._stop(0)
            if not self._look():
                return self._stop(1)

    def _wait(self) -> set[int]:
        """Sleep until a signal, a word of a child, or the moment of a restart; gives the signals."""
        pipes = {child.pipe: child for child in self.children if child.pipe >= 0}
        restarts = [child.again_at for child in self.children if child.process is None]
        pause = max(0.0, min(restarts) - clock.stopwatch()) if restarts else None
        found, _, _ = select.select([self.wake, *pipes], [], [], pause)
        for pipe in found:
            if pipe in pipes:
                pipes[pipe].heard()
        return set(os.read(self.wake, 4096)) if self.wake in found else set()

    def _look(self) -> bool:
        """Restart what has died; False when something could not even start."""
        for child in self.children:
            if child.died():
                code = child.gone()
                if not child.ready:
                    self.say(f"{child.name} 启动不了（退出码{code}），原因见上")
                    return False
                self.say(
                    f"{child.name} 停了（退出码{code}），{FIRST_PAUSE_S * 2 ** (child.failures - 1):g}秒后重新启动"
                )
            elif child.process is None and clock.stopwatch() >= child.again_at:
                child.start()
        if not self.announced and all(child.ready for child in self.children):
            self.announced = True
            self.on_ready()
        return True

    def _stop(self, code: int) -> int:
        """Tell everybody to end, wait, and end by force who does not."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process and child.process.poll() is None:
                child.process.terminate()
        until = clock.stopwatch() + STOP_WITHIN_S
        for child in running:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.05, until - clock.stopwatch()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} 没有按时停下，强制结束")
                child.process.kill()
                child.process.wait()
            child.gone()
        return code
