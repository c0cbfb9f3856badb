"""Chinese words by the first letters of their pinyin."""

import pytest

from anju.core import pinyin


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("地库渗水", "dkss"),
        ("重复投诉", "cfts"),
        ("重量", "zl"),
        ("地下车库B1，滴水！", "dxckb1ds"),
        ("Ｂ２", "b2"),
        ("", ""),
    ],
)
def test_initials(words, letters):
    assert pinyin.initials(words) == letters


def test_what_somebody_may_mean():
    assert pinyin.meant("dkss", "地库渗水，车库顶上一直滴")
    assert pinyin.meant("DK", "地库")
    assert pinyin.meant("渗水", "地库渗水")
    assert not pinyin.meant("d", "地库渗水"), "one letter means everything"
    assert not pinyin.meant("sk", "地库渗水")
