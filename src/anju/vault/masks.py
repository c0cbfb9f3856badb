"""The masked forms of 16.1. A masked form shows what it may even when the value is not what its field promises."""

import re

from anju.core import phones
from anju.vault import prose
from anju.vault.names import COMPOUND, is_company
from anju.vault.prose import Kind

_FIXED = re.compile(r"(0(?:10|2\d|[3-9]\d\d))\d{7,8}")


def name(value: str) -> str:
    """张伟 -> 张*, 欧阳明 -> 欧阳**, a firm -> its first two characters and ***."""
    value = value.strip()
    if len(value) < 2:
        return "*" if value else ""
    if is_company(value):
        return value[:2] + "***"
    if len(value) > 2 and value[:2] in COMPOUND:
        return value[:2] + "**"
    return value[0] + "*"


def phone(value: str) -> str:
    """138****5678; a fixed line 021-****1234; a foreign number +85****4567."""
    parsed = phones.parse(value)
    number = parsed.number if parsed else re.sub(r"[\s\-()]", "", value)
    fixed = _FIXED.fullmatch(number)
    if fixed:
        return f"{fixed.group(1)}-****{number[-4:]}"
    if len(number) >= 10:
        return f"{number[:3]}****{number[-4:]}"
    return f"****{number[-2:]}" if len(number) > 4 else "****" if number else ""


def room(value: str) -> str:
    """1203 -> **03, S-07 -> **07, 12 -> *2, 88号 -> *8; building and unit are never shown."""
    number = re.sub(r"[\s\-—–－]", "", value).rstrip("号室房户")
    if not number:
        return "**" if value.strip() else ""
    return "*" + number[-1] if len(number) <= 2 else "**" + number[-2:]


def id_no(value: str) -> str:
    """As in lists: 1****************4."""
    value = value.strip()
    if len(value) < 8:
        return "*" * len(value)
    return value[0] + "*" * (len(value) - 2) + value[-1]


def id_no_revealed(value: str) -> str:
    """As after a reveal: 110101********1234; the full number is only for COMP and FIN flows."""
    value = value.strip()
    if len(value) < 15:
        return id_no(value)
    return value[:6] + "*" * (len(value) - 10) + value[-4:]


def plate(value: str) -> str:
    """京A***12; new energy 京AD***12."""
    value = re.sub(r"[\s·.\-]", "", value).upper()
    if len(value) < 6:
        return "***" if value else ""
    keep = 3 if len(value) == 8 and value[2].isalpha() else 2
    return f"{value[:keep]}***{value[-2:]}"


def email(value: str) -> str:
    """z***@domain."""
    local, at, domain = value.strip().rpartition("@")
    if not at or not local:
        return "***" if value.strip() else ""
    return f"{local[0]}***@{domain}"


_BY_KIND = {Kind.PHONE: phone, Kind.ID_NO: id_no, Kind.PLATE: plate, Kind.ROOM: room, Kind.EMAIL: email}


def mask_text(value: str, kept: frozenset[Kind] = frozenset()) -> str:
    """Free text with phones, ID numbers, plates, room codes and e-mail addresses masked in place, but for the kinds
    that are `kept`. Linear time."""
    parts: list[str] = []
    end = 0
    for found in prose.find(value):
        if found.kind in kept:
            continue
        parts += (value[end : found.start], _BY_KIND[found.kind](found.value))
        end = found.end
    return "".join(parts) + value[end:] if parts else value
