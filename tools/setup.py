"""Installing Anju from its lock files into .venv, node_modules and the data folder (see bin/setup).

Runs on a bare Python 3.11 before anything is installed, so it uses the standard library alone. Each step leaves a stamp
of what it was made from, so a second run does only what has changed.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
PACKAGE = ROOT / "src" / "anju"


class Missing(Exception):
    """A step could not be done; the message is one line that says what is missing."""


def run(what: str, command: Sequence[str | Path], **extra_env: str) -> str:
    """The output of a command; raises Missing with its last line when it fails."""
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env={**os.environ, **extra_env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stderr + "\n" + done.stdout).splitlines() if line.strip()]
        raise Missing(f"{what}: {' | '.join(lines[-3:])[:600] or f'exit code {done.returncode}'}")
    return done.stdout


def digest(files: Iterable[Path], *words: str) -> str:
    """A fingerprint of the content of files (and of some words), to notice a change."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def fresh(stamp: Path, print_of: str) -> bool:
    """True when the step behind this stamp was done from the same things."""
    return stamp.is_file() and stamp.read_text(encoding="ascii").split()[-1:] == [print_of]


def python_packages(*, with_tests: bool) -> None:
    """The locked packages and Anju itself. What an earlier `bin/setup test` brought is kept."""
    stamp = VENV / "anju.stamp"
    with_tests = with_tests or (stamp.is_file() and stamp.read_text(encoding="ascii").startswith("test "))
    kind = "test" if with_tests else "runtime"
    lock = LOCKS / f"{kind}.lock"
    mark = digest([lock, LOCKS / "uv.lock", ROOT / "pyproject.toml"], sys.version)
    if fresh(stamp, mark) and (VENV / "bin" / "anju").is_file():
        return
    say(f"Python packages ({kind})")
    _make_venv()
    pip_lock: list[str | Path] = ["--require-hashes", "--requirement", LOCKS / "uv.lock"]
    run("uv from the package index", [PYTHON, "-m", "pip", "install", "--quiet", *pip_lock])
    uv: list[str | Path] = [VENV / "bin" / "uv", "pip"]
    index = _index()
    run("Python packages", [*uv, "sync", "--require-hashes", lock], VIRTUAL_ENV=str(VENV), **index)
    anju = ["install", "--no-deps", "--no-build-isolation", "--editable", "."]
    run("Anju itself", [*uv, *anju], VIRTUAL_ENV=str(VENV), **index)
    stamp.write_text(f"{kind} {mark}\n", encoding="ascii")


def _make_venv() -> None:
    """A working .venv with pip; one whose Python has gone, or is another than this one, is made anew."""
    with contextlib.suppress(Missing, OSError):
        run("pip", [PYTHON, "-m", "pip", "--version"])
        if run("Python", [PYTHON, "-c", "import sys; print(sys.version)"]).strip() == sys.version:
            return
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except subprocess.CalledProcessError as error:
        raise Missing("pip into .venv (on Debian: apt-get install python3.11-venv)") from error


def _index() -> dict[str, str]:
    """Where pip looks, told to uv, which does not read pip's configuration: an office sets its mirror once."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    for line in run("pip", [PYTHON, "-m", "pip", "config", "list"]).splitlines():
        name, _, value = line.partition("=")
        if name.endswith(".index-url"):
            return {"UV_DEFAULT_INDEX": value.strip("'\"")}
    return {}


def front_end_packages() -> None:
    """node_modules as locked; scripts of packages are not run."""
    stamp = ROOT / "node_modules" / ".anju.stamp"
    mark = digest([ROOT / "package-lock.json"])
    if not fresh(stamp, mark):
        say("front-end packages")
        run("front-end packages", ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        stamp.write_text(f"npm {mark}\n", encoding="ascii")


def messages() -> None:
    """The compiled catalogues, where a catalogue is newer."""
    run("message catalogues", [PYTHON, "-m", "tools.messages", "compile"])


def static_files() -> None:
    """What browsers load: copied out of node_modules into the data folder, then collected with hashed names."""
    data = Path(os.environ.get("ANJU_DATA_DIR") or "var").expanduser().resolve()
    pictures = ROOT.glob("docs/manual/img/*")
    own = sorted(file for file in (*PACKAGE.glob("**/static/**/*"), *pictures) if file.is_file())
    mark = digest([ROOT / "package-lock.json", *sorted((PACKAGE / "ui").glob("*.py")), *own], str(ROOT), *map(str, own))
    stamp = data / "static.stamp"
    if fresh(stamp, mark) and (data / "vendor").is_dir() and (data / "static").is_dir():
        return
    say("static files")
    run("files of front-end packages", [PYTHON, "-m", "anju.ui.vendor"])
    collect = ["collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    run("static files", [VENV / "bin" / "anju", *collect], ANJU_DEBUG="0")
    stamp.write_text(f"static {mark}\n", encoding="ascii")


def say(what: str) -> None:
    """One line of progress."""
    sys.stdout.write(f"bin/setup: {what}\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """All steps in order; 1 and one line on stderr when something cannot be had."""
    try:
        python_packages(with_tests="test" in words)
        front_end_packages()
        messages()
        static_files()
    except (Missing, OSError) as problem:
        sys.stderr.write(f"bin/setup: cannot install {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
