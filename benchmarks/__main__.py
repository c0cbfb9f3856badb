"""`bin/bench understanding`, `bin/bench all`, `bin/bench intake`, `bin/bench queue --size 100000 --most 1000000`: prints a table, `all` keeps it."""

import argparse
import sys
from pathlib import Path

from benchmarks import understanding
from benchmarks.office import open_office

NAMES = ("intake", "queue", "masking", "ticket", "search", "sweep", "live")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def main() -> int:
    """Run the jobs asked for; exit code 1 when a first bar is missed."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("job", choices=[*NAMES, "understanding", "all"])
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
    results = [getattr(jobs, name)() for name in (NAMES if asked.job == "all" else [asked.job])]
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


def _keep(lines: list[str], asked: argparse.Namespace) -> None:
    head = (
        "# Performance\n\nWritten by `bin/bench all`. CPU is that of the application and the database together, on PostgreSQL;"
        f" {asked.size:,} open tickets, growth curve to {asked.most or asked.size:,}; each job stands next to its floor in the"
        " same run.\n\n"
    )
    PAGE.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
