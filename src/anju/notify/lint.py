"""What SMS carriers refuse (N2–N4): checked for each template when it is saved, and for values that people typed."""

import re
import unicodedata
from pathlib import Path

from anju.notify.catalog import HOTLINE, Template

MAX_BODY = 500
MAX_PHONES = 2
SIGNS = "【】[]［］〖〗¥￥★☆※㎡%％℃№"
WORDS = tuple(Path(__file__).with_name("sms_words.txt").read_text(encoding="utf-8").split())
"""N4: an SMS with one of these is refused."""

_LINK = re.compile(
    r"(?:https?://|www\.)[!-~]*"
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|info|top|xyz|cc|vip|link|club|shop|site|me|io|co|tv|icu|fun|ink)"
    r"(?![a-z0-9])(?:[/?#][!-~]*)?",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:400-?\d{3}-?\d{4}|95\d{3,6}|0\d{2,3}-?\d{7,8})(?!\d)")
_VARIABLE = re.compile(r"\$\{\w+\}")
# full-width letters, digits, dot, slash, colon read as their narrow twins, so that a link cannot hide in them
_NARROW = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum() or chr(code) in "．／@＠"
}


def problems(template: Template) -> list[str]:
    """What a carrier would refuse in a template, as stable words; empty when it is fine."""
    body = template.body
    fixed = _VARIABLE.sub("", body)
    found = {
        "LENGTH": not 1 <= len(body) <= MAX_BODY,
        "SIGN": any(is_sign(char) for char in fixed),
        "VARIABLE_TWICE": len(set(template.names)) != len(template.names),
        "VARIABLES_ADJACENT": "}${" in body,
        "VARIABLES_ONLY": not fixed.strip(),
        "PLACEHOLDER": "$" in fixed or "{" in fixed or "}" in fixed,
        "MOBILE": bool(_MOBILE.search(fixed)),
        "LINK": bool(_LINK.search(fixed)),
        "PHONES": len(_PHONE.findall(fixed)) > MAX_PHONES,
        "HOTLINE": any(number != HOTLINE for number in _PHONE.findall(fixed)),
        "WORD": bool(refused_words(body)),
    }
    return [name for name, wrong in found.items() if wrong]


def is_sign(char: str) -> bool:
    """A character that carriers refuse: brackets of signatures, currency, stars, circled numbers, unit squares."""
    return char in SIGNS or unicodedata.category(char) in ("Sc", "No", "So")


def refused_words(text: str) -> list[str]:
    """The words of N4 in a text."""
    return [word for word in WORDS if word in text]


def harmless(value: str) -> str:
    """A value without what could forge a signature, carry a link, a mobile number, or a placeholder (N3)."""
    value = value.translate(_NARROW)
    while True:
        before = value
        value = _MOBILE.sub("", _LINK.sub("", value))
        value = "".join(char for char in value if not is_sign(char) and char not in "${}<>")
        if value == before:
            return " ".join(value.split())
