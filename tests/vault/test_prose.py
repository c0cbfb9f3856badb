"""Free text: what is masked, what is left alone, and how long it takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.vault.masks import mask_text
from tests.speed import cpu, within

SECONDS_FOR_100K = 3  # a quadratic pattern needs minutes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我电话13800005678", "我电话138****5678"),
        ("138 0000 5678或138-0000-5678", "138****5678或138****5678"),
        ("打１３８００００５６７８。", "打138****5678。"),
        ("+86 13800005678/0086-13900001234", "138****5678/139****1234"),
        ("1 3 8 0 0 0 0 5 6 7 8", "138****5678"),
        ("٠١٣٨٠٠٠٠٥٦٧٨", "138****5678"),
        ("一三八零零零零五六七八", "一三八****五六七八"),
        ("座机021-62341234", "座机021-****1234"),
        ("(0571)8888 8888转12", "0571-****8888转12"),
        ("香港+852 9123 4567", "香港+85****4567"),
        ("1203 13800005678 13900001234", "1203 138****5678 139****1234"),
    ],
)
def test_phones(text, shown):
    assert mask_text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证110101199003071234", "身份证1****************4"),
        ("110101 19900307 123x", "1****************X"),
        ("老证110101900307123。", "老证1*************3。"),
        ("车牌京A12345，粤BD12345", "车牌京A***45，粤BD***45"),
        ("浙a·8z9k1挡路", "浙A***K1挡路"),
        ("邮箱Zhang.Wei@qq.com", "邮箱Z***@qq.com"),
    ],
)
def test_papers_plates_and_addresses(text, shown):
    assert mask_text(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("住3-1-1203，", "住**03，"),
        ("３－１－１２０３漏水", "**03漏水"),
        ("5-2-3A01", "**01"),
        ("3栋1单元1203室", "**03室"),
        ("3号楼1203", "**03"),
        ("3幢 1单元，12楼1203", "**03"),
        ("三栋一单元一二零三", "**零三"),
        ("A座1802漏水", "**02漏水"),
        ("1单元1203", "**03"),
        ("在1203室", "在**03室"),
        ("10-1203的水管", "**03的水管"),
        ("2-3-1-1203", "**03"),
        ("别墅区3-1-12", "别墅区**12"),
    ],
)
def test_rooms(text, shown):
    assert mask_text(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "厨房水管漏水了",
        "2026-03-02 10:30停水，26-03-02恢复",
        "3栋10:30停水，3栋12层走廊，3栋2号电梯，3栋 12号电梯",
        "12楼漏水，3单元门坏了",
        "维修费300-1200元，面积88.83㎡",
        "电话110，客服95588",
        "订单号202603020000123456",
        "110101199013071234不是身份证",
        "房价1203房价",
        "工单YG-0302-0001",
        "沪A栋，新AB",
        "一二三四五六七",
    ],
)
def test_what_is_nobodys_stays(text):
    assert mask_text(text) == text


WORDS = st.text(st.sampled_from("我家厨房水管漏了请快来，。！"), max_size=10)


@given(WORDS, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-"]), WORDS)
def test_a_phone_never_stays(before, phone, gap, after):
    spelled = phone if not gap else gap.join((phone[:3], phone[3:7], phone[7:]))
    shown = mask_text(before + spelled + after)
    assert shown == f"{before}{phone[:3]}****{phone[7:]}{after}"


@given(WORDS, st.integers(1, 99), st.integers(1, 9), st.integers(101, 3999), WORDS)
def test_a_room_code_never_stays(before, building, unit, number, after):
    for code in (f"{building}-{unit}-{number}", f"{building}栋{unit}单元{number}"):
        assert mask_text(before + code + after) == f"{before}**{number % 100:02d}{after}"


@given(st.text())
def test_masking_twice_changes_nothing(text):
    once = mask_text(text)
    assert mask_text(once) == once


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "0",
        "1-",
        "1 ",
        "+1",
        "a@",
        "a.",
        "一",
        "一三",
        "三栋一单元",
        "1栋1单元1层",
        "京A1",
        "13 ",
        "110101 ",
        "86",
        "(0",
    ],
)
def test_hostile_text_takes_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    assert within(SECONDS_FOR_100K, lambda: cpu(lambda: mask_text(text)))
