"""anju simulate: months of an estate in minutes, with everything going wrong, checked by an oracle."""

import argparse
import logging
import sys
from pathlib import Path

from anju.core import clock
from anju.lab.simulation import report
from anju.lab.simulation import run as simulation
from anju.lab.simulation.tally import Tally


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be asked for."""
    parser.add_argument("--households", type=int, default=2000, help="多少户，默认2000")
    parser.add_argument("--days", type=int, default=30, help="多少天，默认30")
    parser.add_argument("--seed", type=int, nargs="+", default=[7], help="随机数的种子，可写几个，默认7")
    parser.add_argument("--short", action="store_true", help="规模小，只要求常见的情况都遇到")
    parser.add_argument("--log", type=Path, help="把每一件事写进这个文件")


def run(asked: argparse.Namespace) -> int:
    """Run each seed; 1 when something was wrong, or when something was never checked or never tried."""
    logging.getLogger().setLevel(logging.CRITICAL)
    began, tally = clock.stopwatch(), Tally(asked.log)
    size, empty = simulation.Size(asked.households, asked.days), simulation.prepare()
    for seed in asked.seed:
        wrong = len(tally.wrong)
        tally.begin()
        simulation.play(size, seed, empty, tally)
        _say(f"种子 {seed} 事件记录 {tally.hash()}")
        if len(tally.wrong) > wrong:
            _say(f"种子 {seed} 有 {len(tally.wrong) - wrong} 处不对，重放：{_again(asked, seed)}")
    tally.close()
    for line in report.lines(tally, tally.checked["tickets"], asked.days, clock.stopwatch() - began):
        _say(line)
    failings = report.failings(tally, short=asked.short)
    for line in failings:
        _say(f"✗ {line}")
    return 1 if failings else 0


def _again(asked: argparse.Namespace, seed: int) -> str:
    return f"anju simulate --households {asked.households} --days {asked.days} --seed {seed}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
