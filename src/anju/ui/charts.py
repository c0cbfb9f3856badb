"""Charts as SVG written by the server, each with its numbers as a table (screens, 2.3). Pure: no request, no clock.

Places and lengths are percentages in SVG attributes, which the content policy allows where it refuses `style=`; so a chart
is as wide as its box, its letters keep the size of the page, and it prints. Colours follow from classes: red, yellow,
green and grey are lights, `now` is what is under way; everything else is ink.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju.ui.lights import SHAPES, light_name, light_word

WIDE, HIGH = 144.0, 26.0
"""The box of a spark line, in its own units."""
MARGIN = 3.0
LANES = 3
LANE_HIGH = 26
CLOSE = 3.0
"""Marks nearer to each other than so many percent stand in different lanes."""


class Part(NamedTuple):
    """One bar, or a part of a stack: its words, its value (not negative), and the class that colours it."""

    label: str
    value: float
    kind: str = ""


class Column(NamedTuple):
    """One upright bar. `usual` is what one expects there, drawn as a dashed outline; `now` what is still counting."""

    label: str
    value: float
    usual: float | None = None
    now: bool = False


class Pile(NamedTuple):
    """A row of a stack: its words and its parts."""

    label: str
    parts: Sequence[Part]

    @property
    def total(self) -> float:
        return sum(part.value for part in self.parts)


class Mark(NamedTuple):
    """A moment on a line of time with its light."""

    at: datetime
    label: str
    light: str


def number(value: float) -> str:
    """As short as it can be said, at most one decimal, with a real minus: `17`, `16.5`, `−3`."""
    text = f"{abs(value):,.1f}".removesuffix(".0")
    return f"−{text}" if value < 0 and text != "0" else text


def _percent(value: float, whole: float) -> float:
    """A share of the whole between 0 and 100; nothing of nothing is nothing."""
    return min(100.0, max(0.0, 100.0 * value / whole)) if whole > 0 else 0.0


def _attr(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _rect(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}%" width="{}%" height="{}%"/>', kind, *map(_attr, (x, y, width, height))
    )


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def bars(caption: str, parts: Sequence[Part]) -> SafeString:
    """Horizontal bars, as long as their share of the longest; the table is the chart."""
    most = max((part.value for part in parts), default=0)
    rows = (
        (
            part.label,
            _rect(part.kind or "bar", 0, 0, _percent(part.value, most), 100),
            number(part.value),
        )
        for part in parts
    )
    return format_html(
        '<table class="chart bars"><caption>{}</caption><tbody>{}</tbody></table>',
        caption,
        format_html_join(
            "",
            '<tr><th scope="row">{}</th><td class="chart-line"><svg aria-hidden="true">{}</svg></td>'
            '<td class="n">{}</td></tr>',
            rows,
        ),
    )


def stack(caption: str, piles: Sequence[Pile]) -> SafeString:
    """Parts of wholes, all on one scale. All piles have the same parts in the same order; the table is the chart."""
    most = max((pile.total for pile in piles), default=0)
    heads = format_html_join("", '<th scope="col" class="n part">{}</th>', ((p.label,) for p in _parts(piles)))
    return format_html(
        '<table class="chart stack-bars"><caption>{}</caption><thead><tr><td></td><td></td>{}<th scope="col" class="n">{}</th>'
        "</tr></thead><tbody>{}</tbody></table>",
        caption,
        heads,
        _("合计"),
        _joined(_pile(pile, most) for pile in piles),
    )


def _parts(piles: Sequence[Pile]) -> Sequence[Part]:
    return piles[0].parts if piles else ()


def _pile(pile: Pile, most: float) -> SafeString:
    drawn, begin = [], 0.0
    for part in pile.parts:
        share = _percent(part.value, most)
        if share:
            drawn.append(_rect(part.kind or "bar", begin, 0, max(0.0, share - 0.6), 100))
        begin += share
    return format_html(
        '<tr><th scope="row">{}</th><td class="chart-line"><svg aria-hidden="true">{}</svg></td>{}<td class="n"><b>{}</b></td></tr>',
        pile.label,
        _joined(drawn),
        format_html_join("", '<td class="n part">{}</td>', ((number(part.value),) for part in pile.parts)),
        number(pile.total),
    )


def columns(caption: str, shown: Sequence[Column], *, every: int = 1, usual: str = "") -> SafeString:
    """Upright bars with their values, and what is usual behind them. `every`: which labels stay on a narrow screen."""
    most = max((value for one in shown for value in (one.value, one.usual or 0)), default=0)
    slot = 100 / max(1, len(shown))
    pieces = [_column(one, place * slot, slot, most, odd=bool(place % every)) for place, one in enumerate(shown)]
    drawn = format_html(
        '<svg role="img" aria-label="{}">{}<line class="axis" x1="0" x2="100%" y1="100%" y2="100%"/></svg>',
        _said(caption, [(one.label, one.value) for one in shown]),
        _joined(pieces),
    )
    heads = [caption, _("数量"), *([usual] if usual else [])]
    rows = [[one.label, number(one.value), *([number(one.usual or 0)] if usual else [])] for one in shown]
    return _figure("columns", drawn, heads, rows)


def _column(one: Column, x: float, slot: float, most: float, *, odd: bool) -> SafeString:
    gap, high = slot * 0.1, _percent(one.value, most)
    pieces = []
    if one.usual is not None:
        usual = _percent(one.usual, most)
        pieces.append(_rect("usual", x + gap, 100 - usual, slot - 2 * gap, usual))
    pieces.append(_rect("now" if one.now else "bar", x + gap, 100 - high, slot - 2 * gap, high))
    middle = _attr(x + slot / 2)
    if one.value:
        text = '<text class="v" x="{}%" y="{}%" dy="-.35em">{}</text>'
        pieces.append(format_html(text, middle, _attr(100 - high), number(one.value)))
    text = '<text class="t{}" x="{}%" y="100%" dy="1.35em">{}</text>'
    pieces.append(format_html(text, " odd" if odd else "", middle, one.label))
    return _joined(pieces)


def spark(caption: str, values: Sequence[tuple[str, float | None]], *, goal: float | None = None) -> SafeString:
    """A small line of what a figure was, the newest at the right; None leaves a hole. `goal` is dashed."""
    known = [(place, label, value) for place, (label, value) in enumerate(values) if value is not None]
    low, high = _bounds([value for _place, _label, value in known], goal)
    step = (WIDE - 2 * MARGIN) / max(1, len(values) - 1)
    points = [f"{_attr(MARGIN + place * step)},{_attr(_height(value, low, high))}" for place, _label, value in known]
    pieces = [] if goal is None else [_goal(_attr(_height(goal, low, high)))]
    if points:
        x, _comma, y = points[-1].partition(",")
        pieces.append(format_html('<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/>', " ".join(points), x, y))
    said = _said(caption, [(label, value) for _place, label, value in known])
    drawn = format_html('<svg role="img" viewBox="0 0 144 26" aria-label="{}">{}</svg>', said, _joined(pieces))
    rows = [[label, "–" if value is None else number(value)] for label, value in values]
    return _figure("spark", drawn, [caption, _("数值")], rows)


def _bounds(values: Sequence[float], goal: float | None) -> tuple[float, float]:
    scale = [*values, *([] if goal is None else [goal])] or [0.0]
    return min(scale), max(scale)


def _goal(y: str) -> SafeString:
    return format_html('<line class="goal" x1="0" x2="{}" y1="{}" y2="{}"/>', _attr(WIDE), y, y)


def _height(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return HIGH - MARGIN - share * (HIGH - 2 * MARGIN)


def clockline(
    caption: str, start: datetime, end: datetime, marks: Sequence[Mark], ticks: Sequence[tuple[datetime, str]]
) -> SafeString:
    """A line of time from start to end with its hours and the moments that matter, each as the shape of its light.

    What lies outside is left out of the line and stands in the table.
    """
    span = (end - start).total_seconds()
    inside = sorted((mark for mark in marks if start <= mark.at <= end), key=lambda mark: mark.at)
    pieces = [
        format_html(
            '<line class="tick" x1="{0}%" x2="{0}%" y1="0" y2="100%"/><text class="t" x="{0}%" y="100%" dy="1.35em">{1}</text>',
            _attr(_percent((at - start).total_seconds(), span)),
            words,
        )
        for at, words in ticks
        if start <= at <= end
    ]
    free = [-CLOSE] * LANES
    for mark in inside:
        x = _percent((mark.at - start).total_seconds(), span)
        lane = next((one for one in range(LANES) if x - free[one] >= CLOSE), free.index(min(free)))
        free[lane] = x
        pieces.append(_mark(mark, x, lane))
    drawn = format_html(
        '<svg role="img" aria-label="{}">{}<line class="axis" x1="0" x2="100%" y1="100%" y2="100%"/></svg>',
        f"{caption}　{len(inside)}",
        _joined(pieces),
    )
    rows = [[mark.label, light_word(mark.light)] for mark in sorted(marks, key=lambda mark: mark.at)]
    return _figure("clockline", drawn, [caption, _("灯")], rows)


def _mark(mark: Mark, x: float, lane: int) -> SafeString:
    name = light_name(mark.light)
    return format_html(
        '<svg class="mark {}" x="{}%" y="{}" width="16" height="16" viewBox="0 0 10 10"><title>{}</title>'
        '<g transform="translate(-5 0)">{}</g></svg>',
        name,
        _attr(x),
        LANE_HIGH * lane + 4,
        mark.label,
        SHAPES[name],
    )


def _said(caption: str, values: Sequence[tuple[str, float]]) -> str:
    """What a chart says in one line to who cannot see it: its name, its latest and its highest value."""
    if not values:
        return _("%(caption)s：没有数据") % {"caption": caption}
    label, most = max(values, key=lambda pair: pair[1])
    words = _("%(caption)s：最近 %(last)s，最高 %(most)s（%(label)s）")
    return words % {"caption": caption, "last": number(values[-1][1]), "most": number(most), "label": label}


def _figure(name: str, drawn: SafeString, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> SafeString:
    """The drawing and, folded up, its numbers."""
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (
                format_html_join(
                    "", '<td class="{}">{}</td>', (("n" if place else "", cell) for place, cell in enumerate(row))
                ),
            )
            for row in rows
        ),
    )
    return format_html(
        '<figure class="chart {}">{}<details><summary>{}</summary><table class="ledger"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></details></figure>",
        name,
        drawn,
        _("看数字"),
        format_html_join("", '<th scope="col">{}</th>', ((head,) for head in heads)),
        body,
    )
