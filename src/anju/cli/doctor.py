"""anju doctor: what is wrong with this office and how to mend it."""

import argparse
import json

from anju.cli import checkup

SIGNS = {"ok": "✓", "note": "·", "bad": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--json", action="store_true", help="给程序看的结果")


def run(asked: argparse.Namespace) -> int:
    """Look at everything; 1 when something is wrong."""
    found = list(checkup.everything())
    bad = [one for one in found if one.state == "bad"]
    if asked.json:
        print(json.dumps({"ok": not bad, "checks": [one.plain() for one in found]}, ensure_ascii=False, indent=1))
        return 1 if bad else 0
    for one in found:
        print(f"{SIGNS[one.state]} {one.name}　{one.says}")
        if one.mend:
            print(f"    怎么办：{one.mend}")
    print(f"有{len(bad)}处要处理" if bad else "一切正常")
    return 1 if bad else 0
