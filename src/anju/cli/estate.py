"""anju estate import | undo | template: the land register from a file, and taking that back."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from anju.cli import menu
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.estate import actions as estate
from anju.estate import importing, queries
from anju.estate.models import Community
from anju.vault import masks

SHOWN = 20
LABELS = {
    "rooms": "新房屋",
    "changed_rooms": "更新房屋",
    "people": "新住户",
    "phones": "新电话",
    "relations": "新房屋关系",
    "same": "没有变化的房屋",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|undo|template")
    load = verbs.add_parser("import", help="导入花名册（.xlsx或.csv）；不加 --yes 只试算，不写入")
    load.add_argument("file", type=Path, help="花名册文件")
    load.add_argument("--yes", action="store_true", help="写入")
    load.add_argument("--errors", type=Path, help="有错误时，各行和错误原因另存为这个表格（默认：原文件名-错误.xlsx）")
    load.add_argument("--community", help="小区代码；只有一个小区时可省")
    load.add_argument("--create-community", metavar="名称", help="小区还没有时先建它（代码用 --community）")
    load.add_argument("--sign", default="物业服务中心", help="新小区的短信签名")
    load.add_argument("--hotline", default="400-800-1234", help="新小区的服务热线")
    back = verbs.add_parser("undo", help="撤回一次导入；不带编号则列出可以撤回的")
    back.add_argument("number", nargs="?", type=int, help="导入编号")
    form = verbs.add_parser("template", help="空白花名册")
    form.add_argument("file", type=Path, help="存到哪里")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    try:
        return {"template": _template, "import": _import, "undo": _undo}[asked.verb](asked)
    except Refused as refused:
        return menu.fail(str(refused.message))
    except OSError as error:
        return menu.fail(f"{asked.file}：{error.strerror}")


def _template(asked: argparse.Namespace) -> int:
    asked.file.write_bytes(importing.template_workbook())
    print(f"已存 {asked.file}")
    return 0


def _import(asked: argparse.Namespace) -> int:
    with asked.file.open("rb") as file:
        data = file.read(importing.MAX_BYTES + 1)
    loaded = importing.load(data, asked.file.name)
    _some("请留意", loaded.notes)
    if loaded.faults:
        return _faults(asked, loaded)
    with transaction.atomic():
        community = _community(asked)
        if community is None:
            return menu.fail(_which())
        if asked.yes:
            made = importing.apply(loaded, community, by=SYSTEM)
        else:
            made = importing.plan(loaded.records, community)
            transaction.set_rollback(True)
    _report(asked, community, made)
    return 0


def _report(asked: argparse.Namespace, community: Community, made: importing.Plan) -> None:
    print(f"{community.name}：" + "，".join(f"{LABELS[name]}{count}" for name, count in made.counts().items()))
    if made.beside:
        print(f"  登记里已有别的业主，新业主并列登记，请核对：{'、'.join(made.beside[:SHOWN])}")
    for room in made.rooms[:SHOWN] if not asked.yes else ():
        print(f"  新房屋 {room.full_code}")
    for person in made.people[:SHOWN] if not asked.yes else ():
        print(f"  新住户 {masks.name(person.name)}")
    if made.record:
        print(f"这次导入的编号 {made.record.id}；要撤回：anju estate undo {made.record.id}")
    print("没有变化。" if made.is_empty else "已写入。" if asked.yes else "这是试算，没有写入。确认无误后加 --yes。")


def _undo(asked: argparse.Namespace) -> int:
    rows = queries.written_imports(SYSTEM)
    if asked.number is None:
        for row in rows[:SHOWN]:
            counts = "，".join(f"{LABELS[name]}{count}" for name, count in row.counts.items() if name != "same")
            print(f"{row.id}　{clock.local(row.created_at):%Y-%m-%d %H:%M}　{row.community.name}　{counts}")
        return 0
    found = rows.filter(id=asked.number).first()
    if found is None:
        return menu.fail("没有这次导入，或已经撤回；不带编号运行 anju estate undo 可列出")
    done = importing.undo(found, by=SYSTEM)
    print("已撤回：" + "，".join(f"{LABELS[name]}{count}" for name, count in done.counts.items()))
    for stay in done.stays[:SHOWN]:
        print(f"  留下 {stay.what}：{stay.why}")
    if len(done.stays) > SHOWN:
        print(f"  还有{len(done.stays) - SHOWN}处留下")
    return 0


def _some(title: str, found: Sequence[importing.Fault]) -> None:
    """The first of many, with personal data masked: a terminal is read over shoulders and kept in logs."""
    for fault in found[:SHOWN]:
        where = f"第{fault.row}行　" if fault.row else ""
        print(f"  {title}：{where}{importing.masked(fault.reason)}", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"  {title}：还有{len(found) - SHOWN}处", file=sys.stderr)


def _faults(asked: argparse.Namespace, loaded: importing.Loaded) -> int:
    target = asked.errors or asked.file.with_name(f"{asked.file.stem}-错误.xlsx")
    target.touch(mode=0o600)
    target.write_bytes(importing.errors_workbook(loaded))
    print(f"{len(loaded.faults)}行有误，什么都没有写入：", file=sys.stderr)
    _some("错误", loaded.faults)
    return menu.fail(f"请改好再导入。全部行和错误原因已另存为 {target}")


def _community(asked: argparse.Namespace) -> Community | None:
    rows = queries.communities(SYSTEM)
    found = list(rows.filter(code=asked.community) if asked.community else rows[:2])
    if len(found) == 1:
        return found[0]
    if asked.create_community and asked.community and not found:
        return estate.community(
            code=asked.community, name=asked.create_community, sign=asked.sign, hotline=asked.hotline
        )
    return None


def _which() -> str:
    codes = "、".join(row.code for row in queries.communities(SYSTEM)[:10])
    return (
        f"请用 --community 说明是哪个小区：{codes}"
        if codes
        else "还没有小区：加 --community 代码 --create-community 名称"
    )
