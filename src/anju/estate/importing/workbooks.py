"""Workbooks that go back to the office: what was wrong, and an empty form."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from anju.core.sheets import book
from anju.estate.importing import reading
from anju.estate.importing.records import Loaded

FORM = (
    "栋",
    "单元",
    "房号",
    "楼层",
    "面积(㎡)",
    "业主姓名",
    "联系电话",
    "备用电话",
    "共有人",
    "共有人电话",
    "份额",
    "租客姓名",
    "租客电话",
)
EXAMPLE = ("3", "1", "1203", "12", "88.83", "张三", "13800000000", "", "", "", "", "", "")


def errors_workbook(loaded: Loaded) -> bytes:
    """The file's rows with their numbers and what is wrong in front; mended here, it can be imported as it is."""
    wrong: dict[int, list[str]] = {}
    for fault in loaded.faults:
        wrong.setdefault(fault.row, []).append(fault.reason)
    lines: list[Sequence[object]] = [(_("行号"), _("错误原因"), *loaded.rows[loaded.header_row])]
    for number, row in enumerate(loaded.rows[loaded.header_row + 1 :], start=loaded.header_row + 2):
        if number in wrong or any(map(reading.has, row)):
            lines.append((number, "；".join(wrong.get(number, [])), *row))
    return book(_("错误"), lines)


def template_workbook() -> bytes:
    """An empty roster with its header and one example."""
    return book(_("花名册"), [FORM, EXAMPLE])
