"""anju understanding: what texts mean, how good the suggestions were, and a better model from corrections."""

import argparse
import sys
from pathlib import Path

from anju.cli import menu
from anju.core.scope import SYSTEM
from anju.learning import proposing, queries
from anju.understanding import classify, leaf
from anju.understanding.model import present


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="classify|report|retrain|switch")
    one = verbs.add_parser("classify", help="一行一条文字；每行回答 类别|把握|紧急的可能")
    one.add_argument("file", help="文字文件；- 表示标准输入")
    verbs.add_parser("report", help="每月准确率和变化，最常弄错的类别")
    verbs.add_parser("retrain", help="从客服的纠正学出新模型，与现在的比较；不会自动换上")
    switch = verbs.add_parser("switch", help="换用一个模型")
    switch.add_argument("version", help="retrain 给出的版本；built-in 是随软件来的")


def run(asked: argparse.Namespace) -> int:
    """Do what was asked for."""
    return {"classify": _classify, "report": _report, "retrain": _retrain, "switch": _switch}[asked.verb](asked)


def _classify(asked: argparse.Namespace) -> int:
    """Answer each line in order, an empty one too."""
    data = sys.stdin.buffer.read() if asked.file == "-" else Path(asked.file).read_bytes()
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    for line in text.split("\n")[: -1 if text.endswith("\n") or not text else None]:
        found = classify(line)
        print(f"{found.leaf.code}|{found.confidence:.2f}|{found.emergency_probability:.2f}")
    return 0


def _report(_asked: argparse.Namespace) -> int:
    months = queries.months(SYSTEM)
    print(f"现在的模型 {present().version}")
    if not months:
        print("还没有客服看过的建议。")
    before = None
    for one in months:
        drift = f"，比上月{(one.accuracy - before) * 100:+.1f}点" if before is not None else ""
        print(
            f"{one.month}　建议{one.suggested}件，纠正{one.corrected}件，准确率{one.accuracy:.1%}{drift}；"
            f"漏报紧急{one.missed}，误报紧急{one.alarms}，平均把握{one.confidence:.0%}"
        )
        before = one.accuracy
    for (wrong, right), times in queries.pairs(SYSTEM):
        print(f"  {wrong} {leaf(wrong).name} → {right} {leaf(right).name}　{times}次")
    return 0


def _retrain(_asked: argparse.Namespace) -> int:
    found = proposing.propose(list(queries.lessons(SYSTEM)))
    if found is None:
        print("还没有纠正，没有可学的。")
        return 0
    for name, now, then in found.rows:
        print(
            f"{name}　现在 {now.accuracy:.1%}，漏报{now.lost_emergencies}　新的 {then.accuracy:.1%}，漏报{then.lost_emergencies}"
        )
    if not found.better:
        return menu.fail(f"新模型 {found.version} 在固定的文字上变差了，没有存下")
    print(f"已存下 {found.version}，还没有换上。换上：anju understanding switch {found.version}")
    return 0


def _switch(asked: argparse.Namespace) -> int:
    if not proposing.switch(asked.version):
        return menu.fail(f"没有 {asked.version} 这个模型，先运行 anju understanding retrain")
    print(f"现在用 {present().version}")
    return 0
