"""How offices write rooms, and how the register does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.estate import numbering
from anju.estate.numbering import Bad

NUMBERS = st.from_regex(r"[1-9][0-9]{0,2}|[A-Z][0-9]?", fullmatch=True)
ROOMS = st.from_regex(r"[1-9][0-9]{2,3}|3A0[1-9]|0[1-9]0[1-9]", fullmatch=True)


def code(*said: str) -> str:
    return numbering.full_code(numbering.address(*said))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("3栋", "1单元", "1203室"), "3-1-1203"),
        (("3号楼", "一单元", "1203"), "3-1-1203"),
        (("第十二幢", "2", "3a01"), "12-2-3A01"),
        (("3#楼", "", "1203"), "3-1203"),
        (("3#", "1", "1-1203"), "3-1-1203"),
        (("3", "1", "3-1-1203"), "3-1-1203"),
        (("3", "", "1单元1203"), "3-1-1203"),
        (("3", "1", "夹层01"), "3-1-夹层01"),
        (("3", "", "B1-046"), "3-B1-046"),
        (("", "", "3栋1单元1203"), "3-1-1203"),
        (("", "", "3#1-1203"), "3-1-1203"),
        (("", "", "３－１－１２０３"), "3-1-1203"),
        (("", "", "5-2-3A01"), "5-2-3A01"),
        (("", "1", "3栋1203"), "3-1-1203"),
        (("", "", "88号"), "88号"),
        (("", "", "s-07"), "S-07"),
        (("", "", "B1-046"), "B1-046"),
    ],
)
def test_one_spelling_in_the_register(said: tuple[str, str, str], expected: str) -> None:
    assert code(*said) == expected


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        (("3", "1", ""), "ROOM_MISSING"),
        (("3", "1", "\u200b\u3000"), "ROOM_MISSING"),
        (("3", "1", "4-1-1203"), "ROOM_CONFLICT"),
        (("3", "1", "3-2-1203"), "ROOM_CONFLICT"),
        (("3", "1", "2单元1203"), "ROOM_CONFLICT"),
        (("", "2", "3-1-1203"), "ROOM_CONFLICT"),
        (("", "1", "88号"), "ROOM_UNREADABLE"),
        (("", "", "1203"), "ROOM_UNREADABLE"),
        (("", "", "阳光花园"), "ROOM_UNREADABLE"),
        (("3", "1", "1203、1204"), "ROOM_UNREADABLE"),
        (("3", "1", "9" * 21), "ROOM_TOO_LONG"),
        (("9" * 17, "1", "101"), "ROOM_TOO_LONG"),
    ],
)
def test_what_nobody_can_read_is_said(said: tuple[str, str, str], bad: str) -> None:
    with pytest.raises(Bad) as raised:
        numbering.address(*said)
    assert raised.value.code == bad


@given(NUMBERS, NUMBERS, ROOMS)
def test_columns_and_one_cell_mean_the_same(b: str, u: str, r: str) -> None:
    expected = f"{b}-{u}-{r}"
    assert code(f"{b}栋", f"{u}单元", f"{r}室") == expected
    assert code("", "", f"{b}栋{u}单元{r}室") == expected
    assert code("", "", expected) == expected
    assert code(b, u, expected) == expected


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=40))
def test_any_text_is_read_or_refused_and_read_again_the_same(b: str, u: str, r: str) -> None:
    try:
        found = numbering.address(b, u, r)
    except Bad:
        return
    assert len(numbering.full_code(found)) <= 56
    assert numbering.address(*found) == found


@pytest.mark.parametrize(("room", "usage"), [("B1-046", "PARKING"), ("S-07", "SHOP"), ("1203", "HOME"), ("B1", "HOME")])
def test_what_a_room_usually_is(room: str, usage: str) -> None:
    assert numbering.usual(room) == usage
