"""Telephone numbers as people write them, made canonical."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIXED = re.compile(r"0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
_SERVICE = re.compile(r"400\d{7}|95\d{3,6}")
_FOREIGN = re.compile(r"\+(?!86)[1-9]\d{6,14}")


class PhoneKind(StrEnum):
    """Only a mobile may get SMS; a foreign number is reached by WeChat only."""

    MOBILE = "mobile"
    FIXED = "fixed"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in one spelling: 11 digits, area code + number, or + country code."""

    number: str
    kind: PhoneKind

    @property
    def tail4(self) -> str:
        return self.number[-4:]


def parse(raw: str) -> Phone | None:
    """The canonical phone, or None when it is not one (PHONE_INVALID is the caller's word).

    Accepts full-width and other decimal digits, blanks, dashes, dots, brackets, +86 / 0086 / 86 in front.
    """
    text = unicodedata.normalize("NFKC", raw).strip()
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    plus = text.startswith("+")
    digits = re.sub(r"[\s\-.()—–·]", "", text.removeprefix("+"))
    if not digits.isdigit() or not digits.isascii() or len(digits) > 18:
        return None
    return _classify(digits, plus=plus)


def _classify(digits: str, *, plus: bool) -> Phone | None:
    if plus and not digits.startswith("86"):
        number = "+" + digits
        return Phone(number, PhoneKind.FOREIGN) if _FOREIGN.fullmatch(number) else None
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) > 11:
            digits = digits.removeprefix(prefix)
    if _MOBILE.fullmatch(digits):
        return Phone(digits, PhoneKind.MOBILE)
    if _FIXED.fullmatch(digits) or _SERVICE.fullmatch(digits):
        return Phone(digits, PhoneKind.FIXED)
    return None
