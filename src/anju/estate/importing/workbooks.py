"""Workbooks that go back to the office: what was wrong, and an empty form. Cells of theirs are never formulas."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook

from anju.estate.importing.records import Loaded

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
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
    "租客姓名",
    "租客电话",
)
EXAMPLE = ("3", "1", "1203", "12", "88.83", "张三", "13800000000", "", "", "", "", "")


def neutral(cell: object) -> object:
    """A cell that Excel will not run: text that begins like a formula gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def errors_workbook(loaded: Loaded) -> bytes:
    """The rows that could not be taken, with their numbers and reasons in front."""
    header = loaded.rows[loaded.header_row]
    lines: list[Sequence[object]] = [[_("行号"), _("错误原因"), *header]]
    lines += [[fault.row, fault.reason, *loaded.rows[fault.row - 1]] for fault in loaded.faults]
    return _book(_("错误"), lines)


def template_workbook() -> bytes:
    """An empty roster with its header and one example."""
    return _book(_("花名册"), [FORM, EXAMPLE])


def _book(title: str, lines: Sequence[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([neutral(cell) if isinstance(cell, str | int | float | None) else str(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
