"""Personal data inside free text: where are phones, ID numbers, plates, room codes, e-mail addresses.

One pass of one pattern whose repetitions are all bounded, or start only where a run starts: linear time. The text is
first folded character by character (full-width, any script's digits, dashes, blanks), so positions stay the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What was found."""

    PHONE = "phone"
    ID_NO = "id_no"
    PLATE = "plate"
    ROOM = "room"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Found:
    """Text between `start` and `end` is personal; `value` is its folded spelling."""

    kind: Kind
    start: int
    end: int
    value: str


_SEP = r"[ .\-_·~]{0,2}"
_CN = "零〇一二三四五六七八九幺两"
_BUILDING = r"(?:\d{1,3}[A-Z]?|[A-Z]\d{0,2}|[一二三四五六七八九十百]{1,4})\ ?(?:栋|幢|座|号楼|\#楼?|楼)"
_UNIT = r"(?:\d{1,2}|[A-Z]|[一二三四五六七八九十]{1,3}|[甲乙丙丁东西南北中])\ ?(?:单元|门洞|梯)"
_FLOOR = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\ ?(?:层|楼)"
_JOIN = r"[ ,，、\-]{0,2}"
_NOT_ROOM = (
    r"(?![0-9A-Z])(?!\ ?(?:年|月|日|元|块|度|层|楼|栋|幢|座|单元|点|时|分|个|人|次|户|台|部|米|平|㎡|吨|%|:|"
    r"号(?:电?梯|楼|门|车|井|泵|机|库|线|桩|口)))"
)
_NUMBER = rf"[0-9A-Z]{{0,3}}\d{{2}}{_NOT_ROOM}"
_SPOKEN = rf"[{_CN}]{{3,4}}(?![{_CN}])"
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_PATTERN = re.compile(
    rf"""
      (?P<email> (?<![A-Z0-9._%+\-]) [A-Z0-9._%+\-]+ @ [A-Z0-9\-]+ (?:\.[A-Z0-9\-]+)+ )
    | (?P<id18> (?<![0-9A-Z]) [1-9] (?:[ \-]?\d){{16}} [ \-]? [\dX] (?!\d) )
    | (?P<id15> (?<![0-9A-Z]) [1-9]\d{{14}} (?!\d) )
    | (?P<mobile> (?<!\d) (?:\+?(?:00)?86{_SEP}|0)? 1{_SEP}[3-9] (?:{_SEP}\d){{9}} (?!\d) )
    | (?P<spoken> (?<![{_CN}]) [一幺]\ ?[三四五六七八九] (?:\ ?[{_CN}]){{9}} (?![{_CN}]) )
    | (?P<foreign> \+(?!86)[1-9] (?:[ \-]?\d){{6,14}} (?!\d) )
    | (?P<fixed> (?<!\d) \(? 0(?:10|2\d|[3-9]\d\d) \)? [ \-]{{0,2}} [2-9]\d{{2,3}} [ \-]? \d{{4}} (?!\d) )
    | (?P<plate> [{_PROVINCE}][A-Z] [ ·.\-]? (?=[A-Z]{{0,5}}\d) [A-Z0-9]{{4,5}} [A-Z0-9挂学警港澳] (?![A-Z0-9]) )
    | (?P<room> (?<![0-9A-Z]) (?:
          {_BUILDING}{_JOIN}(?:{_UNIT}{_JOIN})?(?:{_FLOOR}{_JOIN})?(?:{_NUMBER}|{_SPOKEN})
        | {_UNIT}{_JOIN}(?:{_FLOOR}{_JOIN})?(?:{_NUMBER}|{_SPOKEN})
        | (?:[0-9A-Z]{{1,3}}\ ?-\ ?){{2,4}}{_NUMBER}(?!-\d)
        | [0-9A-Z]{{1,2}}\ ?-\ ?[A-Z]?\d[0-9A-Z]?\d\d{_NOT_ROOM}(?!-\d)
        | [A-Z]?\d{{1,2}}[A-Z]?\d\d (?=\ ?(?:室|房(?![价间型东产])))
      ) )
    """,
    re.VERBOSE,
)
_HINT = re.compile(rf"[\d@]|[{_CN}]\ ?[{_CN}]")  # nothing is found in a text without; most texts are without
_KINDS = {
    "email": Kind.EMAIL,
    "id18": Kind.ID_NO,
    "id15": Kind.ID_NO,
    "mobile": Kind.PHONE,
    "spoken": Kind.PHONE,
    "foreign": Kind.PHONE,
    "fixed": Kind.PHONE,
    "plate": Kind.PLATE,
    "room": Kind.ROOM,
}
_DASHES = "‐‑‒–—―−－﹣"


def find(text: str) -> Iterator[Found]:
    """Every piece of personal data in the text, from left to right, without overlaps."""
    folded = _fold(text)
    if not _HINT.search(folded):
        return
    position = 0
    while match := _PATTERN.search(folded, position):
        rule = match.lastgroup or ""
        if not _is_real(rule, match.group()):
            position = match.start() + 1
            continue
        yield Found(_KINDS[rule], match.start(), match.end(), _value(rule, match, text))
        position = match.end()


def _fold(text: str) -> str:
    if text.isascii():
        return text.upper()
    return text.translate({ord(char): _fold_char(char) for char in set(text)})


@lru_cache(10_000)
def _fold_char(char: str) -> str:
    if char in _DASHES:
        return "-"
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1:
        return char
    return plain.upper() if plain.isascii() else plain


def _value(rule: str, match: re.Match[str], text: str) -> str:
    if rule == "email":  # as it was written
        return text[match.start() : match.end()]
    if rule == "mobile":  # without what is dialled before it
        return re.sub(r"\D", "", match.group())[-11:]
    return re.sub(r"[ \-]", "", match.group()) if rule == "id18" else match.group()


def _is_real(rule: str, value: str) -> bool:
    """An ID number holds a birthday; three short numbers that read as a date are no room."""
    if rule in ("id18", "id15"):
        digits = re.sub(r"[ \-]", "", value)
        born = digits[6:14] if rule == "id18" else "19" + digits[6:12]
        return _is_day(int(born[:4]), int(born[4:6]), int(born[6:]))
    if rule == "room" and (short := re.fullmatch(r"([23]\d)-(\d{1,2})-(\d\d)", value)):
        year, month, day = (int(part) for part in short.groups())
        return not _is_day(2000 + year, month, day)
    return True


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year <= 2099
