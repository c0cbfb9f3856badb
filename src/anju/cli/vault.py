"""anju vault rotate | status | verify: turning keys while everybody works (R16.5); is the log of looks as it was written?"""

import argparse
import sys
from collections.abc import Iterable

from anju.core import clock
from anju.files import actions as files
from anju.privacy.queries import chain
from anju.tickets.actions import indexing
from anju.vault import keys, master, rotation

WHY = {
    "MISSING": "缺少这一条，或编号不连续",
    "BROKEN": "与前一条接不上",
    "CHANGED": "内容被改过",
    "CUT": "结尾被截断或改过",
}
SETTLED_MIN = int(keys.SETTLED.total_seconds()) // 60


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="rotate|status|verify")
    turn = verbs.add_parser("rotate", help="换密钥；可中断，重新运行就接着做")
    turn.add_argument("what", choices=sorted(TURNS), help="data 数据密钥，index 检索密钥，master 主密钥")
    turn.add_argument("--drop-old", action="store_true", help="master：从文件里去掉旧的主密钥（旧备份将无法打开）")
    verbs.add_parser("status", help="每种密钥现在的状态")
    verbs.add_parser("verify", help="核对查看记录是否完整、未被改动；不完整时退出码为1")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    if asked.verb == "rotate":
        return TURNS[asked.what](asked)
    return _status() if asked.verb == "status" else _verify()


def _verify() -> int:
    """Read the signed log of who looked at what, and say where it does not hold."""
    found = chain.verify()
    if found.holds:
        print(f"查看记录 {found.lines} 条，完整，没有改动")
        return 0
    when = f"（{clock.local(found.at):%Y-%m-%d %H:%M:%S}）" if found.at else ""
    print(f"查看记录在第 {found.position} 条{when}不符：{WHY[found.why]}", file=sys.stderr)
    return 1


def _status() -> int:
    for row in rotation.held():
        where = f"小区{row.community_id}" if row.community_id else "公司"
        left = "" if row.state != "RETIRED" or row.done_at or row.purpose != "data" else "，还有数据没换完"
        print(f"{row.purpose:<6}{row.state:<9}{where}　{clock.local(row.created_at):%Y-%m-%d %H:%M}{left}")
    return 0


def _data(asked: argparse.Namespace) -> int:
    made = rotation.renew_data_keys()
    print(f"新的数据密钥{made}把" if made else "接着上次没做完的")
    left = _pass("字段", rotation.reseal()).made + _pass("照片", files.reseal()).made
    if left == 0 and rotation.finish():
        print("完成：旧的数据密钥已没有数据")
    else:
        print(f"再运行一次复查，至少{SETTLED_MIN}分钟后收尾")
    return 0


def _index(asked: argparse.Namespace) -> int:
    leaving = rotation.leaving()
    if leaving is None:
        rotation.announce()
        if not rotation.take_over():
            print(f"新的检索密钥已备好，{SETTLED_MIN}分钟后再运行一次")
            return 0
        leaving = rotation.leaving()
    made = _pass("索引", rotation.reindex()).made + _pass("全文", indexing.renew()).made
    if leaving is None or (made == 0 and rotation.leave(leaving)):
        print("完成：旧的检索密钥已停用")
    else:
        print(f"再运行一次复查，至少{SETTLED_MIN}分钟后收尾")
    return 0


def _master(asked: argparse.Namespace) -> int:
    if asked.drop_old:
        print(f"重新包装{rotation.rewrap()}把数据密钥，去掉旧的主密钥{master.drop_old()}把")
        return 0
    if master.in_file():
        master.renew()
    print(f"重新包装{rotation.rewrap()}把数据密钥")
    if master.in_file():
        print("旧的主密钥还留在文件里，旧备份要用它；先另存一份，一小时后可用 --drop-old 去掉")
    return 0


TURNS = {"data": _data, "index": _index, "master": _master}


def _pass(name: str, batches: Iterable[rotation.Done]) -> rotation.Done:
    """Go through, and say how many and how fast."""
    began, done = clock.stopwatch(), rotation.Done()
    for batch in batches:
        done += batch
    took = max(clock.stopwatch() - began, 1e-6)
    print(f"{name}：看过{done.seen}，换了{done.made}，每秒{done.seen / took:.0f}")
    return done
