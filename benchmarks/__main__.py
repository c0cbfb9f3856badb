"""`bin/bench understanding`, `bin/bench all`, `bin/bench intake`, `bin/bench queue --size 100000 --most 1000000`: prints a table, `all` keeps it."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import understanding
from benchmarks.office import open_office

if TYPE_CHECKING:
    from benchmarks.jobs import Jobs, Result

NAMES = ("intake", "queue", "masking", "ticket", "search", "sweep", "live")
MORE = {
    "update": "screens",
    "board": "screens",
    "deliveries": "messages",
    "broadcast": "messages",
    "memory": "processes",
    "resident": "processes",
}
"""Jobs that are functions of a module beside this one."""
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main() -> int:
    """Run the jobs asked for; exit code 1 when a first bar is missed."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("job", choices=[*NAMES, *MORE, "understanding", "all"])
    parser.add_argument("--size", type=int, default=100_000, help="open tickets")
    parser.add_argument("--most", type=int, default=0, help="open tickets at the end of the growth curve")
    parser.add_argument("--times", type=int, default=5, help="rounds")
    asked = parser.parse_args()
    if asked.job == "understanding":
        return understanding.run()
    office = open_office()
    try:
        return _run(office, asked)
    finally:
        office.close()


def _run(office: object, asked: argparse.Namespace) -> int:
    from benchmarks.jobs import Jobs  # needs the settings that the office has made

    jobs = Jobs(office, size=asked.size, most=asked.most or asked.size, times=asked.times)
    wanted = (*NAMES, *MORE) if asked.job == "all" else [asked.job]
    results = [_job(name)(jobs) for name in wanted]
    lines = ["| job | CPU ms per unit (min / median / max) | figures | first bar | reached |", "|---|---|---|---|---|"]
    for one in results:
        figures = ", ".join(f"{name} {value}" for name, value in one.figures.items())
        lines.append(
            f"| {one.job} | {one.cpu} per {one.unit} | {figures} | {one.bar} | {'yes' if one.reached else 'NO'} |"
        )
    print("\n".join(lines))
    if asked.job == "all":
        _keep(lines, asked)
    return 0 if all(one.reached for one in results) else 1


def _job(name: str) -> "Callable[[Jobs], Result]":
    """A method of `Jobs`, or a function of its own module."""
    home = import_module(f"benchmarks.{MORE[name]}") if name in MORE else import_module("benchmarks.jobs").Jobs
    found: Callable[[Jobs], Result] = getattr(home, name)
    return found


def _keep(lines: list[str], asked: argparse.Namespace) -> None:
    head = (
        "# Performance\n\nWritten by `bin/bench all`. CPU is that of the application and the database together, on PostgreSQL;"
        f" {asked.size:,} open tickets, growth curve to {asked.most or asked.size:,}; each job stands next to its floor in the"
        " same run.\n\n"
    )
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
