"""Names, phones and shares in a cell, as offices write several of them together."""

import re
import unicodedata
from fractions import Fraction

from django.utils.translation import gettext as _

from anju.core import phones, text
from anju.estate.importing.cells import written
from anju.estate.numbering import Bad

_BETWEEN = re.compile(r"[、,，;；\n\r|]+|/(?![^()]*\))|\s{2,}")
_PHONE_BETWEEN = re.compile(r"[/、,，;；\n\r|]+|(?<=\d{7})\s+(?=1[3-9]\d[\d -]{8,})")
_NOBODY = frozenset(("无", "没有", "-", "--", "---", "—", "——", "\\"))
_NO_PHONE = _NOBODY | {"空号", "停机", "无电话"}
_LABELLED = re.compile(r"(.*?)\s*\(([^()]*)\)")
_SCIENCE = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_EXTENSION = re.compile(r"(?<=\d)\s*(?:转|ext\.?|分机)\s*\d{1,6}$", re.IGNORECASE)
_EDGES = re.compile(r"^[^\d+(]+|[^\d)]+$")
_LABELS = re.compile(r"\([^()\d]*\)")
MAX_NAME = 60
Share = Fraction | None


def names(cell: object) -> list[tuple[str, Share]]:
    """The names in a cell with their shares, "王秀英(1/2)、李建国(1/2)". Raises Bad NAME_TOO_LONG, NAME_ODD."""
    found: dict[str, Share] = {}
    for part in _BETWEEN.split(written(cell)):
        name, share = _with_share(part.strip())
        name = text.one_line(name)
        if name and name not in _NOBODY:
            found.setdefault(_checked(name), share)
    return list(found.items())


def _with_share(part: str) -> tuple[str, Share]:
    match = _LABELLED.fullmatch(part)
    share = _fraction(match[2].strip()) if match else None
    return (match[1], share) if match and share else (part, None)


def _checked(name: str) -> str:
    if len(name) > MAX_NAME:
        raise Bad("NAME_TOO_LONG", _("姓名太长"))
    if not any(char.isalpha() for char in name) or re.search(r"\d{7}", name) or name.count("(") != name.count(")"):
        raise Bad("NAME_ODD", _("姓名“%(name)s”不像姓名，请检查列有没有错位") % {"name": name[:12]})
    return name


def numbers(cell: object) -> list[str]:
    """The canonical phones in a cell, in order. Raises Bad PHONE_LOST (digits lost to a number format), PHONE_INVALID."""
    value = written(cell)
    if _SCIENCE.fullmatch(value):
        reason = _("电话成了科学计数“%(value)s”，后几位已丢失，请改成文本格式重填") % {"value": value[:16]}
        raise Bad("PHONE_LOST", reason)
    found: dict[str, None] = {}
    for part in map(text.one_line, _PHONE_BETWEEN.split(value)):
        bare = _EDGES.sub("", _EXTENSION.sub("", _LABELS.sub("", part)))
        phone = phones.parse(bare) if bare else None
        if phone:
            found[phone.number] = None
        elif part and part not in _NO_PHONE:
            reason = _("电话“%(value)s”不对，应为11位手机号或带区号的座机") % {"value": part[:20]}
            raise Bad("PHONE_INVALID", reason)
    return list(found)


def has_extension(cell: object) -> bool:
    """True when a phone in the cell has an extension, which the register does not keep."""
    return any(_EXTENSION.search(text.one_line(part)) for part in _PHONE_BETWEEN.split(written(cell)))


def shares(cell: object) -> list[Fraction]:
    """The shares in a cell, "1/2" or "50%;50%"; a number like 0.5 is what Excel makes of 50%. Raises Bad SHARE_INVALID."""
    if isinstance(cell, float) and 0 < cell <= 1 and abs(cell * 100 - round(cell * 100)) < 1e-9:
        return [Fraction(round(cell * 100), 100)]
    found = []
    for part in re.split(r"[、,;\s|]+", written(cell)):
        share = _fraction(part)
        if part and share is None:
            raise Bad("SHARE_INVALID", _("份额“%(value)s”不对，应像 1/2") % {"value": part[:12]})
        found += [share] if share else []
    return found


def _fraction(value: str) -> Share:
    match = re.fullmatch(r"(\d{1,4})\s*[/⁄]\s*(\d{1,4})|(\d{1,3})%|(1)", unicodedata.normalize("NFKC", value), re.ASCII)
    if not match:
        return None
    n, d = (int(match[1]), int(match[2])) if match[1] else (int(match[3]), 100) if match[3] else (1, 1)
    return Fraction(n, d) if 0 < n <= d else None
