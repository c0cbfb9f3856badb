"""anju floors: which room stands on which floor, as pyproject.toml says in a checkout."""

import argparse
import tomllib
from pathlib import Path

from anju.cli import menu

FILE = Path(__file__).resolve().parents[3] / "pyproject.toml"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be asked for."""


def run(asked: argparse.Namespace) -> int:
    """Print the floors from the roof down; imports go down only."""
    if not FILE.is_file():
        return menu.fail("这里没有 pyproject.toml，楼层写在源码仓库里")
    contracts = tomllib.loads(FILE.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    for layer in contracts[0]["layers"]:
        print(layer.replace("(", "").replace(")", "").replace(" : ", "  "))
    return 0
