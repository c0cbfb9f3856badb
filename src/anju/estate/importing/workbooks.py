"""Workbooks that go back to the office: what was wrong, and an empty form. Cells of theirs are never formulas."""

import io
from collections.abc import Sequence
from math import isfinite
from types import NoneType

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from anju.estate.importing import reading
from anju.estate.importing.records import Loaded

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
NUMBERS = (bool, int, NoneType)
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


def neutral(cell: object) -> bool | int | float | str | None:
    """A cell that Excel will not run and can hold: text that begins like a formula gets an apostrophe."""
    if isinstance(cell, NUMBERS) or (isinstance(cell, float) and isfinite(cell)):
        return cell
    value = ILLEGAL_CHARACTERS_RE.sub("", str(cell))
    return f"'{value}" if value.startswith(DANGEROUS) else value


def errors_workbook(loaded: Loaded) -> bytes:
    """The file's rows with their numbers and what is wrong in front; mended here, it can be imported as it is."""
    wrong: dict[int, list[str]] = {}
    for fault in loaded.faults:
        wrong.setdefault(fault.row, []).append(fault.reason)
    lines: list[Sequence[object]] = [(_("行号"), _("错误原因"), *loaded.rows[loaded.header_row])]
    for number, row in enumerate(loaded.rows[loaded.header_row + 1 :], start=loaded.header_row + 2):
        if number in wrong or any(map(reading.has, row)):
            lines.append((number, "；".join(wrong.get(number, [])), *row))
    return _book(_("错误"), lines)


def template_workbook() -> bytes:
    """An empty roster with its header and one example."""
    return _book(_("花名册"), [FORM, EXAMPLE])


def _book(title: str, lines: Sequence[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for line in lines:
        sheet.append([neutral(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
