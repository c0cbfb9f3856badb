"""Sizes: what a reader can hold in mind (docs/house.md: aim and cap; the caps are held here)."""

import ast
from collections import Counter

from radon.complexity import cc_visit

from tests.house.source import DOORS, PACKAGE, ROOT, Module, everything, nothing, product

FILE, FUNCTION, VIEW, COMPLEXITY, MODELS, SETTINGS, README, SCRIPT, OWN_JS = 300, 50, 30, 10, 12, 300, 150, 15, 2500
LEAST_TESTS, MOST_TESTS = 0.5, 2.0  # the aim is 1.2; raise the first as tests grow, never lower it
IGNORES_PER_10K = 2


def test_no_file_is_too_long():
    nothing([f"{module.where}: {module.lines}" for module in everything() if module.lines > FILE])


def test_no_function_is_too_long():
    long = []
    for module in everything():
        cap = VIEW if "views" in module.where and module.where.split("/")[2] in DOORS else FUNCTION
        for function in module.functions():
            size = (function.end_lineno or 0) - function.lineno + 1
            if size > cap:
                long.append(f"{module.where}:{function.lineno} {function.name}: {size}")
    nothing(long)


def test_no_function_is_too_complex():
    blocks = [(module, block) for module in everything() if not _is_test(module) for block in cc_visit(module.text)]
    blocks += [(module, inner) for module, block in blocks for inner in getattr(block, "closures", ())]
    over = [(m, b) for m, b in blocks if hasattr(b, "is_method") and b.complexity > COMPLEXITY]
    nothing([f"{module.where}:{block.lineno} {block.name}: {block.complexity}" for module, block in over])


def _is_test(module: Module) -> bool:
    """In a test each assertion counts as a branch, which it is not to a reader."""
    return module.where.startswith("tests/")


def test_no_room_has_too_many_tables():
    tables: Counter[str] = Counter()
    for module in product():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and _is_table(node):
                tables[module.room] += 1
    nothing([f"{room}: {count}" for room, count in tables.items() if count > MODELS])


def _is_table(node: ast.ClassDef) -> bool:
    bases = {ast.unparse(base).split(".")[-1] for base in node.bases}
    return bool(bases & {"Row", "Model", "AbstractBaseUser"}) and "abstract = True" not in ast.unparse(node)


def test_settings_readme_and_scripts_are_short():
    caps = {PACKAGE / "settings.py": SETTINGS, ROOT / "README.md": README, ROOT / "README.zh-CN.md": README}
    caps |= {file: SCRIPT for file in (ROOT / "bin").iterdir() if file.is_file()}
    sizes = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in caps if file.exists()}
    nothing([f"{file.name}: {size}" for file, size in sizes.items() if size > caps[file]])


def test_our_own_javascript_is_little():
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in PACKAGE.glob("**/static/**/*.js"))
    assert lines < OWN_JS


def test_types_are_rarely_ignored():
    ignores = [f"{module.where}" for module in product() if "# type: " + "ignore" in module.text]
    count = sum(module.text.count("# type: " + "ignore") for module in product())
    lines = sum(module.lines for module in product())
    assert count <= max(1, IGNORES_PER_10K * lines / 10_000), ignores


def test_there_are_enough_tests_and_not_too_many():
    code = sum(module.lines for module in product())
    tests = sum(module.lines for module in everything() if _is_test(module))
    assert LEAST_TESTS <= tests / code <= MOST_TESTS, f"{tests} lines of tests for {code} lines of code"
