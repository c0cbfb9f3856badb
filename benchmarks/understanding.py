"""`bin/bench understanding`: accuracy by kind on the texts that only measure, missed and false alarms, speed, size."""

import json
import statistics
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import process_time

from anju.understanding import Suggestion, classify, emergencies
from anju.understanding.hints import HINTS
from anju.understanding.model import PRESENT, present
from anju.understanding.tables import parse, read

DEV = Path(__file__).resolve().parent.parent / "tests" / "understanding" / "reports_dev.psv"
LOAD = """from time import process_time as t
a = t(); import numpy; b = t(); from anju.understanding.model import present; present(); print([b - a, t() - b])"""
Row = dict[str, str]


def run() -> int:
    """Print the tables; 1 when a bar is missed."""
    rows = parse(DEV.read_text(encoding="utf-8"))
    golden = [row | {"acceptable": "", "kind": "golden"} for row in read("golden")]
    found, spent = [], []
    for row in (*rows, *golden):
        started = process_time()
        found.append(classify(row["text"]))
        spent.append((process_time() - started) * 1000)
    good = _accuracy([*rows, *golden], found)
    good = _alarms(rows, found[: len(rows)]) and good
    hinted = sum(_right(row, HINTS.classify(row["text"])) for row in rows)
    print(f"hints alone: {hinted / len(rows):.1%}")
    p95 = statistics.quantiles(spent, n=20)[-1]
    numpy, model = _loads()
    print(f"speed: median {statistics.median(spent):.2f} ms, p95 {p95:.2f} ms (bar 5); CPU of one core")
    print(
        f"load: {model * 1000:.0f} ms and numpy {numpy * 1000:.0f} ms (bar 300); size {PRESENT.stat().st_size / 1e6:.1f} MB (bar 10)"
    )
    return 0 if good and p95 <= 5 and numpy + model <= 0.3 else 1


def _right(row: Row, found: Suggestion) -> bool:
    return found.leaf.code in (row["leaf"], *row["acceptable"].split(","))


def _accuracy(rows: list[Row], found: list[Suggestion]) -> bool:
    right: dict[str, list[bool]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    for row, one in zip(rows, found, strict=True):
        right[row["kind"]].append(_right(row, one))
        wrong[f"{row['leaf']} as {one.leaf.code}"] += not _right(row, one)
    golden = right.pop("golden")
    total = [each for hits in right.values() for each in hits]
    print(f"model {present().version}\n| kind | right | of |\n|---|---|---|")
    for kind, hits in [*sorted(right.items()), ("all of these", total), ("golden", golden)]:
        print(f"| {kind} | {sum(hits) / len(hits):.1%} | {len(hits)} |")
    print("wrong: " + ", ".join(pair for pair, times in wrong.most_common(30) if times))
    return sum(total) >= 0.9 * len(total) and all(golden) and all(sum(one) >= 0.8 * len(one) for one in right.values())


def _alarms(rows: list[Row], found: list[Suggestion]) -> bool:
    urgent = [one for row, one in zip(rows, found, strict=True) if row["leaf"] in emergencies()]
    others = [one for row, one in zip(rows, found, strict=True) if row["leaf"] not in emergencies()]
    missed = [one for one in urgent if not one.emergency]
    alarms = sum(one.emergency for one in others)
    print(f"missed emergencies: {len(missed)} of {len(urgent)}, {sum(map(_silent, missed))} without a question back")
    print(
        f"false alarms: {alarms} of {len(others)}; needless questions back: {len(others) - sum(map(_silent, others))}"
    )
    return len(missed) <= 0.01 * len(urgent) and alarms <= 0.05 * len(others)


def _silent(one: Suggestion) -> bool:
    return one.suspected is None


def _loads() -> tuple[float, float]:
    """The best of three: seconds of CPU to load numpy, and the model beside it."""
    runs = [subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True) for _ in range(3)]
    return min(tuple(json.loads(run.stdout)) for run in runs)
