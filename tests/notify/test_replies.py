"""Answers by SMS (AT19.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.notify import replies


@pytest.mark.parametrize(
    ("said", "stars"),
    [
        ("５", 5), ("5", 5), ("5分", 5), ("5星", 5), (" 4 颗星。", 4), ("三星", 3), ("五分", 5), ("打4分", 4), ("给2", 2), ("非常满意", 5),
        ("非常满意！", 5), ("很满意", 5), ("①", 1), ("1😡", 1), ("非常不满意", 1),
        ("非常好", None), ("0", None), ("6", None), ("10", None), ("55", None), ("4.5", None), ("", None), ("满意", None),
        ("5楼漏水", None), ("三十", None), ("-5", None),
    ],
)  # fmt: skip
def test_stars(said, stars):
    assert replies.stars(said) == stars


@given(st.text())
def test_stars_are_one_to_five_or_nothing(said):
    assert replies.stars(said) in {None, 1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("said", "stops"), [("R", True), ("ｒ", True), ("退订。", True), ("TD", True), ("re", False), ("", False)]
)
def test_stops(said, stops):
    assert replies.stops(said) is stops
