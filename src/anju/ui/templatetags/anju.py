"""Tags and filters of all doors: icons, lamps, countdowns, forms. Loaded everywhere (builtins in the settings).

Colour is never chosen here or in a template: it follows from `data-light`.
"""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.core import clock, ids, money
from anju.core.scope import Scope
from anju.ui import fields, icons, times
from anju.ui.lights import SHAPES, light_name, light_word

register = template.Library()


@register.filter
def may(scope: Scope | None, permission: str) -> bool:
    """Does the reader hold this permission anywhere? `{% if scope|may:"desk.see" %}`."""
    return scope is not None and allowed(scope, permission)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An outline icon as inline SVG. Hidden from screen readers unless it stands alone and has a label."""
    shapes = icons.shapes()
    inner = SafeString(shapes.get(name, shapes["circle-dashed"]))  # our own file, never user text
    if label:
        return format_html('<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, inner)
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', inner)


@register.simple_tag
def lamp(light: object, reason: str = "", word: str = "") -> SafeString:
    """A light as shape, word and `data-light`; the reason follows the word: ●红　未处理超2小时."""
    name = light_name(light)
    text = word or light_word(light)
    return format_html(
        '<span class="lamp" data-light="{}"><svg viewBox="0 0 10 10" aria-hidden="true">{}</svg>{}</span>',
        name,
        SHAPES[name],
        f"{text}　{reason}" if reason else text,
    )


@register.simple_tag
def shape(light: object) -> SafeString:
    """The shape of a light alone, for a word that stands beside it at another size."""
    return format_html('<svg viewBox="0 0 10 10" aria-hidden="true">{}</svg>', SHAPES[light_name(light)])


@register.simple_tag
def due(at: datetime | None, light: object = "grey", *, bare: bool = False) -> SafeString:
    """A countdown to `at`: `剩 12:55`, `超 06:20`. Rendered here, ticked by clock.js. Nothing when there is no time.

    `bare` leaves out 剩, for a line that already says "left".
    """
    if at is None:
        return SafeString("")
    now = clock.now()
    text = times.left(at, now)
    if bare and at >= now:
        text = times.spell(round((at - now).total_seconds()))
    flag = SafeString(" data-bare") if bare else ""
    return format_html(
        '<span class="due" data-light="{}" data-due="{}"{}>{}</span>', light_name(light), clock.iso(at), flag, text
    )


@register.simple_tag
def since(at: datetime) -> SafeString:
    """How long something has been going on, counting up."""
    length = max(0, round((clock.now() - at).total_seconds()))
    return format_html('<span class="num" data-since="{}">{}</span>', clock.iso(at), times.spell(length))


@register.simple_tag
def clockbar(
    name: str,
    start: datetime,
    due_at: datetime | None,
    light: object = "green",
    met_at: datetime | None = None,
    share: float | None = None,
) -> SafeString:
    """One clock of a ticket as a line: name, bar, words.

    Running: the share of the time that is used and the countdown. Met: grey, `8分 ✓`, or `晚20分` when it was late.
    Without `due_at` it is held (挂起). `share` (0–1) overrides the wall-clock share, for clocks on working time.
    """
    end = met_at or clock.now()
    used = share if share is not None else _share(start, due_at, end)
    state = _clock_state(start, due_at, met_at)
    return format_html(
        '<div class="clock{}" data-light="{}"><span>{}</span><svg class="bar-line" aria-hidden="true">'
        '<rect width="{}%" height="100%" rx="3"/></svg><span class="clock-state">{}</span></div>',
        " clock-met" if met_at else "",
        "grey" if met_at or due_at is None else light_name(light),
        name,
        round(100 * min(1.0, max(0.0, used))),
        state,
    )


def _share(start: datetime, due_at: datetime | None, end: datetime) -> float:
    whole = (due_at - start).total_seconds() if due_at else 0
    return (end - start).total_seconds() / whole if whole > 0 else float(due_at is not None)


def _clock_state(start: datetime, due_at: datetime | None, met_at: datetime | None) -> str:
    if met_at and due_at and met_at > due_at:
        return _("晚%(time)s") % {"time": times.took(met_at - due_at)}
    if met_at:
        return f"{times.took(met_at - start)} ✓"
    if due_at is None:
        return _("挂起")
    return format_html('<span data-due="{}">{}</span>', clock.iso(due_at), times.left(due_at, clock.now()))


@register.simple_tag
def once() -> SafeString:
    """The idempotency key of a form: pressing twice shows the first result."""
    return format_html('<input type="hidden" name="once" value="{}">', ids.token())


@register.simple_tag
def posts(name: str, url: str = "", *, files: bool = False) -> SafeString:
    """Attributes of a form that works with and without scripts and keeps what was typed: `<form {% posts "report" %}>`.

    With scripts a 422 replaces only this form, in place, so chosen photos and the cursor stay; a redirect is followed
    by the browser; other refusals appear above as a notice.
    """
    return format_html(
        'id="{0}" method="post"{1} hx-post="{2}" hx-target="this" hx-select="#{0}" hx-swap="outerMorph"{3}',
        name,
        format_html(' action="{}"', url) if url else "",
        url,
        SafeString(' enctype="multipart/form-data"') if files else "",
    )


@register.simple_tag
def current(value: object, shown: object) -> SafeString:
    """`aria-current="true"` when a tab is the one shown."""
    return SafeString('aria-current="true"') if value == shown else SafeString("")


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField, hint: str = "", keys: str = "") -> dict[str, Any]:
    """A form field: label above, hint below, its error with the same words as in the summary.

    Radios and check-boxes become choices; `keys` gives them shortcuts ("alt+1 alt+2"). File inputs become photo boxes.
    """
    return fields.context(bound, hint, keys.split())


@register.inclusion_tag("ui/parts/stamp.html", takes_context=True)
def stamp(context: template.Context) -> dict[str, str]:
    """A faint watermark with name and minute, for staff pages with personal data."""
    scope = context.get("scope")
    return {"words": f"{getattr(scope, 'name', '')} {clock.local(clock.now()):%m-%d %H:%M}".strip()}


@register.simple_tag
def printed() -> str:
    """The minute in which a page was made, for the foot of what is printed."""
    return f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"


@register.filter
def hm(at: datetime | None) -> str:
    """`09:41`, `昨 10:20`, `3月2日 09:00`."""
    return times.hm(at, clock.now()) if at else ""


@register.filter
def day(at: datetime | None) -> str:
    """`3月2日 星期一`."""
    return times.day(at) if at else ""


@register.filter
def took(length: timedelta | None) -> str:
    """`8分`, `1时20分`."""
    return times.took(length) if length is not None else ""


@register.filter
def iso(at: datetime | None) -> str:
    """For `<time datetime="…">`."""
    return clock.iso(at) if at else ""


@register.filter
def yuan(fen: int | None) -> str:
    """12345678 -> `123,456.78`, with a real minus sign; the unit stands in the head."""
    if fen is None:
        return ""
    whole, cents = money.yuan(abs(fen)).split(".")
    return f"{'−' if fen < 0 else ''}{int(whole):,}.{cents}"


class Remembered(template.Node):
    """What `remembered` makes of its block, kept with the compiled template."""

    MOST = 2000

    def __init__(self, value: template.base.FilterExpression, block: template.NodeList) -> None:
        self.value, self.block = value, block
        self.kept: dict[object, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """The block, made once per value and language; the memory is emptied when it is full."""
        key = (get_language(), self.value.resolve(context))
        if key not in self.kept:
            if len(self.kept) >= self.MOST:
                self.kept.clear()
            self.kept[key] = self.block.render(context)
        return self.kept[key]


@register.tag
def remembered(parser: template.base.Parser, token: template.base.Token) -> Remembered:
    """`{% remembered row.key %}…{% endremembered %}`: a block that is the same whenever the value is the same.

    The value must hold everything the block shows: rows of a list are printed again and again, for one reader after
    another, and nine in ten have not changed.
    """
    _name, value = token.split_contents()
    block = parser.parse(("endremembered",))
    parser.delete_first_token()
    return Remembered(parser.compile_filter(value), block)
