"""Rows of a guarded file: merged cells filled, dates and numbers as text, CSV in the encodings of Chinese offices."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from anju.core.errors import Refused

MAX_ROWS = 50_000
MAX_COLUMNS = 100
Rows = list[list[object]]


def rows(data: bytes, kind: str) -> Rows:
    """All rows of the first sheet that has any. Raises Refused FILE_TYPE, FILE_TOO_LONG, FILE_EMPTY."""
    found = _csv(data) if kind == "csv" else _xlsx(data)
    while found and not any(_has(cell) for cell in found[-1]):
        found.pop()
    if not found:
        raise Refused("FILE_EMPTY", _("表里没有内容"))
    return found


def _has(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _xlsx(data: bytes) -> Rows:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = (_sheet(book.get_sheet_by_name(name)) for name in book.sheet_names)
        return next((cells for cells in found if cells), [])
    except CalamineError as error:
        raise Refused("FILE_TYPE", _("文件打不开，请用Excel另存为.xlsx再试")) from error


def _sheet(sheet: CalamineSheet) -> Rows:
    """The cells of a sheet, none when it is empty."""
    if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
        raise Refused("FILE_TOO_LONG", _("表太大：最多5万行、100列，请删掉空白区域"))
    cells: Rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    if not any(_has(cell) for row in cells for cell in row):
        return []
    _fill(cells, sheet.merged_cell_ranges or ())
    return cells


def _fill(cells: Rows, merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A merged cell means the same for each of its rows; across columns (a title) only its first one."""
    for (top, left), (bottom, _right) in merged:
        for row in range(top + 1, min(bottom + 1, len(cells))):
            if left < len(cells[top]) and left < len(cells[row]):
                cells[row][left] = cells[top][left]


def _csv(data: bytes) -> Rows:
    text = _decoded(data)
    head = text[:4000]
    separator = max(",;\t", key=head.count)
    try:
        found: Sequence[list[str]] = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        raise Refused("FILE_TYPE", _("CSV文件格式不对")) from error
    if len(found) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in found):
        raise Refused("FILE_TOO_LONG", _("表太大：最多5万行、100列，请删掉空白区域"))
    return [list(row) for row in found]


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("FILE_TYPE", _("文字编码认不出来，请另存为UTF-8的CSV"))
