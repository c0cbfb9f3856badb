"""Filling a template: values cleaned, cut to their maxima (B.2), and never an empty hole."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from anju.core import clock
from anju.core.text import one_line
from anju.notify import lint
from anju.notify.catalog import Template
from anju.notify.choices import Reason

MORE = "等"
SINGLE, PART = 70, 67
_EMPTY = {"", "null", "none", "undefined", "nan", "nil"}
_BREAKS = " ，、；。,;/·-—（("

_FREE = {
    "item": 12,
    "who": 6,
    "place": 16,
    "reason": 20,
    "progress": 20,
    "result": 20,
    "topic": 20,
    "question": 16,
} | dict.fromkeys(("org", "dept", "shift", "post", "level", "asset", "cert", "prio"), 12)
_EXACT = {"no": 12, "eta": 12, "t": 12, "next": 12, "due": 8, "room2": 2, "period": 10, "amount": 10, "m": 10, "l": 10}
_EXACT |= {"n": 9, "r": 9, "o": 9, "c": 9, "p": 9, "code": 6, "receipt": 12, "key": 20}
MAXIMA: Mapping[str, int] = _FREE | _EXACT
"""Characters per variable (B.2). Free ones are cut with 等; exact ones (numbers, moments) are never cut."""
LINTED = frozenset({"reason", "progress", "result", "topic"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled template, or why it cannot be filled (`reason`, `detail` names the variable)."""

    body: str = ""
    vars: Mapping[str, str] = field(default_factory=dict)
    reason: Reason | None = None
    detail: str = ""


def render(template: Template, values: Mapping[str, object], hotline: str) -> Rendered:
    """Fill a template. Never gives a body with a hole or with "null" in it."""
    filled: dict[str, str] = {}
    for name in template.names:
        value = shown(values.get(name))
        if not value:
            return Rendered(vars=filled, reason=Reason.VAR_MISSING, detail=name)
        if name in _EXACT and len(value) > _EXACT[name]:
            return Rendered(vars=filled, reason=Reason.VAR_INVALID, detail=name)
        filled[name] = cut(value, MAXIMA.get(name, 20))
    if not hotline:
        return Rendered(vars=filled, reason=Reason.VAR_MISSING, detail="hotline")
    return Rendered(template.fill(filled, hotline), filled)


def shown(value: object) -> str:
    """A value as it stands in a message: a moment as 03月02日09:30, a day as 03月31日; "" when there is none."""
    if isinstance(value, datetime):
        return f"{clock.local(value):%m月%d日%H:%M}"
    if isinstance(value, date):
        return f"{value:%m月%d日}"
    text = "" if value is None else lint.harmless(one_line(str(value)))
    return "" if text.lower() in _EMPTY else text


def cut(value: str, maximum: int) -> str:
    """At most `maximum` characters, cut between words with 等 at the end.

    Runs of Latin letters and digits are words, and punctuation parts words; where a text has no such place within
    the second half, it is cut between two characters, never inside a composed one.
    """
    if len(value) <= maximum:
        return value
    end = maximum - len(MORE)
    while end > 0 and _inside(value, end):
        end -= 1
    breaks = [index for index in range(max(1, maximum // 2), end + 1) if value[index] in _BREAKS]
    end = breaks[-1] if breaks and end < len(value) else end
    kept = value[: end or maximum - len(MORE)]
    return kept.rstrip(_BREAKS) + MORE


def _inside(value: str, index: int) -> bool:
    """Whether a cut before `index` would part a word or a composed character."""
    before, after = value[index - 1], value[index]
    if unicodedata.category(after) in ("Mn", "Me", "Cf", "Sk") or before == "\u200d":
        return True
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()


def unsendable(template: Template, values: Mapping[str, str]) -> str:
    """The variable that makes an SMS refused by its words (B.2), or ""."""
    return next((name for name in template.names if name in LINTED and lint.refused_words(values[name])), "")


# --- size of an SMS -----------------------------------------------------------------------------------------------


def length(sign: str, body: str) -> int:
    """Characters an SMS is charged for: 【sign】 and body, in UTF-16 units as carriers count."""
    return len(f"【{sign}】{body}".encode("utf-16-le")) // 2


def segments(characters: int) -> int:
    """How many messages that many characters are (N2): up to 70 one, beyond that one per 67."""
    return 1 if characters <= SINGLE else -(-characters // PART)
