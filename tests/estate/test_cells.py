"""Single cells: phones, names, shares, areas, floors, uses."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core import phones
from anju.estate.importing import cells, people
from anju.estate.numbering import Bad

CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60) | st.dates()


def bad(step: object, cell: object) -> str:
    with pytest.raises(Bad) as raised:
        step(cell)  # type: ignore[operator]
    return raised.value.code


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (13800005678.0, ["13800005678"]),
        ("13800005678/0571-88888888；139 0012 2041", ["13800005678", "057188888888", "13900122041"]),
        ("13800005678 13900122041", ["13800005678", "13900122041"]),
        ("13800005678\n13800005678", ["13800005678"]),
        ("妻：13800005678(晚上)", ["13800005678"]),
        ("(0571)88888888转12", ["057188888888"]),
        ("+86 138-0000-5678", ["13800005678"]),
        ("１３８００００５６７８", ["13800005678"]),
        ("13800005678、无", ["13800005678"]),
        ("-", []),
        (None, []),
    ],
)
def test_phones_as_offices_keep_them(cell: object, expected: list[str]) -> None:
    assert people.numbers(cell) == expected


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.38E+10", "PHONE_LOST"),
        ("138000056789", "PHONE_INVALID"),
        ("1380000567", "PHONE_INVALID"),
        ("138x0000y5678", "PHONE_INVALID"),
        ("1380000567813900122041", "PHONE_INVALID"),
        ("张三", "PHONE_INVALID"),
        (13800005678.5, "PHONE_INVALID"),
        (110, "PHONE_INVALID"),
        ("#N/A", "CELL_ERROR"),
        (datetime.date(2026, 3, 1), "CELL_DATE"),
    ],
)
def test_phones_that_are_none(cell: object, code: str) -> None:
    assert bad(people.numbers, cell) == code


def test_names_with_shares_and_names_of_nobody() -> None:
    half = Fraction(1, 2)
    assert people.names("王秀英（1/2）、李建国(50%)") == [("王秀英", half), ("李建国", half)]
    assert people.names("王秀英/李建国  欧阳明") == [("王秀英", None), ("李建国", None), ("欧阳明", None)]
    assert people.names("阿卜杜·拉，𠮷田") == [("阿卜杜·拉", None), ("𠮷田", None)]
    assert people.names("张三(已故)") == [("张三(已故)", None)]
    assert people.names("\u200b、—、无") == []
    assert bad(people.names, "13800005678") == "NAME_ODD"
    assert bad(people.names, "张伟13800005678") == "NAME_ODD"
    assert bad(people.names, "张" * 61) == "NAME_TOO_LONG"


def test_shares() -> None:
    assert people.shares("1/2") == people.shares(0.5) == people.shares("５０％") == [Fraction(1, 2)]
    assert people.shares("1/3、2/3") == [Fraction(1, 3), Fraction(2, 3)]
    assert people.shares(None) == []
    assert {bad(people.shares, cell) for cell in ("3/2", "0/2", "1/0", "half", 1.5)} == {"SHARE_INVALID"}
    assert bad(people.shares, datetime.date(2026, 1, 2)) == "CELL_DATE"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("88.83㎡", 8883),
        (120.35, 12035),
        (120.35000000000001, 12035),
        ("1,234.5", 123450),
        (7, 700),
        ("0.01", 1),
        ("88.830", 8883),
        ("", None),
    ],
)
def test_areas(cell: object, expected: int | None) -> None:
    assert cells.area_c(cell) == expected


@pytest.mark.parametrize(
    "cell", [0, -89, 89.375, "NaN", float("inf"), "1e2", "1E+1000000", "1_000", "٣x", "壹佰", 10**12, "100000.01"]
)
def test_areas_that_are_none(cell: object) -> None:
    assert bad(cells.area_c, cell) == "AREA_INVALID"


def test_floors_and_uses() -> None:
    assert cells.floor(12.0) == cells.floor("12层") == ("12", 12)
    assert cells.floor("B2") == ("B2", -2)
    assert cells.floor("夹层") == ("夹层", None)
    assert bad(cells.floor, "很" * 17) == "FLOOR_TOO_LONG"
    assert [cells.usage(word) for word in ("地下车位", "底商", "写字楼", "高层住宅", "储藏室", "三室", None)] == [
        "PARKING",
        "SHOP",
        "OFFICE",
        "HOME",
        "STORAGE",
        None,
        None,
    ]


@given(CELLS)
def test_any_cell_is_read_or_refused(cell: object) -> None:
    for step in (people.numbers, people.names, people.shares, cells.area_c, cells.floor, cells.usage):
        try:
            found = step(cell)  # type: ignore[operator]
        except Bad:
            continue
        if step is people.numbers:
            assert all(phones.parse(number).number == number for number in found)
        if step is people.names:
            assert all(name.strip() and "\x00" not in name for name, _share in found)


@given(st.integers(1, cells.MAX_AREA_C))
def test_an_area_is_exact(hundredths: int) -> None:
    assert cells.area_c(hundredths / 100) == hundredths
    assert cells.area_c(f"{hundredths // 100}.{hundredths % 100:02d}") == hundredths
