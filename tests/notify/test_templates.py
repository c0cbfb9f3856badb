"""Appendix B: every template is there, and every SMS is one that carriers take."""

import re

import pytest

from anju.notify import catalog, lint, render
from anju.notify.catalog import Template

SAMPLES = {
    "item": "公共管道渗漏", "no": "260302-0007", "who": "陈师傅", "eta": "03月02日09:30", "t": "03月02日09:30",
    "next": "03月02日09:40", "due": "03月31日", "place": "3栋1单元12层", "room2": "03", "period": "2026年3月",
    "amount": "208.75", "m": "100.00", "l": "108.75", "reason": "等待配件到货", "progress": "等待配件到货",
    "result": "核减", "topic": "电梯更新", "org": "市供电公司", "dept": "工程部", "shift": "早班", "post": "电工",
    "level": "黄色", "asset": "3栋1号梯", "cert": "电工证", "prio": "P0", "n": "3", "r": "1", "o": "2",
    "c": "12", "p": "3",
    "code": "123456", "question": "现在能看到烟或火吗？", "receipt": "V0001", "key": "k7m2-qx9p-4wtz-8hcd",
}  # fmt: skip
SMS = [template for template in catalog.templates().values() if "S" in template.channels]


def test_all_templates_are_there():
    codes = list(catalog.templates())
    assert len(codes) == 94 + 9 + 5  # T122, T123, T215, T216, T230 to T234 and T906 to T910 are ours
    assert codes[0] == "T101"
    assert codes[-1] == "T922"
    assert catalog.get("T101").channels == ("S", "W")
    with pytest.raises(KeyError):
        catalog.get("T999")


def test_every_emergency_template_goes_by_sms_and_wechat():
    assert {catalog.get(code).channels for code in catalog.EMERGENCY} == {("S", "W")}


def test_every_variable_is_known():
    assert {name for template in catalog.templates().values() for name in template.names} == set(SAMPLES)
    assert set(render.MAXIMA) == set(SAMPLES)


@pytest.mark.parametrize("template", SMS, ids=lambda template: template.code)
def test_carriers_take_every_sms(template):
    assert lint.problems(template) == []


@pytest.mark.parametrize("template", SMS, ids=lambda template: template.code)
def test_every_sms_is_one_message(template):
    body = render.render(template, SAMPLES, "400-800-1234").body
    assert render.segments(render.length("阳光物业", body)) == 1, body


@pytest.mark.parametrize("template", catalog.templates().values(), ids=lambda template: template.code)
def test_every_template_fills(template):
    text = render.render(template, SAMPLES, "400-666-8888")
    assert text.reason is None
    assert not re.search(r"[${}]|400-800-1234|null|None", text.body)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "LENGTH"),
        ("好" * 501, "LENGTH"),
        ("【别家物业】您好${no}", "SIGN"),
        ("价格[优惠]${no}", "SIGN"),
        ("请付¥100", "SIGN"),
        ("★请注意", "SIGN"),
        ("①请注意", "SIGN"),
        ("面积88㎡", "SIGN"),
        ("打5%折", "SIGN"),
        ("工单${no}，单号${no}", "VARIABLE_TWICE"),
        ("工单${no}${who}", "VARIABLES_ADJACENT"),
        ("${no}", "VARIABLES_ONLY"),
        ("工单${单号}$", "PLACEHOLDER"),
        ("请致电13800005678", "MOBILE"),
        ("请看https://anju.cn/x", "LINK"),
        ("请看t.cn/Ab12", "LINK"),
        ("请致电400-800-1234或95598或0571-88886666", "PHONES"),
        ("请致电95598", "HOTLINE"),
        ("催缴通知${no}", "WORD"),
    ],
)
def test_the_lint_finds(body, problem):
    assert problem in lint.problems(Template("T000", ("S",), "x", "x", body))
