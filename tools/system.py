"""The system packages that the tests need, installed with apt-get where that is allowed (see bin/test).

Where one cannot be had, one line says what is missing and which tests are left out; in CI (CI=true) that is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import postgres

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Need:
    """A system package, how to see that it is there, and what is lost without it."""

    package: str
    there: Callable[[], bool]
    without: str


def browser() -> str | None:
    """The path of Chromium, or None."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def _chinese_fonts() -> bool:
    return any(any(Path(folder).rglob("*CJK*")) for folder in ("/usr/share/fonts", "/usr/local/share/fonts"))


NEEDS = (
    Need("chromium", lambda: browser() is not None, "the browser journey is left out"),
    Need("fonts-noto-cjk", _chinese_fonts, "pictures of pages show boxes for Chinese"),
    Need("postgresql", lambda: postgres.binaries() is not None, "nothing is run on PostgreSQL"),
)


def missing() -> list[Need]:
    """What is not on this machine."""
    return [need for need in NEEDS if not need.there()]


def _apt() -> list[str] | None:
    """How to call apt-get without a question, or None when we may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    may = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    )
    return ["sudo", "-n", "apt-get"] if may else None


def install(needs: list[Need]) -> None:
    """Try to install; what stays missing is the caller's to report."""
    apt = _apt()
    if apt is None or not needs:
        return
    names = [need.package for need in needs]
    sys.stdout.write(f"bin/test: installing {' '.join(names)}\n")
    sys.stdout.flush()
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-qy", "--no-install-recommends", *names]):
        subprocess.run([*apt, *words], check=False, env=env, stdin=subprocess.DEVNULL, capture_output=True)


def main() -> int:
    """Install what is missing, say what could not be had; 1 when that matters."""
    install(missing())
    still = missing()
    for need in still:
        sys.stderr.write(f"bin/test: {need.package} is missing and cannot be installed here: {need.without}\n")
    return 1 if still and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
