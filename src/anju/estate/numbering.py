"""How rooms are written, and how the register writes them: 3栋1单元1203室 -> 3-1-1203. Pure; no floor is read out (0.4).

A room has a building, a unit and a number; villas (88号), shops (S-07) and parking (B1-046) may have the number alone.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from anju.core import text

Address = tuple[str, str, str]
LONGEST = (16, 16, 20)
_CN = "一二三四五六七八九十"
_NO = f"[0-9A-Z{_CN}]+"
_ROOM = r"(?P<r>B\d{1,2}-\d{1,5}|夹层[0-9A-Z]+|[0-9A-Z]+)(?:室|户|房|号)?"
_SUFFIX = re.compile(f"(?<=[0-9A-Z{_CN}])(?:号楼|#楼|栋|幢|座|楼|#|单元|梯|室|户|房)$")
_WHOLE = re.compile(rf"第?(?P<b>{_NO})(?:号楼|栋|幢|座|#楼?|-)-?(?:(?P<u>{_NO})(?:单元|梯|-)-?)?{_ROOM}")
_IN_UNIT = re.compile(rf"(?P<u>{_NO})(?:单元|梯)-?{_ROOM}")
_ALONE = re.compile(r"[0-9A-Z]{1,6}号|B\d{1,2}-\d{1,5}|[A-Z]{1,2}-?\d{1,4}")
_FINE = re.compile(r"[0-9A-Z\u4e00-\u9fff#+&().\-]+")
_DASHES = re.compile(r"[—–―‐‑−_/]+")


class Bad(Exception):
    """Something written that cannot be taken: a stable code and the reason in words."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


def plain(said: str) -> str:
    """One spelling of what is typed: narrow, upper case, no blanks, one kind of dash."""
    value = text.one_line(unicodedata.normalize("NFKC", said)).upper()
    return _DASHES.sub("-", "".join(value.split()))


def number(said: str) -> str:
    """A building, unit or room number without its word: 3号楼 -> 3, 一单元 -> 1, 1203室 -> 1203."""
    value = _SUFFIX.sub("", plain(said).removeprefix("第")).strip("-")
    return _arabic(value)


def address(building: str, unit: str, room: str) -> Address:
    """Building, unit and room number, from three columns or from one that holds all.

    Raises Bad ROOM_MISSING, ROOM_UNREADABLE, ROOM_CONFLICT (the columns contradict each other), ROOM_TOO_LONG.
    """
    b, u, whole = number(building), number(unit), plain(room)
    if not whole:
        raise Bad("ROOM_MISSING", _("没有房号"))
    found = _inside(b, u, whole) if b else _alone(u, whole)
    if not _FINE.fullmatch(found[2]):
        raise _unreadable(room)
    if any(len(part) > longest for part, longest in zip(found, LONGEST, strict=True)):
        raise Bad("ROOM_TOO_LONG", _("栋号、单元或房号太长"))
    return found


def full_code(found: Address) -> str:
    """How the register names a room: 3-1-1203, S-07, 88号."""
    return "-".join(part for part in found if part)


def usual(room_no: str) -> str:
    """What a room is for when nobody says: parking in a basement (B1-046), a shop (S-07), else a home."""
    if re.match(r"B\d{1,2}-", room_no):
        return "PARKING"
    return "SHOP" if re.fullmatch(r"S-?\d+", room_no) else "HOME"


def _alone(u: str, whole: str) -> Address:
    """One column holds everything."""
    if not u and _ALONE.fullmatch(whole):
        return "", "", whole
    match = _WHOLE.fullmatch(whole)
    if match is None:
        raise _unreadable(whole)
    return _arabic(match["b"]), _agreed(u, match["u"], whole), match["r"]


def _inside(b: str, u: str, whole: str) -> Address:
    """A room of a known building; its number may say building and unit again, but not others."""
    match = _WHOLE.fullmatch(whole)
    if match and match["u"]:
        if _arabic(match["b"]) != b:
            raise _conflict(whole)
        return b, _agreed(u, match["u"], whole), match["r"]
    if match and _arabic(match["b"]) == (u or b):
        return b, u, match["r"]
    match = _IN_UNIT.fullmatch(whole)
    if match:
        return b, _agreed(u, match["u"], whole), match["r"]
    return b, u, re.sub(r"(?<=[0-9A-Z])号$", "", number(whole))


def _agreed(column: str, said: str | None, whole: str) -> str:
    """The unit that a column and the room number say, or one of them. Raises Bad ROOM_CONFLICT."""
    unit = _arabic(said or "") or column
    if column and unit != column:
        raise _conflict(whole)
    return unit


def _arabic(value: str) -> str:
    """十二 -> 12; everything else as it is."""
    if not value or any(char not in _CN for char in value):
        return value
    tens, ten, ones = value.rpartition("十")
    if len(ones) > 1 or len(tens) > 1 or tens == "十":
        return value
    digits = (_CN.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return str(digits + (_CN.index(ones) + 1 if ones else 0))


def _unreadable(said: str) -> Bad:
    return Bad("ROOM_UNREADABLE", _("房号“%(room)s”看不懂，请写成 3-1-1203") % {"room": said[:20]})


def _conflict(said: str) -> Bad:
    return Bad("ROOM_CONFLICT", _("房号“%(room)s”和栋、单元两列不一致") % {"room": said[:20]})
