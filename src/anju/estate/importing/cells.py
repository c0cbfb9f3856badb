"""Single cells as numbers and words. Each function returns a value or raises Bad with a code and a reason."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from anju.core import text
from anju.estate.numbering import Bad

_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)", re.IGNORECASE)
_AREA = re.compile(r"(\d{1,9})(?:\.(\d{1,2})0*)?", re.ASCII)
_UNIT = re.compile(r"(㎡|m2|m²|平方米|平米|平)$", re.IGNORECASE)
USAGES = (
    ("PARKING", ("车", "PARKING")),
    ("STORAGE", ("储", "仓", "地下室", "STORAGE")),
    ("SHOP", ("商", "铺", "门面", "店", "SHOP")),
    ("OFFICE", ("办公", "写字", "OFFICE")),
    ("HOME", ("住", "公寓", "别墅", "洋房", "宿舍", "HOME")),
)
MAX_AREA_C = 10_000_000


@dataclass(frozen=True, slots=True)
class Broken:
    """Stands in a row for a cell whose content Excel itself does not know."""

    code: str

    def __str__(self) -> str:
        return _("公式错误") if self.code == "CELL_ERROR" else _("公式没有结果")


def written(cell: object) -> str:
    """A cell as text with its line breaks: 3.0 is "3", full-width is narrow.

    Raises Bad CELL_ERROR, CELL_FORMULA (a formula that was never calculated), CELL_DATE (Excel made a date of it).
    """
    if cell is None:
        return ""
    if isinstance(cell, Broken):
        raise Bad(cell.code, _("有单元格是公式，算不出结果，请改成数值或文字"))
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise Bad(
            "CELL_DATE", _("“%(value)s”被Excel当成了日期，请把这一列改成文本格式重填") % {"value": str(cell)[:10]}
        )
    if isinstance(cell, float):
        cell = f"{cell:.0f}" if cell.is_integer() else f"{cell:.15g}"
    value = unicodedata.normalize("NFKC", str(cell)).replace("\u3000", " ").strip()
    if _ERROR.match(value):
        raise Bad("CELL_ERROR", _("单元格是公式错误 %(value)s") % {"value": value[:12]})
    return value


def words(cell: object) -> str:
    """A cell as one line."""
    return text.one_line(written(cell))


def area_c(cell: object) -> int | None:
    """An area in 0.01 ㎡, exactly. Raises Bad AREA_INVALID for 0, negative, three decimals, not a number."""
    value = _UNIT.sub("", words(cell).replace(",", "")).strip()
    if not value:
        return None
    match = _AREA.fullmatch(value)
    found = int(Decimal(f"{match[1]}.{match[2] or 0}") * 100) if match else 0
    if not 0 < found <= MAX_AREA_C:
        raise Bad("AREA_INVALID", _("面积“%(value)s”不对，应大于0、最多两位小数") % {"value": value[:16]})
    return found


def floor(cell: object) -> tuple[str, int | None]:
    """A floor's label and, when it is a plain number or B-number, its order. Raises Bad FLOOR_TOO_LONG."""
    label = words(cell).removesuffix("层").removesuffix("楼").strip()
    if label == "夹":
        label = "夹层"
    if len(label) > 16:
        raise Bad("FLOOR_TOO_LONG", _("楼层太长"))
    if re.fullmatch(r"-?[0-9]{1,3}", label):
        return label, int(label)
    basement = re.fullmatch(r"[Bb]([0-9]{1,2})", label)
    return label, -int(basement[1]) if basement else None


def usage(cell: object) -> str | None:
    """What a room is for, None when the cell does not say so in words we know."""
    value = words(cell).upper()
    return next((kind for kind, signs in USAGES if any(sign in value for sign in signs)), None) if value else None
