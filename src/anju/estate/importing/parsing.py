"""Reading single cells: rooms, phones, names, areas, shares. Each returns a value or raises Bad with a reason."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from anju.core import phones, text


class Bad(Exception):
    """A cell that cannot be taken: a code and the reason in words."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code, self.reason = code, reason


_SPLIT = re.compile(r"[/、,，;；\n\r|]+|\s{2,}")
_PHONE_SPLIT = re.compile(r"[/、,，;；\n\r|]+|(?<=\d{7})\s+(?=1[3-9]\d[\d -]{8,})")
_SUFFIX = re.compile(r"(栋|幢|座|号楼|楼|单元|室|户|房)$")
_FORMULA = re.compile(r"^#(REF|N/A|VALUE|NAME|DIV/0|NULL|NUM)", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?P<b>[0-9A-Za-z]+)\s*(?:栋|幢|座|号楼|#|-)\s*(?:(?P<u>[0-9A-Za-z]+)\s*(?:单元|梯|-)\s*)?(?P<r>[0-9A-Za-z]+)(?:室|户)?"
)
_ALONE = re.compile(r"[0-9A-Za-z]+号|[A-Za-z]{1,2}-?\d{1,4}")
_SCIENCE = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
USAGES = {
    "住宅": "HOME",
    "商铺": "SHOP",
    "商业": "SHOP",
    "办公": "OFFICE",
    "车位": "PARKING",
    "储藏": "STORAGE",
    "储藏室": "STORAGE",
}
MAX_AREA_C = 10_000_000
MAX_NAME = 60


def words(cell: object) -> str:
    """A cell as text: 3.0 is "3", full-width is narrow, an error of Excel is no text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    value = text.one_line(unicodedata.normalize("NFKC", str(cell)))
    if _FORMULA.match(value):
        raise Bad("CELL_ERROR", _("单元格是公式错误 %(value)s") % {"value": value})
    return value


def number(cell: object) -> str:
    """A building, unit or room number without its word: 3栋 -> 3, 1单元 -> 1, 1203室 -> 1203."""
    return _SUFFIX.sub("", words(cell)).strip(" -")


def address(building: object, unit: object, room: object) -> tuple[str, str, str]:
    """Building, unit and room number, from three columns or from one that holds all ("3栋1单元1203", "3-1-1203",
    "88号", "S-07"). The floor is never read out of a number."""
    b, u, whole = number(building), number(unit), words(room)
    if not whole:
        raise Bad("ROOM_MISSING", _("没有房号"))
    if b:
        return b, u, number(room) or whole
    if _ALONE.fullmatch(whole):
        return "", "", whole
    match = _WHOLE.fullmatch(whole)
    if match and match["u"]:
        return match["b"], match["u"], match["r"]
    if match:
        return match["b"], u, match["r"]
    raise Bad("ROOM_UNREADABLE", _("房号“%(room)s”看不懂，请写成 3-1-1203") % {"room": whole[:20]})


def full_code(building: str, unit: str, room: str) -> str:
    """How the register names a room: 3-1-1203, S-07, 88号."""
    return "-".join(part for part in (building, unit, room) if part)


def people_names(cell: object) -> list[str]:
    """The names in a cell. Raises Bad NAME_TOO_LONG, NAME_ODD."""
    found = [one.strip() for one in _SPLIT.split(_raw(cell)) if one.strip()]
    for name in found:
        if len(name) > MAX_NAME:
            raise Bad("NAME_TOO_LONG", _("姓名太长"))
        if name.isdigit():
            raise Bad("NAME_ODD", _("姓名“%(name)s”像是数字，请检查列有没有错位") % {"name": name[:12]})
    return list(dict.fromkeys(text.one_line(unicodedata.normalize("NFKC", name)) for name in found))


def phone_numbers(cell: object) -> list[str]:
    """The canonical phones in a cell, in order. Raises Bad PHONE_LOST (digits lost to a number format), PHONE_INVALID."""
    if isinstance(cell, float):
        cell = f"{cell:.0f}" if cell.is_integer() else str(cell)
    value = _raw(cell)
    if _SCIENCE.fullmatch(value.strip()):
        raise Bad("PHONE_LOST", _("电话成了科学计数“%(value)s”，后几位已丢失，请改成文本格式重填") % {"value": value})
    found: list[str] = []
    for part in _PHONE_SPLIT.split(value):
        if not part.strip():
            continue
        phone = phones.parse(re.sub(r"[（(].*?[)）]|[^\d+\-\s()（）转]+", "", part))
        if phone is None:
            raise Bad(
                "PHONE_INVALID", _("电话“%(value)s”不对，应为11位手机号或带区号的座机") % {"value": part.strip()[:20]}
            )
        if phone.number not in found:
            found.append(phone.number)
    return found


def _raw(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    value = unicodedata.normalize("NFKC", str(cell)).replace("\u3000", " ").strip()
    if _FORMULA.match(value):
        raise Bad("CELL_ERROR", _("单元格是公式错误 %(value)s") % {"value": value})
    return value


def area_c(cell: object) -> int | None:
    """An area in 0.01 ㎡, exactly. Raises Bad AREA_INVALID for 0, negative, three decimals, not a number."""
    value = re.sub(r"(㎡|m2|平方米|平米|平)$", "", words(cell).replace(",", ""), flags=re.IGNORECASE).strip()
    if not value:
        return None
    try:
        amount = Decimal(value)
    except InvalidOperation:
        amount = Decimal("NaN")
    fine = amount.is_finite() and 0 < amount * 100 <= MAX_AREA_C and "_" not in value
    if not fine or amount != amount.quantize(Decimal("0.01")):
        raise Bad("AREA_INVALID", _("面积“%(value)s”不对，应大于0、最多两位小数") % {"value": value[:16]})
    return int(amount * 100)


def share(cell: object) -> tuple[int, int] | None:
    """A fraction "1/2" or "50%". Raises Bad SHARE_INVALID."""
    value = words(cell)
    if not value:
        return None
    match = re.fullmatch(r"(\d{1,4})/(\d{1,4})", value)
    percent = re.fullmatch(r"(\d{1,3})%", value)
    n, d = (int(match[1]), int(match[2])) if match else (int(percent[1]), 100) if percent else (0, 0)
    if not 0 < n <= d:
        raise Bad("SHARE_INVALID", _("份额“%(value)s”不对，应像 1/2") % {"value": value[:12]})
    return n, d


def floor(cell: object) -> tuple[str, int | None]:
    """A floor's label and, when it is a plain number or B-number, its order."""
    label = words(cell).removesuffix("层").removesuffix("楼").strip()
    if re.fullmatch(r"-?\d{1,3}", label):
        return label, int(label)
    basement = re.fullmatch(r"[Bb](\d{1,2})", label)
    return label[:16], -int(basement[1]) if basement else None


def usage(cell: object, room: str) -> str:
    """What a room is for; parking by its word or by a basement number like B1-046."""
    value = words(cell)
    return USAGES.get(value, "PARKING" if re.match(r"[Bb]\d-", room) else "HOME")
