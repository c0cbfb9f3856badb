"""Bars: 5 ms for a text, 100 ms for 20,000 characters of anything, 300 ms to load beside numpy."""

import subprocess
import sys

import pytest

from anju.understanding import classify, leaves
from tests.speed import cpu, within

HINTS = "".join(hint for one in leaves().values() for hint in one.hints)
DENIED = "".join(f"没{hint}" for one in leaves().values() for hint in one.hints)
LONG = "我这个月物业费怎么多了50块？请问物业费怎么算的，楼道灯也不亮，电梯抖，打了几次电话都没人管。" * 4
LOAD = "import numpy; from time import process_time as t; a = t(); from anju.understanding.model import present; present(); print(t() - a)"


def test_a_text_takes_less_than_five_milliseconds() -> None:
    assert within(0.005, lambda: cpu(lambda: classify("3棟一單元電梯裡關住兩個人，快點來")))
    assert within(0.005, lambda: cpu(lambda: classify(LONG)))


@pytest.mark.parametrize("unit", ["水", "没着火", "電梯裡關住兩個人", "ｅ\u0301", "没", HINTS, DENIED])
def test_20000_characters_take_less_than_100_milliseconds(unit: str) -> None:
    text = (unit * (20_000 // len(unit) + 1))[:20_000]
    assert within(0.1, lambda: cpu(lambda: classify(text)))


def test_loads_in_less_than_300_milliseconds() -> None:
    def load() -> float:
        return float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout)

    assert within(0.3, load)
