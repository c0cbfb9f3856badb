"""Which column is what, as a person decides it: the guess to begin with, and a few masked cells to judge it by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.core.errors import Refused
from anju.estate.importing import guarding, headers, reading
from anju.estate.importing.headers import Header
from anju.estate.importing.reading import Grid
from anju.estate.importing.showing import shown

FIELDS: Mapping[str, Any] = {
    "building": gettext_lazy("栋"),
    "unit": gettext_lazy("单元"),
    "room": gettext_lazy("房号"),
    "floor": gettext_lazy("楼层"),
    "area": gettext_lazy("面积"),
    "usage": gettext_lazy("用途"),
    "owner": gettext_lazy("业主姓名"),
    "phone": gettext_lazy("业主电话"),
    "coowner": gettext_lazy("共有人姓名"),
    "cophone": gettext_lazy("共有人电话"),
    "share": gettext_lazy("份额"),
    "tenant": gettext_lazy("租客姓名"),
    "tenantphone": gettext_lazy("租客电话"),
}
"""What a column may be, in the order people think of it."""
SAMPLES = 5
LOOK_IN = 30


@dataclass(frozen=True, slots=True)
class Matching:
    """The sheet and the row of the header (both from 0), and the columns of each field, the first called first."""

    sheet: int = 0
    row: int = 0
    columns: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def of(self, grids: Sequence[Grid]) -> tuple[Grid, Header]:
        """The table and its header. Raises Refused HEADER_MISSING, COLUMN_TWICE."""
        grid = self._grid(grids)
        return grid, headers.chosen(self.row, self.columns, [headers.plain(cell) for cell in grid.rows[self.row]])

    def _grid(self, grids: Sequence[Grid]) -> Grid:
        if not (0 <= self.sheet < len(grids) and 0 <= self.row < len(grids[self.sheet].rows)):
            raise Refused("HEADER_MISSING", _("这一行不在表里，请重新选择表头在第几行"))
        return grids[self.sheet]


@dataclass(frozen=True, slots=True)
class Column:
    """A column to match: where it stands, the word above it, what it is taken for, and a few cells, masked."""

    at: int
    word: str
    field: str
    samples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as the matching page shows it. `rows` counts those below the header that have anything in them."""

    matching: Matching
    sheets: Sequence[str]
    columns: Sequence[Column]
    rows: int


def guess(data: bytes, name: str) -> Matching:
    """How the file is most likely meant; without a header in words we know, its first row with two words.

    Raises Refused when the file as a whole cannot be taken.
    """
    grids = reading.grids(data, guarding.check(data, name))
    for sheet, grid in enumerate(grids):
        row = headers.best(grid.rows)
        if row is not None:
            return at(grids, sheet, row)
    return at(grids, 0, next((row for row, cells in enumerate(grids[0].rows) if _words(cells) > 1), 0))


def at(grids: Sequence[Grid], sheet: int, row: int) -> Matching:
    """The guess when the header stands there. Raises Refused HEADER_MISSING."""
    grid = Matching(sheet, row)._grid(grids)
    return Matching(sheet, row, headers.guessed([headers.plain(cell) for cell in grid.rows[row]]))


def moved(data: bytes, name: str, sheet: int, row: int) -> Matching:
    """The guess after somebody has said where the header stands. Raises Refused HEADER_MISSING."""
    return at(reading.grids(data, guarding.check(data, name)), sheet, row)


def table(data: bytes, name: str, matching: Matching) -> Table:
    """What the matching page shows."""
    grids = reading.grids(data, guarding.check(data, name))
    grid = matching._grid(grids)
    below = [row for row in grid.rows[matching.row + 1 :] if any(map(reading.has, row))]
    sheets = [one.name or str(number + 1) for number, one in enumerate(grids)]
    return Table(matching, sheets, _columns(matching, grid.rows[matching.row], below), len(below))


def _columns(matching: Matching, head: Sequence[object], below: Sequence[Sequence[object]]) -> list[Column]:
    """Those that have a word above them or anything in them."""
    meant = {column: name for name, columns in matching.columns.items() for column in columns}
    width = max(map(len, [head, *below[:LOOK_IN]]))
    columns = [_column(at, head, below, meant.get(at, "")) for at in range(width)]
    return [one for one in columns if one.word or one.samples]


def _column(at: int, head: Sequence[object], below: Iterable[Sequence[object]], meant: str) -> Column:
    word = headers.plain(head[at]) if at < len(head) else ""
    cells = (row[at] for row in below if at < len(row) and reading.has(row[at]))
    samples = [shown(cell, meant) for cell, _number in zip(cells, range(SAMPLES), strict=False)]
    return Column(at, word, meant, samples)


def _words(cells: Sequence[object]) -> int:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells)
