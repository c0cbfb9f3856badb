"""Cells and reasons on screens and terminals, which are read over shoulders: never a whole name or number."""

import re
import unicodedata

from anju.vault import masks

NAMES = ("owner", "coowner", "tenant")
PLAIN = ("building", "unit", "room", "floor", "area", "usage", "share")
LONGEST = 40
_DIGITS = re.compile(r"(\d(?:[ \-]?\d){2})(?:[ \-]{0,2}\d){4,}")
_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PEOPLE = re.compile(r"([、,，;；/\n\s]+)")


def shown(cell: object, meant: str) -> str:
    """A cell of a column that is taken for this field ("" for none): names and numbers masked, rooms as they are."""
    value = f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
    words = " ".join(unicodedata.normalize("NFKC", value).split())[:LONGEST]
    if meant in PLAIN:
        return words
    if meant in NAMES or (not meant and _BARE_NAME.fullmatch(words)):
        return "".join(part if _PEOPLE.fullmatch(part) else masks.name(part) for part in _PEOPLE.split(words))
    return _DIGITS.sub(r"\1****", words)


def masked(reason: str) -> str:
    """A reason without personal data, also where a number is wrong and so no phone to the masks."""
    return _DIGITS.sub(r"\1****", masks.mask_text(reason))
