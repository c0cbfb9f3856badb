"""docs/asvs.csv: every requirement of level 1 and 2 of OWASP ASVS 5.0 is judged, and every test it names exists."""

import ast
import csv
from collections import Counter

from tests.house.source import ROOT, nothing

LEVELS = {"1": 70, "2": 183}
SHOWN = 130
"""So many had a test at least; raise it as tests come, never lower it."""


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_requirement_is_judged_once():
    assert Counter(row["level"] for row in rows()) == LEVELS
    assert len({row["id"] for row in rows()}) == sum(LEVELS.values())
    unsaid = [row["id"] for row in rows() if not row["test"] and not row["note"]]
    assert unsaid == []
    assert all(row["applies"] in ("yes", "no") and not (row["applies"] == "no" and row["test"]) for row in rows())


def test_every_named_test_exists():
    named = [row for row in rows() if row["test"]]
    assert len(named) >= SHOWN
    nothing([f"{row['id']}: {row['test']}" for row in named if not _exists(row["test"])])


def _exists(name: str) -> bool:
    path, _colons, function = name.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    found = {node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}
    return function in found if function else any(one.startswith("test_") for one in found)
