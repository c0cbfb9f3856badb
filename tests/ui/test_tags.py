"""Tags and filters write exactly what the styles and scripts read."""

from datetime import datetime, timedelta
from enum import StrEnum
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from anju.core.clock import SHANGHAI
from anju.ui.templatetags import anju as tags

NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
RED = '<svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.6"/></svg>'


class Light(StrEnum):
    """As tickets spell it."""

    YELLOW = "YELLOW"


def render(source, **context):
    return Template(source).render(Context(context))


def minutes(count):
    return NINE + timedelta(minutes=count)


def test_an_icon_is_hidden_unless_it_is_named():
    assert render('{% icon "circle-check" %}') == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">'
        '<path d="M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0"/><path d="M9 12l2 2l4 -4"/></svg>'
    )
    named = render("{% icon 'search' label=label %}", label='找"')
    assert named.startswith('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="找&quot;">')


def test_an_unknown_icon_is_no_error_on_a_page():
    assert render('{% icon "no-such-thing" %}') == render('{% icon "circle-dashed" %}')


def test_a_lamp_is_shape_word_and_reason():
    assert render('{% lamp "red" %}') == f'<span class="lamp" data-light="red">{RED}红</span>'
    assert render('{% lamp "red" "未处理超2小时" %}').endswith(f"{RED}红　未处理超2小时</span>")
    assert render('{% lamp "red" word="红灯" %}').endswith(f"{RED}红灯</span>")
    assert render("{% lamp light why %}", light=Light.YELLOW, why="<b>").endswith("黄　&lt;b&gt;</span>")


@pytest.mark.parametrize(
    ("light", "chinese", "english"),
    [
        ("red", "红", "Red"),
        ("yellow", "黄", "Amber"),
        ("GREEN", "绿", "Green"),
        ("grey", "灰", "Held"),
        (None, "灰", "Held"),
    ],
)
def test_words_of_lamps(light, chinese, english):
    assert tags.light_word(light) == chinese
    with translation.override("en"):
        assert tags.light_word(light) == english


def test_a_countdown_is_written_by_the_server():
    assert render("{% due at 'yellow' %}", at=minutes(12)) == (
        '<span class="due" data-light="yellow" data-due="2026-03-02T09:12:00+08:00">剩 12:00</span>'
    )
    assert render("{% due at light bare=True %}", at=minutes(-2), light="red") == (
        '<span class="due" data-light="red" data-due="2026-03-02T08:58:00+08:00" data-bare>超 02:00</span>'
    )
    assert ">12:00<" in render("{% due at bare=True %}", at=minutes(12))
    assert render("{% due at %}", at=None) == ""


def test_counting_up():
    assert render("{% since at %}", at=minutes(-71)) == (
        '<span class="num" data-since="2026-03-02T07:49:00+08:00">1时11分</span>'
    )


@pytest.mark.parametrize(
    ("due", "met", "light", "expected"),
    [
        (
            minutes(5),
            None,
            "yellow",
            ("clock", "yellow", 67, '<span data-due="2026-03-02T09:05:00+08:00">剩 05:00</span>'),
        ),
        (minutes(-4), None, "red", ("clock", "red", 100, '<span data-due="2026-03-02T08:56:00+08:00">超 04:00</span>')),
        (minutes(5), minutes(-2), "green", ("clock clock-met", "grey", 53, "8分 ✓")),
        (minutes(-6), minutes(-1), "red", ("clock clock-met", "grey", 100, "晚5分")),
        (None, None, "green", ("clock", "grey", 0, "挂起")),
    ],
)
def test_a_clock_on_a_line(due, met, light, expected):
    css, shown, width, state = expected
    assert tags.clockbar("响应", minutes(-10), due, light, met) == (
        f'<div class="{css}" data-light="{shown}"><span>响应</span><svg class="bar-line" aria-hidden="true">'
        f'<rect width="{width}%" height="100%" rx="3"/></svg><span class="clock-state">{state}</span></div>'
    )


def test_a_clock_on_working_time_brings_its_own_share():
    assert 'width="25%"' in tags.clockbar("处理", minutes(-10), minutes(5), share=0.25)
    assert 'width="100%"' in tags.clockbar("处理", NINE, NINE)


def test_forms_post_with_and_without_scripts():
    assert render('<form {% posts "report" %}>') == (
        '<form id="report" method="post" hx-post="" hx-target="this" hx-select="#report" hx-swap="outerMorph">'
    )
    with_files = render('<form {% posts "a" url files=True %}>', url="/x/?b=1&c")
    assert 'action="/x/?b=1&amp;c" hx-post="/x/?b=1&amp;c"' in with_files
    assert with_files.endswith('enctype="multipart/form-data">')


def test_every_form_has_its_own_key():
    first, second = render("{% once %}"), render("{% once %}")
    assert first.startswith('<input type="hidden" name="once" value="')
    assert first != second


def test_the_tab_that_is_shown():
    assert render('<a {% current "mine" view %}>', view="mine") == '<a aria-current="true">'
    assert render('<a {% current "mine" view %}>', view="all") == "<a >"


def test_the_watermark_names_reader_and_minute():
    assert ">李敏 03-02 09:00</text>" in render("{% stamp %}", scope=SimpleNamespace(name="李敏"))
    assert ">03-02 09:00</text>" in render("{% stamp %}")


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ x|hm }}", NINE, "09:00"),
        ("{{ x|hm }}", None, ""),
        ("{{ x|day }}", NINE, "3月2日 星期一"),
        ("{{ x|day }}", None, ""),
        ("{{ x|iso }}", NINE, "2026-03-02T09:00:00+08:00"),
        ("{{ x|iso }}", None, ""),
        ("{{ x|took }}", timedelta(minutes=80), "1时20分"),
        ("{{ x|took }}", None, ""),
        ("{{ x|yuan }}", 12345678, "123,456.78"),
        ("{{ x|yuan }}", -5, "−0.05"),
        ("{{ x|yuan }}", 0, "0.00"),
        ("{{ x|yuan }}", None, ""),
    ],
)
def test_filters(source, value, shown):
    assert render(source, x=value) == shown
