"""Whole runs in processes of their own: nothing wrong, everything common tried, and the same again under another hash seed."""

import os
import re
import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "simulation.txt"
HASH = re.compile(r"种子 \d+ 事件记录 (\w{64})")


def start(words: str, hash_seed: str) -> "subprocess.Popen[str]":
    households, days, seed = words.partition("#")[0].split()
    size = ["--households", households, "--days", days, "--seed", seed]
    command = [sys.executable, "-m", "anju", "simulate", "--short", *size]
    return subprocess.Popen(
        command,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_every_seed_keeps_every_promise_and_comes_again_the_same() -> None:
    seeds = SEEDS.read_text(encoding="utf-8").splitlines()
    first, *others = seeds
    runs = [start(first, "1"), start(first, "2"), *(start(one, "1") for one in others)]
    said = [run.communicate()[0] for run in runs]
    for run, text in zip(runs, said, strict=True):
        assert run.returncode == 0, text
    hashes = [HASH.findall(text) for text in said[:2]]
    assert (hashes[0], len(hashes[0])) == (hashes[1], 1)
