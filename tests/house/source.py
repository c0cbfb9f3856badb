"""The code as the house rules look at it: parsed once, by room."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "anju"
DOORS = frozenset({"desk", "portal", "field", "wall", "api", "cli", "lab"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path from the root of the repository."""
        return str(self.path.relative_to(ROOT))

    @property
    def name(self) -> str:
        """The dotted name inside the product: anju.tickets.rules."""
        parts = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        """The first package or module under anju."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


def _read(folder: Path) -> tuple[Module, ...]:
    files = sorted(file for file in folder.rglob("*.py") if "migrations" not in file.parts)
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    return tuple(Module(file, text, ast.parse(text, str(file))) for file, text in texts.items())


@cache
def product() -> tuple[Module, ...]:
    """All modules of src/anju but migrations."""
    return _read(PACKAGE)


@cache
def everything() -> tuple[Module, ...]:
    """The product, its tests and its tools."""
    return product() + _read(ROOT / "tests") + _read(ROOT / "tools")


@cache
def templates() -> dict[str, str]:
    """Path from the root -> text of every template."""
    files = sorted(PACKAGE.glob("**/templates/**/*.*"))
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files if file.is_file()}


def floors() -> list[list[str]]:
    """The floors from the roof down, as pyproject.toml orders them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[room.strip(" ()") for room in layer.replace(":", "|").split("|")] for layer in layers]


def kept_files() -> list[Path]:
    """Every file that git keeps or would keep (not ignored)."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything of ours that a module imports at run time; `from anju.x import y` gives anju.x.y."""
    only_types = {
        inner
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if node in only_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.startswith("anju"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "anju":
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def nothing(found: list[str], instead: str = "") -> None:
    """Fail with every place that was found, one a line, and what to do instead."""
    __tracebackhide__ = True
    if found:
        pytest.fail("\n".join([*found, *([f"instead: {instead}"] if instead else [])]), pytrace=False)
