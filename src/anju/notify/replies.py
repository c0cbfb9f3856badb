"""What people answer by SMS (B.3, R19.1), made plain."""

import re
import unicodedata

_STARS = re.compile(r"(?:打|给|评)?([1-5一二三四五])(?:颗?星|分|点)?")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_WORDS = {"非常满意": 5, "很满意": 5, "非常不满意": 1, "很不满意": 1}
_STOP = {"r", "退订", "拒收", "td", "t"}


def stars(text: str) -> int | None:
    """The rating in an answer to T107: "５" 5, "5分" 5, "非常满意" 5; None when it must be asked once more."""
    said = plain(text)
    if said in _WORDS:
        return _WORDS[said]
    found = _STARS.fullmatch(said)
    return None if found is None else _DIGITS.get(found[1]) or int(found[1])


def stops(text: str) -> bool:
    """Whether the answer turns marketing off ("R", "r", "退订")."""
    return plain(text) in _STOP


def plain(text: str) -> str:
    """Narrow, lower case, without blanks, and without punctuation or emoji behind it."""
    folded = "".join(unicodedata.normalize("NFKC", text).lower().split())
    while folded and unicodedata.category(folded[-1])[0] not in "LN":
        folded = folded[:-1]
    return folded
