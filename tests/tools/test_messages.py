"""The catalogue: every marked string is found, and nothing incomplete passes."""

import gettext
from pathlib import Path

import pytest

from tools import messages
from tools.messages import Message

PYTHON = """
a = _("待受理")
b = ngettext_lazy("%(n)d 单", "%(n)d 单们", n)
c = pgettext("部门", "工程")
d = _(variable)
"""
TEMPLATE = """
{% trans "你好" %} {{ _("it's") }} {% include "x" with title=_("标题(一)") %} {% translate "甲" context "乙" %}
{% blocktranslate trimmed count n=total with who=name %}
  {{ who }} 有 {{ n }} 单
{% plural %}
  {{ who }} 有 {{ n }} 单们
{% endblocktranslate %}
{# _("注释") #} <p>("不是")</p>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "a.py").write_text(PYTHON, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogue(package: Path) -> Path:
    file = package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    messages.update(file, package)
    return file


def test_every_marked_string_is_found(package):
    assert set(messages.found(package)) == {
        Message("待受理"),
        Message("%(n)d 单", plural="%(n)d 单们"),
        Message("工程", context="部门"),
        Message("你好"),
        Message("it's"),
        Message("标题(一)"),
        Message("甲", context="乙"),
        Message("%(who)s 有 %(n)s 单", plural="%(who)s 有 %(n)s 单们"),
    }


def test_an_f_string_is_refused(package):
    (package / "b.py").write_text('_(f"{n} 单")', encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.py:1: an f-string"):
        messages.found(package)


def test_what_has_no_english_is_named(package, catalogue):
    assert "no English yet: '待受理'" in messages.problems(catalogue, package)


def test_an_update_keeps_what_is_translated_and_drops_what_is_unused(package, catalogue):
    text = catalogue.read_text(encoding="utf-8").replace('msgid "待受理"\nmsgstr ""', 'msgid "待受理"\nmsgstr "New"')
    catalogue.write_text(text, encoding="utf-8")
    (package / "templates" / "a.html").unlink()
    assert messages.update(catalogue, package) == 2
    assert messages.update(catalogue, package) == 2
    assert 'msgstr "New"' in catalogue.read_text(encoding="utf-8")
    assert "你好" not in catalogue.read_text(encoding="utf-8")


def test_placeholders_must_be_the_same(package, catalogue):
    (package / "templates" / "a.html").unlink()
    (package / "a.py").write_text('_("%(n)s 单")', encoding="utf-8")
    messages.update(catalogue, package)
    catalogue.write_text(
        catalogue.read_text(encoding="utf-8").replace('单"\nmsgstr ""', '单"\nmsgstr "%(m)s tickets"'), "utf-8"
    )
    assert messages.problems(catalogue, package) == ["placeholders differ: '%(n)s 单' -> ['%(m)s tickets']"]


def test_the_compiled_catalogue_is_what_gettext_reads(package, catalogue):
    text = catalogue.read_text(encoding="utf-8").replace('msgid "待受理"\nmsgstr ""', 'msgid "待受理"\nmsgstr "New"')
    catalogue.write_text(text, encoding="utf-8")
    messages.compile_all(package)
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("待受理") == "New"
