"""Which column is what: headers as offices write them."""

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

from anju.core.errors import Refused

SYNONYMS: dict[str, tuple[str, ...]] = {
    "building": ("栋", "楼栋", "栋号", "楼号", "幢", "座", "楼", "栋座"),
    "unit": ("单元", "单元号", "梯"),
    "room": ("房号", "房间号", "房屋编号", "室号", "房屋", "门牌", "门牌号", "户号", "房间", "地址", "单位"),
    "floor": ("楼层", "层", "所在楼层"),
    "area": ("面积", "建筑面积", "房屋面积", "产权面积", "收费面积"),
    "usage": ("用途", "房屋用途", "房屋类型", "类型", "性质"),
    "owner": ("业主", "业主姓名", "姓名", "产权人", "户主", "客户名称", "业主名称", "房主"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "业主电话", "联系方式", "电话号码", "业主手机"),
    "phone2": ("备用电话", "其他电话", "电话2", "联系电话2", "第二电话", "紧急电话", "紧急联系电话"),
    "coowner": ("共有人", "共有产权人", "共同业主", "配偶", "共有人姓名"),
    "cophone": ("共有人电话", "共有人手机", "配偶电话"),
    "tenant": ("租户", "租客", "租客姓名", "租户姓名", "承租人", "住户"),
    "tenantphone": ("租客电话", "租户电话", "租户手机", "租客手机", "承租人电话", "住户电话"),
    "share": ("份额", "产权份额", "产权比例"),
}
_BY_WORD = {word: name for name, words in SYNONYMS.items() for word in words}
_NOISE = re.compile(r"[\s*＊:：]+|[（(\[【].*?[)）\]】]|㎡|平方米|m2|必填")
LOOK_IN = 10


def plain(cell: object) -> str:
    """A header without blanks, line breaks, stars, units and what stands in brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", "" if cell is None else str(cell)))


def find(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """The header's row and the column of each field. Raises Refused HEADER_MISSING, HEADER_TWICE."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for index, row in enumerate(rows[:LOOK_IN]):
        columns = _columns(row)
        if "room" in columns and len(columns) > len(best[1]):
            best = (index, columns)
    if best[0] < 0:
        raise Refused("HEADER_MISSING", _("没有找到表头。第一行请写：栋、单元、房号、面积、业主姓名、联系电话"))
    return best


def _columns(row: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        name = _BY_WORD.get(plain(cell))
        if name is None:
            continue
        if name in found:
            message = _("表头“%(word)s”出现了两次，请改名或删掉一列") % {"word": plain(cell)}
            raise Refused("HEADER_TWICE", message)
        found[name] = index
    return found
