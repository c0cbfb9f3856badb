"""How a text is read before it is judged: spellings made equal, negations told from questions (A.2 steps 1 and 2)."""

import unicodedata
from functools import reduce
from typing import Final

from opencc import OpenCC

from anju.core.text import clean

# Each knows forms the other does not: Taiwan writes 著火, Hong Kong 衞生間. Plain "t2s" knows neither.
_TO_SIMPLIFIED: Final = (OpenCC("tw2s"), OpenCC("hk2s"))

_NEGATORS: Final = ("没有", "没", "无", "不是", "并非", "未")
_QUESTIONS: Final = ("有没有", "有没", "是不是")
_BETWEEN: Final = ("被", "再")  # 没被咬, 未再漏水
_NOBODY: Final = "人"
_BEFALLS_PEOPLE: Final = frozenset(
    {
        "受伤",
        "摔伤",
        "砸伤",
        "晕倒",
        "昏倒",
        "昏迷",
        "摔倒",
        "流血",
        "触电",
        "困",
        "关住",
        "咬伤",
        "打架",
        "打人",
        "动手",
        "走失",
        "走丢",
        "溺水",
        "落水",
    }
)
_REACH: Final = 4  # longest question plus one character between


def normalise(text: str) -> str:
    """`text` without blanks and invisible characters, half-width, lower case, simplified. Length is not kept."""
    even = unicodedata.normalize("NFKC", clean(text)).lower()
    return reduce(_simplify, _TO_SIMPLIFIED, "".join(even.split()))


def says(text: str, part: str) -> bool:
    """True when the normalised `text` has `part` at least once without a negator before it.

    "Within 2 characters" of A.2 is read as: the negator stands directly before the part, or one character is between
    that leaves the sense alone: 被 or 再, and 人 before what befalls people (没人受伤). Any other character between
    belongs to something else (无故打人, 家里没人着火了), and an emergency must not be lost to it.
    """
    at = text.find(part)
    while at >= 0:
        if not _denied(text[max(0, at - _REACH) : at], part):
            return True
        at = text.find(part, at + 1)
    return False


def _simplify(text: str, converter: OpenCC) -> str:
    simplified: str = converter.convert(text)
    return simplified


def _denied(before: str, part: str) -> bool:
    if before.endswith(_NEGATORS):
        return not before.endswith(_QUESTIONS)
    if before.endswith(_BETWEEN) or (before.endswith(_NOBODY) and part in _BEFALLS_PEOPLE):
        return before[:-1].endswith(_NEGATORS) and not before[:-1].endswith(_QUESTIONS)
    return False
