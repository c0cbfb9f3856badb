"""The masked forms of 16.1, and that no masked form holds the full value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.vault import masks

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
DIGITS = st.characters(min_codepoint=0x30, max_codepoint=0x39)
LETTERS = st.characters(min_codepoint=0x41, max_codepoint=0x5A)
ANYTHING = st.text(st.characters(exclude_characters="*"), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("张伟", "张*"),
        ("王秀英", "王*"),
        ("欧阳明", "欧阳**"),
        ("司馬光", "司馬**"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("阳光物业服务有限公司", "阳光***"),
        ("阿卜杜·拉", "阿*"),
        ("John Smith", "J*"),
        (" 张伟 ", "张*"),
        ("", ""),
    ],
)
def test_name(value, masked):
    assert masks.name(value) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("13800005678", "138****5678"),
        ("+86 138-0000-5678", "138****5678"),
        ("１３８００００５６７８", "138****5678"),
        ("02152341234", "021-****1234"),
        ("021-12341234", "021-****1234"),
        ("0571 8888 8888", "0571-****8888"),
        ("4008001234", "400****1234"),
        ("95588", "****88"),
        ("110", "****"),
        ("+852 9123 4567", "+85****4567"),
        ("", ""),
    ],
)
def test_phone(value, masked):
    assert masks.phone(value) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("1203", "**03"),
        ("12", "*2"),
        ("S-07", "**07"),
        ("3A01", "**01"),
        ("88号", "*8"),
        ("8号", "*8"),
        ("12 03室", "**03"),
        ("3-1-1203", "**03"),
        ("号", "**"),
        ("", ""),
    ],
)
def test_room(value, masked):
    assert masks.room(value) == masked


def test_id_number():
    assert masks.id_no("110101199003071234") == "1****************4"
    assert masks.id_no("11010119900307123X") == "1****************X"
    assert masks.id_no("E12345678") == "E*******8"
    assert masks.id_no("1234567") == "*******"
    assert masks.id_no_revealed("110101199003071234") == "110101********1234"
    assert masks.id_no_revealed("E12345678") == "E*******8"


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("京A12312", "京A***12"),
        ("京AD12312", "京AD***12"),
        ("京A12345D", "京A***5D"),
        ("粤b·12345", "粤B***45"),
        ("京A12", "***"),
        ("", ""),
    ],
)
def test_plate(value, masked):
    assert masks.plate(value) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [("zhang@qq.com", "z***@qq.com"), ("z@x.cn", "z***@x.cn"), ("zhang", "***"), ("@x.cn", "***"), ("", "")],
)
def test_email(value, masked):
    assert masks.email(value) == masked


@given(ANYTHING)
def test_no_name_is_shown_in_full(value):
    assert value.strip() == "" or value.strip() not in masks.name(value)


@given(st.text(DIGITS, min_size=1, max_size=18) | ANYTHING)
def test_no_phone_is_shown_in_full(value):
    assert value.strip() == "" or value.strip() not in masks.phone(value)


@given(st.text(DIGITS | LETTERS, min_size=2, max_size=6))
def test_no_room_is_shown_in_full(value):
    assert value not in masks.room(value)


@given(st.text(DIGITS | LETTERS, min_size=1, max_size=20))
def test_no_id_number_is_shown_in_full(value):
    assert value not in masks.id_no(value)
    assert value not in masks.id_no_revealed(value)


@given(CHINESE, st.text(DIGITS | LETTERS, max_size=8))
def test_no_plate_is_shown_in_full(province, rest):
    assert province + rest not in masks.plate(province + rest)


@given(st.emails())
def test_no_email_is_shown_in_full(value):
    assert value not in masks.email(value)
