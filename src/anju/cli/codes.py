"""anju codes sheet | check: the codes that hang in a community, as a PDF to print; how many staff have scanned."""

import argparse
from pathlib import Path

from anju.cli import menu
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import checking, queries, stickers
from anju.estate.models import Community, Label


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="sheet|check")
    sheet = verbs.add_parser("sheet", help="打印用的PDF")
    sheet.add_argument("file", type=Path, help="存到哪里")
    sheet.add_argument("--paper", choices=stickers.PAPERS, default="2x4", help="A4怎样分：列x行，默认 2x4")
    sheet.add_argument("--kind", help="只要这一种，如 电梯、单元")
    check = verbs.add_parser("check", help="各楼栋的码核对到哪里")
    for one in (sheet, check):
        one.add_argument("--community", help="小区代码；只有一个小区时可省")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    found = [one for one in queries.communities(SYSTEM) if asked.community in (None, one.code)]
    if len(found) != 1:
        return menu.fail("请用 --community 说明是哪个小区")
    try:
        return {"sheet": _sheet, "check": _check}[asked.verb](asked, found[0])
    except Refused as refused:
        return menu.fail(str(refused.message))


def _sheet(asked: argparse.Namespace, community: Community) -> int:
    rows = [row for row in queries.labels(SYSTEM, community.id) if asked.kind in (None, _kind(row))]
    asked.file.write_bytes(stickers.sheet(rows, community, asked.paper))
    print(f"{len(rows)}张码，已存 {asked.file}")
    return 0


def _kind(row: Label) -> str:
    target = row.asset or row.place
    return target.kind if target else ""


def _check(_asked: argparse.Namespace, community: Community) -> int:
    for house in checking.houses(SYSTEM, community.id):
        where = f"{house.building_no}栋" if house.building_no else "楼外"
        missing = "、".join(str(row.asset or row.place) for row in house.missing)
        print(f"{where}　{house.checked}/{house.all}" + (f"　还没扫过：{missing}" if missing else ""))
    return 0
