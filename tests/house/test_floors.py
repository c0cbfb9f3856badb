"""Rooms lie on floors: imports go down only (import-linter holds that), nobody stands outside, nothing goes in circles."""

import re
import sys

import grimp

from tests.house.source import PACKAGE, ROOT, floors, nothing, product


def test_every_room_has_its_floor():
    assigned = [room for floor in floors() for room in floor]
    present = {module.room for module in product()} - {"__init__"}
    assert sorted(assigned) == sorted(set(assigned)), "a room stands on two floors"
    assert present <= set(assigned), "name the floor of a new room in pyproject.toml (and why in docs/adr)"
    rooms = {room for floor in floors()[1:] for room in floor}
    assert rooms - present == set(), "a floor names a room that does not exist"


def test_no_room_is_empty():
    empty = [
        folder.name
        for folder in PACKAGE.iterdir()
        if (folder / "__init__.py").exists() and len(list(folder.rglob("*.py"))) < 2
    ]
    nothing(empty, "a room exists from its first table or function on")


def test_no_module_is_in_an_import_circle():
    graph = grimp.build_graph("anju", cache_dir=None, exclude_type_checking_imports=True)
    circles = _circles({name: graph.find_modules_directly_imported_by(name) for name in graph.modules})
    nothing([" -> ".join(circle) for circle in circles])


def _circles(imported_by: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that import each other (Tarjan's strongly connected components of more than one)."""
    sys.setrecursionlimit(10_000)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    circles: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(imported_by[name]):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                circles.append(sorted(group))

    for name in sorted(imported_by):
        if name not in order:
            visit(name)
    return circles


def test_the_page_about_the_house_shows_the_same_floors():
    page = (ROOT / "docs" / "house.md").read_text(encoding="utf-8").split("```")[1]
    nothing(
        [room for floor in floors() for room in floor if not re.search(rf"(?<!\w){room}(?!\w)", page)],
        "mend docs/house.md",
    )
