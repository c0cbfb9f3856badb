"""Stickers: which leaves and which six chips belong to a kind of thing or place (R6.5, A.2 step 6)."""

import re

import pytest

from anju.understanding import Chip, chips, classify_at, leaf, leaves, leaves_of
from anju.understanding.reading import normalise
from anju.understanding.tables import read

ASSETS = ["电梯", "水泵", "配电", "消防主机", "道闸", "门禁", "监控", "路灯", "充电桩", "健身器材"]
PLACES = ["楼栋", "单元", "楼层", "大堂", "地库", "道路", "绿地", "设备房", "出入口"]
KINDS = [*ASSETS, *PLACES, "其他"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_six_chips_of_its_own_leaves(kind: str) -> None:
    found = chips(kind)
    assert len(found) == 6
    assert len({chip.label for chip in found}) == 6
    assert len({chip.icon for chip in found}) == 6
    for chip in found:
        assert chip.leaf.code in leaves_of(kind)
        assert 0 < len(chip.label) <= 8
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", chip.icon)


def test_lift_chips_as_drawn() -> None:
    assert [(chip.leaf.code, chip.label) for chip in chips("电梯")] == [
        ("EL05", "按钮没反应"),
        ("EL04", "抖动、异响"),
        ("EL03", "停了不动"),
        ("EL05", "里面灯不亮"),
        ("CL02", "脏、有异味"),
        ("OR01", "有人抽烟"),
    ]
    assert chips("电梯")[0] == Chip(leaf("EL05"), "按钮没反应", "square-rounded-chevrons-up")


def test_tables_name_each_kind_once_and_only_known_leaves() -> None:
    rows = read("kinds")
    assert [row["kind"] for row in rows if row["of"] == "asset"] == [*ASSETS, "其他"]
    assert [row["kind"] for row in rows if row["of"] == "place"] == [*PLACES, "其他"]
    assert {row["kind"] for row in read("chips")} == set(KINDS)
    assert all(leaves_of(kind) <= set(leaves()) for kind in KINDS)
    assert all(normalise(row["word"]) == row["word"] for row in rows)


def test_other_and_unknown_kinds_know_every_leaf() -> None:
    assert leaves_of("其他") == leaves_of("飞船") == set(leaves())
    assert chips("飞船") == chips("其他")


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("电梯", "按钮坏了", "EL05"),
        ("电梯", "抖得厉害", "EL04"),
        ("电梯", "有人困在里面", "EL01"),
        ("电梯", "有人抽烟，门打不开，里面有人", "EL01"),
        ("电梯", "着火了", "FS01"),
        ("电梯", "停了，没有困人", "EL03"),
        ("电梯", "物业费怎么算", "ZZ99"),
        ("水泵", "嗡嗡响，吵", "NS03"),
        ("单元", "门坏了", "AC01"),
        ("地库", "漏水", "PW03"),
        ("道路", "有坑", "ST07"),
        ("道闸", "外卖进不来", "IQ07"),
        ("飞船", "灯泡坏了", "IN02"),
    ],
)
def test_text_at_a_sticker(kind: str, text: str, code: str) -> None:
    assert classify_at(kind, text).leaf.code == code


def test_the_place_alone_does_not_convince() -> None:
    found = classify_at("路灯", "一直闪")
    assert (found.leaf.code, found.confidence, found.auto) == ("PE02", 0.5, False)
    assert not classify_at("绿地", "一直闪").auto
