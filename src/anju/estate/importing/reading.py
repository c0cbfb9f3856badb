"""Rows of a guarded file: merged cells filled, dates and numbers as text, CSV in the encodings of Chinese offices."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from anju.core.errors import Refused
from anju.estate.importing import headers, inspecting
from anju.estate.importing.inspecting import MAX_COLUMNS, MAX_ROWS, Cell, too_long

Rows = list[list[object]]


@dataclass(slots=True)
class Grid:
    """The cells of one table. `lent`: cells that have their value from a merged cell above."""

    name: str
    rows: Rows
    lent: set[Cell] = field(default_factory=set)


def grids(data: bytes, kind: str) -> list[Grid]:
    """Every visible table that has anything in it. Raises Refused FILE_TYPE, FILE_TOO_LONG, FILE_BOMB, FILE_EMPTY."""
    found = [grid for grid in ([Grid("", _csv(data))] if kind == "csv" else _xlsx(data)) if _cut(grid.rows)]
    if not found:
        raise Refused("FILE_EMPTY", _("表里没有内容"))
    return found


def has(cell: object) -> bool:
    """True when there is something in a cell."""
    return cell is not None and str(cell).strip() != ""


def _cut(rows: Rows) -> Rows:
    """Without blank rows at the end."""
    while rows and not any(map(has, rows[-1])):
        rows.pop()
    return rows


def _xlsx(data: bytes) -> list[Grid]:
    parts, names = inspecting.look(data), inspecting.targets(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        return [
            _sheet(book.get_sheet_by_name(name), parts[names[name]]) for name in visible if names.get(name) in parts
        ]
    except CalamineError as error:
        raise Refused("FILE_TYPE", _("文件打不开，请用Excel另存为.xlsx再试")) from error


def _sheet(sheet: CalamineSheet, seen: inspecting.Sheet) -> Grid:
    grid = Grid(sheet.name, [list(row) for row in sheet.to_python(skip_empty_area=False)])
    for (row, column), broken in seen.broken.items():
        while row >= len(grid.rows):
            grid.rows.append([])
        cells = grid.rows[row]
        cells += [None] * (column + 1 - len(cells))
        cells[column] = broken
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        _lend(grid, top, left, bottom)
    return grid


def _lend(grid: Grid, top: int, left: int, bottom: int) -> None:
    """A merged cell means the same for each of its rows; across columns (a title) only its first one."""
    if top >= len(grid.rows) or left >= len(grid.rows[top]):
        return
    for row in range(top + 1, min(bottom + 1, len(grid.rows))):
        if left < len(grid.rows[row]):
            grid.rows[row][left] = grid.rows[top][left]
            grid.lent.add((row, left))


def _csv(data: bytes) -> Rows:
    text = _decoded(data)
    try:
        separator = max(",;\t，；|", key=lambda one: _fields(text, one))
        return list(_lines(text, separator))
    except csv.Error as error:
        raise Refused("FILE_TYPE", _("CSV文件格式不对")) from error


def _fields(text: str, separator: str) -> int:
    """How many headers are seen when this separates the cells."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return max((headers.fields(line) for line, _number in zip(lines, range(headers.LOOK_IN), strict=False)), default=0)


def _lines(text: str, separator: str) -> Iterator[list[object]]:
    """Rows up to the last one with anything in it."""
    blank = 0
    for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
        if not any(line):
            blank += 1
            continue
        if number >= MAX_ROWS or (len(line) > MAX_COLUMNS and any(line[MAX_COLUMNS:])):
            raise too_long()
        yield from ([] for _row in range(blank))
        blank = 0
        yield list(line[:MAX_COLUMNS])


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("FILE_TYPE", _("文字编码认不出来，请另存为UTF-8的CSV"))


def filled(row: Sequence[object], columns: Sequence[int]) -> bool:
    """True when one of these columns of a row has something in it."""
    return any(column < len(row) and has(row[column]) for column in columns)
