"""anju understanding classify: what the texts of a file mean, one answer a line."""

import argparse
import sys
from pathlib import Path

from anju.understanding import classify


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="classify")
    one = verbs.add_parser("classify", help="一行一条文字；每行回答 类别|把握|紧急的可能")
    one.add_argument("file", help="文字文件；- 表示标准输入")


def run(asked: argparse.Namespace) -> int:
    """Answer each line in order, an empty one too."""
    text = sys.stdin.read() if asked.file == "-" else Path(asked.file).read_text(encoding="utf-8")
    for line in text.split("\n")[: -1 if text.endswith("\n") else None]:
        found = classify(line)
        print(f"{found.leaf.code}|{found.confidence:.2f}|{found.emergency_probability:.2f}")
    return 0
