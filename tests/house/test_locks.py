"""Locks: exact, hashed, without the name of any index, and still what pyproject.toml asks for (ADR 0001)."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.source import ROOT, nothing

LOCKS = ("runtime", "test", "uv")
_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def _text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="ascii")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_exact_and_names_no_place(lock):
    blocks = re.split(r"\n(?=\S)", _text(lock).strip())
    assert all(_PIN.match(block) and "--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^-|\bfile:|@", _text(lock), re.MULTILINE)


@pytest.mark.parametrize(("lock", "groups"), [("runtime", ["build"]), ("test", ["build", "test"])])
def test_a_lock_holds_what_is_asked_for(lock, groups):
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = asked["project"]["dependencies"] + [each for group in groups for each in asked["dependency-groups"][group]]
    pinned = dict(_PIN.findall(_text(lock)))
    stale = [text for text in wanted if pinned.get((need := Requirement(text)).name.lower(), "") not in need.specifier]
    nothing(stale, "run bin/lock")


def test_both_locks_agree():
    runtime, test = (dict(_PIN.findall(_text(lock))) for lock in ("runtime", "test"))
    assert runtime.items() <= test.items()


def test_the_front_end_lock_names_no_place():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)
