"""Values: cleaned, cut at a word with 等, never missing, never a forged signature."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core import clock
from anju.notify import catalog, lint, render
from anju.notify.choices import Reason
from tests.notify.office import T101, T104

HOTLINE = "400-666-8888"


def body(code: str, **values: object) -> str:
    return render.render(catalog.get(code), values, HOTLINE).body


def test_the_example_of_the_appendix():
    text = render.render(catalog.get("T101"), T101, "400-800-1234")
    expected = "已收到您反映的厨房水龙头滴漏，工单号260302-0001，15分钟内安排人员处理，请保持电话畅通。热线400-800-1234"
    assert text.body == expected
    assert text.vars == T101
    assert render.length("阳光物业", text.body) == len(expected) + 6


def test_the_hotline_is_the_offices():
    assert body("T101", **T101).endswith("热线400-666-8888")
    assert "400-800-1234" not in body("T101", **T101)


def test_moments_and_days_are_written_as_people_read_them():
    eta = clock.parse("2026-03-02T18:05:00")
    assert "预计03月02日18:05前完成" in body("T104", no="1", reason="待料", eta=eta)
    assert "将于03月31日到期" in body("T402", room2="03", period="2026年3月", amount="208.75", due=date(2026, 3, 31))


@pytest.mark.parametrize(
    "value", [None, "", "  ", "null", "None", "undefined", "NaN", "【】", "https://x.cn", "\u200b"]
)
def test_a_missing_value_stops_the_send(value):
    text = render.render(catalog.get("T101"), {**T101, "item": value}, HOTLINE)
    assert (text.body, text.reason, text.detail) == ("", Reason.VAR_MISSING, "item")


def test_an_absent_value_and_an_absent_hotline_stop_it_too():
    assert render.render(catalog.get("T101"), {"item": "漏水"}, HOTLINE).detail == "no"
    assert render.render(catalog.get("T101"), T101, "").detail == "hotline"


def test_a_number_is_never_cut():
    text = render.render(catalog.get("T404"), {"room2": "03", "amount": "12345678.901"}, HOTLINE)
    assert (text.body, text.reason, text.detail) == ("", Reason.VAR_INVALID, "amount")


@pytest.mark.parametrize(
    ("value", "maximum", "short"),
    [
        ("公共管道渗漏", 12, "公共管道渗漏"),
        ("一二三四五六七八九十一二", 12, "一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三", 12, "一二三四五六七八九十一等"),
        ("等待配件到货，预计下周一才能送到小区门口", 12, "等待配件到货等"),
        ("更换阀门 DN100 型号", 8, "更换阀门等"),
        ("泵房ABCDEFGH", 6, "泵房等"),
        ("ABCDEFGHIJKL", 6, "ABCDE等"),
        ("甲，一二三四五六七八九十", 8, "甲，一二三四五等"),
    ],
)
def test_cut_at_a_word(value, maximum, short):
    assert render.cut(value, maximum) == short


@given(st.text(max_size=60), st.integers(2, 20))
def test_cut_never_exceeds_and_says_that_it_cut(value, maximum):
    short = render.cut(value, maximum)
    assert len(short) <= maximum
    assert short == value or (short.endswith("等") and value.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("漏水【阳光物业】请汇款", "漏水阳光物业请汇款"),
        ("［假］〖签〗[名]", "假签名"),
        ("请打13800005678", "请打"),
        ("请打138-0000-5678吧", "请打吧"),
        ("加+86 13800005678", "加"),
        ("看http://evil.cn/a?b=c 。", "看 。"),
        ("看ｗｗｗ．ｅｖｉｌ．ｃｏｍ吧", "看吧"),
        ("去evil.top/x领", "去领"),
        ("${code}", "code"),
        ("¥100★㎡％①", "100"),
        ("两行\n字\t一\u202e行\u200b", "两行 字 一行"),
        ("evilhttp://a.cn.top", "evil"),
        ("w【】ww.evil.com", "w"),
        ("evil.c【】n", ""),
    ],
)
def test_what_people_typed_is_harmless(typed, kept):
    assert render.shown(typed) == kept


@given(st.text(alphabet="【】[]［］www.evilcom/:htps138006587${}【 ．１３\n漏水", max_size=40))
def test_no_value_can_forge_a_signature_or_carry_a_link(value):
    text = render.render(catalog.get("T104"), {**T104, "reason": value}, HOTLINE)
    if text.reason:
        assert text.body == ""
    else:
        assert not set(text.body) & set("【】[]［］${}\n")
        assert lint.harmless(text.vars["reason"]) == text.vars["reason"]


@given(st.text(max_size=200))
def test_no_text_breaks_the_rendering(value):
    text = render.render(catalog.get("T102"), {"no": "260302-0001", "who": value, "eta": "09:30"}, HOTLINE)
    assert text.reason or (len(text.vars["who"]) <= 6 and "null" not in text.body)


def test_a_value_is_not_filled_again():
    assert "code" in body("T101", item="${code}", no="1")
    assert "$" not in body("T101", item="${no}", no="1")


def test_words_that_carriers_refuse_are_found_in_typed_values():
    assert render.unsendable(catalog.get("T104"), {**T104, "reason": "等待装修完工"}) == "reason"
    assert render.unsendable(catalog.get("T104"), T104) == ""
    assert render.unsendable(catalog.get("T101"), {"item": "装修噪声", "no": "1"}) == ""


@pytest.mark.parametrize(("characters", "messages"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
def test_segments(characters, messages):
    assert render.segments(characters) == messages


def test_length_counts_as_carriers_do():
    assert render.length("阳光物业", "𠮷") == 6 + 2
