"""Words: docstrings, settings, catalogues, and a project that speaks of itself alone."""

import ast
import re

from tests.house.source import ROOT, Module, everything, kept_files, nothing, product
from tools import messages

LONG_ENOUGH_TO_EXPLAIN = 6
_PLACES = re.compile(r"(?:^|[^a-z.\w])/(?:w[o]rk|f[a]rm|t[m]p|h[o]me|r[o]ot|U[s]ers)/[a-zA-Z]")
_VARIABLE = re.compile(r"\bANJU_[A-Z_]+\b")


def _silent(module: Module) -> list[str]:
    """What the module shows to others without a word: itself, its classes, its functions of some length."""
    if module.path.name == "__init__.py" and not module.text.strip():
        return [module.where]
    silent = [] if ast.get_docstring(module.tree) else [module.where]
    if module.path.name == "apps.py":
        return silent
    for node in module.tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        long = (node.end_lineno or 0) - node.body[0].lineno + 1 >= LONG_ENOUGH_TO_EXPLAIN
        if (isinstance(node, ast.ClassDef) or long) and not ast.get_docstring(node):
            silent.append(f"{module.where}:{node.lineno} {node.name}")
    return silent


def test_what_others_see_has_a_docstring():
    nothing([line for module in product() for line in _silent(module)])


def test_every_module_says_what_it_is():
    nothing([module.where for module in everything() if module.text.strip() and not ast.get_docstring(module.tree)])


def test_settings_are_documented_and_nothing_else_is():
    read = {name for module in product() for name in _read_from_environment(module)}
    rows = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    documented = {name for row in rows if row.startswith("| `ANJU_") for name in _VARIABLE.findall(row.split("|")[1])}
    assert documented == read


def _read_from_environment(module: Module) -> set[str]:
    """Names passed to core.env or taken from os.environ."""
    found = set()
    for node in ast.walk(module.tree):
        texts = []
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("env.", "os.environ.get", "os.getenv")):
            texts = node.args[:1]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            texts = [node.slice]
        found |= {
            each.value for each in texts if isinstance(each, ast.Constant) and str(each.value).startswith("ANJU_")
        }
    return found


def test_every_string_has_its_english():
    nothing(messages.problems())


def test_the_project_names_no_place_of_a_machine():
    found = []
    for file in kept_files():
        if file.suffix in {".png", ".jpg", ".webp", ".ico", ".lock", ".npz"} or file.name == "package-lock.json":
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [f"{file.relative_to(ROOT)}:{number}" for number, line in enumerate(lines, 1) if _PLACES.search(line)]
    nothing(found)
