"""A.2 steps 1 and 2: equal spellings, negations and questions."""

import pytest

from anju.understanding import leaves
from anju.understanding.reading import normalise, says


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("  水管\t爆 了\n快来　人 ", "水管爆了快来人"),
        ("Ｋ歌？", "k歌?"),
        ("電梯裡關住兩個人", "电梯里关住两个人"),
        ("電梯裏面", "电梯里面"),
        ("衞生間堵", "卫生间堵"),
        ("著火了", "着火了"),
        ("着\u200b火\u2060了\ufeff", "着火了"),
        ("着\x00火", "着火"),
        ("着\ud800火", "着火"),
        ("", ""),
    ],
)
def test_normalise(text: str, wanted: str) -> None:
    assert normalise(text) == wanted


def test_hints_are_written_in_normal_form() -> None:
    for one in leaves().values():
        for hint in one.hints:
            assert normalise(hint) == hint.lower(), one.code


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("漏水", "漏水", True),
        ("没漏水", "漏水", False),
        ("没有漏水", "漏水", False),
        ("无漏水", "漏水", False),
        ("不是漏水", "漏水", False),
        ("并非漏水", "漏水", False),
        ("未漏水", "漏水", False),
        ("有没有漏水", "漏水", True),
        ("有没漏水", "漏水", True),
        ("是不是漏水", "漏水", True),
        ("没漏水,后来漏水了", "漏水", True),
        ("没漏水也没有漏水", "漏水", False),
        ("没,漏水", "漏水", True),
        ("没再漏水", "漏水", False),
        ("有没有再漏水", "漏水", True),
        ("孩子没被咬伤", "咬伤", False),
        ("没有被咬伤", "咬伤", False),
        ("没人受伤", "受伤", False),
        ("无人受伤", "受伤", False),
        ("没有人受伤", "受伤", False),
        ("有没有人受伤", "受伤", True),
        ("有人受伤", "受伤", True),
        ("家里没人着火了", "着火", True),
        ("无故打人", "打人", True),
        ("水", "漏水", False),
    ],
)
def test_says(text: str, part: str, wanted: bool) -> None:
    assert says(text, part) is wanted


def test_every_part_of_the_tree_can_be_denied_and_asked_for() -> None:
    parts = {part for one in leaves().values() for hint in one.hints for part in hint.lstrip("!").split("+")}
    for part in map(normalise, parts - {"没有"}):  # 热水+没有: a negator that is a hint cannot be denied
        assert not says("没有" + part, part), part
        assert says("有没有" + part, part), part
        assert says("好像" + part, part), part
