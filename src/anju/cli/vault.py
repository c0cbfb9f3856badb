"""anju vault verify: reads the signed log of who looked at what, and says where it does not hold."""

import argparse
import sys

from anju.core import clock
from anju.privacy.queries import chain

WHY = {
    "MISSING": "缺少这一条，或编号不连续",
    "BROKEN": "与前一条接不上",
    "CHANGED": "内容被改过",
    "CUT": "结尾被截断或改过",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify")
    verbs.add_parser("verify", help="核对查看记录是否完整、未被改动；不完整时退出码为1")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    found = chain.verify()
    if found.holds:
        print(f"查看记录 {found.lines} 条，完整，没有改动")
        return 0
    when = f"（{clock.local(found.at):%Y-%m-%d %H:%M:%S}）" if found.at else ""
    print(f"查看记录在第 {found.position} 条{when}不符：{WHY[found.why]}", file=sys.stderr)
    return 1
