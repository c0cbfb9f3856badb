"""anju demo: fills an empty office with the demo community; a second run changes nothing."""

import argparse
import sys

from anju.accounts import queries as accounts
from anju.core.scope import SYSTEM
from anju.lab import garden


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing may be asked for."""


def run(asked: argparse.Namespace) -> int:
    """Plant the community unless it is there."""
    if not accounts.communities(SYSTEM).filter(code="sunshine-garden").exists():
        garden.plant(lat=31.2304, lng=121.4737, password=garden.PASSWORD)
    sys.stdout.write(f"演示账号：李敏 赵静 吴刚 陈师傅 周强，密码都是 {garden.PASSWORD}\n")
    return 0
