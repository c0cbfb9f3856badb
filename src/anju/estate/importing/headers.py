"""Which column is what: headers as offices write them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.core.errors import Refused

SYNONYMS: dict[str, tuple[str, ...]] = {
    "building": ("栋", "楼栋", "栋号", "楼号", "楼栋号", "幢", "幢号", "座", "楼", "栋座"),
    "unit": ("单元", "单元号", "梯"),
    "room": (
        "房号", "房间号", "房屋编号", "房屋号", "室号", "室", "门牌号", "门牌", "户号", "房间", "房屋", "房屋地址", "地址",
    ),
    "floor": ("楼层", "所在楼层", "层"),
    "area": ("建筑面积", "房屋面积", "产权面积", "面积", "收费面积"),
    "usage": ("用途", "房屋用途", "房屋类型", "物业类型", "房屋性质"),
    "owner": ("业主姓名", "业主", "业主名称", "产权人", "产权人姓名", "户主", "房主", "客户名称", "姓名"),
    "phone": (
        "联系电话", "电话", "业主电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "业主手机", "业主联系电话",
        "备用电话", "其他电话", "电话2", "联系电话2", "第二电话", "紧急电话", "紧急联系电话", "座机", "固定电话",
    ),
    "coowner": ("共有人", "共有人姓名", "共有产权人", "共同业主", "配偶", "配偶姓名"),
    "cophone": ("共有人电话", "共有人手机", "共有人联系电话", "配偶电话"),
    "tenant": ("租客", "租客姓名", "租户", "租户姓名", "承租人", "住户", "住户姓名"),
    "tenantphone": ("租客电话", "租户电话", "租客联系电话", "租户手机", "租客手机", "承租人电话", "住户电话"),
    "share": ("份额", "产权份额", "产权比例", "共有份额"),
}  # fmt: skip
"""For each field the words that may stand above it, the plainest first: where two are there, the first one counts."""
MANY = ("phone", "cophone", "tenantphone")
"""Fields that may have several columns, all of which are read."""
_BY_WORD = {word: name for name, words in SYNONYMS.items() for word in words}
_RANK = {word: rank for words in SYNONYMS.values() for rank, word in enumerate(words)}
_NOISE = re.compile(r"[\s*＊:：.]+|[（(\[【].*?[)）\]】]|㎡|平方米|m2|必填", re.IGNORECASE)
LOOK_IN = 10


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is (its row from 0), the columns of each field, and what stands above columns nobody reads."""

    row: int
    columns: dict[str, tuple[int, ...]]
    unread: tuple[str, ...] = ()


def plain(cell: object) -> str:
    """A header without blanks, line breaks, stars, units and what stands in brackets."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", "" if cell is None else str(cell)))


def fields(row: Sequence[object]) -> int:
    """How many fields a row names; none when no room is among them."""
    names = {_BY_WORD.get(plain(cell), "") for cell in row} - {""}
    return len(names) if "room" in names else 0


def best(rows: Sequence[Sequence[object]]) -> int | None:
    """Which of the first rows names most fields, None when none names a room."""
    ranked = [(count, -index) for index, row in enumerate(rows[:LOOK_IN]) if (count := fields(row))]
    return -max(ranked)[1] if ranked else None


def find(rows: Sequence[Sequence[object]]) -> Header | None:
    """The header among the first rows, None without one. Raises Refused HEADER_TWICE when a word stands there twice."""
    index = best(rows)
    return None if index is None else _header(index, [plain(cell) for cell in rows[index]])


def _header(index: int, words: Sequence[str]) -> Header:
    named = [word for word in words if word in _BY_WORD]
    twice = next((word for word in named if named.count(word) > 1), None)
    if twice:
        raise Refused("HEADER_TWICE", _("表头“%(word)s”出现了两次，请改名或删掉一列") % {"word": twice})
    return _read(index, words, guessed(words))


def guessed(words: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The columns of each field by the words above them, the plainest word first; of a word twice the first one."""
    at: dict[str, list[int]] = {}
    for column, word in enumerate(words):
        if word in _BY_WORD and word not in words[:column]:
            at.setdefault(_BY_WORD[word], []).append(column)
    ranked = {name: tuple(sorted(found, key=lambda column: _RANK[words[column]])) for name, found in at.items()}
    return {name: found if name in MANY else found[:1] for name, found in ranked.items()}


def chosen(index: int, columns: Mapping[str, Sequence[int]], words: Sequence[str]) -> Header:
    """The header as somebody has matched it. Raises Refused HEADER_MISSING, COLUMN_TWICE."""
    if not columns.get("room"):
        raise Refused("HEADER_MISSING", _("请指出哪一列是房号"))
    for name, found in columns.items():
        if len(found) > 1 and name not in MANY:
            said = "、".join(words[column] or str(column + 1) for column in found if column < len(words))
            raise Refused("COLUMN_TWICE", _("%(columns)s 选成了同一项，只能留一列") % {"columns": said})
    return _read(index, words, {name: tuple(found) for name, found in columns.items() if found})


def _read(index: int, words: Sequence[str], columns: dict[str, tuple[int, ...]]) -> Header:
    read = {column for found in columns.values() for column in found}
    return Header(index, columns, tuple(word for column, word in enumerate(words) if word and column not in read))
