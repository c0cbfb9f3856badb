"""Surnames and salutations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.vault import names


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("张伟", "张"),
        ("欧阳明", "欧阳"),
        ("司馬光", "司馬"),
        ("诸葛", "诸葛"),
        ("阿卜杜·拉", "阿卜杜"),
        ("John Smith", "Smith"),
        ("𠮷田", "𠮷"),
        (" 张伟 ", "张"),
        ("", ""),
    ],
)
def test_surname(name, surname):
    assert names.surname(name) == surname


@pytest.mark.parametrize(
    ("name", "salutation"),
    [
        ("张伟", "张先生/女士"),
        ("欧阳明", "欧阳先生/女士"),
        ("王女士", "王女士"),
        ("高工", "高工"),
        ("欧阳先生", "欧阳先生"),
        ("阳光物业服务有限公司", "贵单位"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_salutation(name, salutation):
    assert names.salutation(name) == salutation


def test_a_known_title_is_used():
    assert names.salutation("张伟", "先生") == "张先生"


@pytest.mark.parametrize(
    ("name", "title", "short"),
    [
        ("陈师傅", "师傅", "陈师傅"),
        ("蔡姐", "师傅", "蔡姐"),
        ("陈刚", "师傅", "陈师傅"),
        ("欧阳锋", "经理", "欧阳经理"),
        ("李敏", "客服专员主管", "李客服专员主"),
    ],
)
def test_short_title(name, title, short):
    assert names.short_title(name, title) == short


@pytest.mark.parametrize("name", ["张伟", "王小店", "司徒雷登", "阿卜杜·拉", "John"])
def test_persons(name):
    assert not names.is_company(name)


@pytest.mark.parametrize("name", ["阳光物业服务有限公司", "幸福路幼儿园", "杭州XX股份（西湖）", "中国工商银行"])
def test_companies(name):
    assert names.is_company(name)


@given(st.text(max_size=12))
def test_a_title_fits_a_message(name):
    assert len(names.short_title(name)) <= 6
