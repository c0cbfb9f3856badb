"""Charts: whatever the numbers are, what is drawn is well-formed, inside its box, and says the same as its table."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from anju.core.clock import SHANGHAI
from anju.ui import charts
from anju.ui.charts import Column, Mark, Part, Pile

NINE = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
WORDS = st.text(st.characters(min_codepoint=0x20, exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=8)
VALUES = st.one_of(st.integers(0, 10**6), st.floats(0, 10**6, allow_nan=False))
LIGHTS = ("red", "yellow", "green", "grey")


def drawn(html: str) -> ElementTree.Element:
    """The chart as a tree; it holds nothing that the content policy refuses."""
    assert "style=" not in html
    assert "<script" not in html
    return ElementTree.fromstring(f"<div>{html}</div>")


def share(element: ElementTree.Element, name: str) -> float:
    text = element.get(name, "")
    assert text.endswith("%")
    return float(text[:-1])


def inside(tree: ElementTree.Element) -> None:
    """Nothing is drawn outside its box."""
    for rect in tree.iter("rect"):
        x, y, width, height = (share(rect, name) for name in ("x", "y", "width", "height"))
        assert min(x, y, width, height) >= 0
        assert x + width <= 100.02
        assert y + height <= 100.02


def cells(tree: ElementTree.Element) -> list[list[str]]:
    """The table, row by row."""
    return [["".join(cell.itertext()) for cell in row if not cell.findall("svg")] for row in tree.iter("tr")]


@given(WORDS, st.lists(st.tuples(WORDS, VALUES), max_size=8))
def test_bars_are_as_long_as_they_are_large(caption, pairs):
    tree = drawn(charts.bars(caption, [Part(*pair) for pair in pairs]))
    inside(tree)
    assert cells(tree) == [[label, charts.number(value)] for label, value in pairs]
    lengths = [share(rect, "width") for rect in tree.iter("rect")]
    ranked = sorted(range(len(pairs)), key=lambda one: pairs[one][1])
    assert [lengths[one] for one in ranked] == sorted(lengths)


@given(WORDS, st.lists(st.tuples(WORDS, st.lists(VALUES, min_size=4, max_size=4)), max_size=6))
def test_a_stack_is_as_long_as_its_whole(caption, rows):
    piles = [Pile(label, [Part(*pair) for pair in zip(LIGHTS, values, LIGHTS, strict=True)]) for label, values in rows]
    tree = drawn(charts.stack(caption, piles))
    inside(tree)
    shown = [
        [pile.label, *(charts.number(part.value) for part in pile.parts), charts.number(pile.total)] for pile in piles
    ]
    assert cells(tree)[1:] == shown
    for svg, pile in zip(tree.iter("svg"), piles, strict=True):
        kinds = [rect.get("class") for rect in svg]
        assert kinds == [one for one in LIGHTS if one in kinds]
        begins = [share(rect, "x") for rect in svg]
        assert begins == sorted(begins)
        assert bool(kinds) == any(
            100 * part.value / max(p.total for p in piles) > 0 for part in pile.parts if pile.total
        )


COLUMNS = st.lists(st.builds(Column, WORDS, VALUES, st.none() | VALUES, st.booleans()), max_size=31)


@given(WORDS, COLUMNS, st.integers(1, 4))
def test_columns_stand_on_the_line_and_grow_with_their_values(caption, shown, every):
    tree = drawn(charts.columns(caption, shown, every=every, usual="usual"))
    inside(tree)
    rows = [[one.label, charts.number(one.value), charts.number(one.usual or 0)] for one in shown]
    assert cells(tree)[1:] == rows
    bars = [rect for rect in tree.iter("rect") if rect.get("class") != "usual"]
    assert [rect.get("class") for rect in bars] == ["now" if one.now else "bar" for one in shown]
    assert all(abs(share(rect, "y") + share(rect, "height") - 100) < 0.02 for rect in bars)
    heights = [share(rect, "height") for rect in bars]
    assert sorted(heights) == [heights[one] for one in sorted(range(len(shown)), key=lambda one: shown[one].value)]
    labels = [text for text in tree.iter("text") if text.get("class", "").startswith("t")]
    assert [text.text or "" for text in labels if text.get("class") == "t"] == [one.label for one in shown[::every]]


@given(WORDS, st.lists(st.tuples(WORDS, st.none() | VALUES), max_size=13), st.none() | VALUES)
def test_a_spark_goes_from_left_to_right_within_its_box(caption, values, goal):
    tree = drawn(charts.spark(caption, values, goal=goal))
    line = tree.find(".//polyline")
    known = [value for _label, value in values if value is not None]
    assert (line is None) == (not known)
    if line is not None:
        points = [tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()]
        assert len(points) == len(known)
        assert [x for x, _y in points] == sorted(x for x, _y in points)
        assert all(0 <= x <= charts.WIDE and 0 <= y <= charts.HIGH for x, y in points)
    assert cells(tree)[1:] == [[label, "–" if value is None else charts.number(value)] for label, value in values]


@given(WORDS, st.lists(st.tuples(st.integers(-60, 300), WORDS, st.sampled_from(LIGHTS)), max_size=20))
def test_moments_stand_where_their_time_is(caption, moments):
    marks = [Mark(NINE + timedelta(minutes=at), label, light) for at, label, light in moments]
    end = NINE + timedelta(hours=4)
    tree = drawn(charts.clockline(caption, NINE, end, marks, [(NINE, "9:00"), (end, "13:00")]))
    shapes = tree.findall("figure/svg/svg")
    inside_line = sorted(at for at, _label, _light in moments if 0 <= at <= 240)
    assert [round(share(shape, "x") * 2.4) for shape in shapes] == inside_line
    assert len(cells(tree)) == 1 + len(marks)


@pytest.mark.parametrize(("value", "text"), [(17, "17"), (16.5, "16.5"), (0.04, "0"), (-3, "−3"), (12345, "12,345")])
def test_numbers_are_short(value, text):
    assert charts.number(value) == text


def test_words_are_text_and_templates_draw():
    html = Template("{% load charts %}{% bars caption parts %}").render(
        Context({"caption": "<b>", "parts": [Part("<i>工程</i>", 3, "red")]})
    )
    assert "<b>" not in html
    assert "&lt;i&gt;工程&lt;/i&gt;" in html
    assert 'class="red"' in html
    assert 'width="100%"' in html
