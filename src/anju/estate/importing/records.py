"""From rows to records: one room each, with everything that is wrong said by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.estate import numbering
from anju.estate.importing import cells, guarding, headers, households, people, reading
from anju.estate.importing.headers import Header
from anju.estate.importing.households import Cells, first
from anju.estate.importing.matching import Matching
from anju.estate.importing.parts import Fault, Record
from anju.estate.importing.reading import Grid
from anju.estate.numbering import Bad

_TOTAL = re.compile(r"(小计|合计|总计|共计)")
PLACES = ("building", "unit", "floor")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file read: its records, its faults, what deserves a look, and its rows for the error workbook."""

    records: Sequence[Record]
    faults: Sequence[Fault]
    rows: Sequence[Sequence[object]]
    header_row: int
    notes: Sequence[Fault] = ()


def load(data: bytes, name: str, matching: Matching | None = None) -> Loaded:
    """Read a roster, by the columns that somebody has matched or by those its header names.

    Raises Refused when the file as a whole cannot be taken.
    """
    grids = reading.grids(data, guarding.check(data, name))
    known = [matching.of(grids)] if matching else _known(grids)
    if not known:
        raise Refused("HEADER_MISSING", _("没有找到表头。第一行请写：栋、单元、房号、面积、业主姓名、联系电话"))
    grid, header = known[0]
    made = _Reading(grid, header)
    for index in range(header.row + 1, len(grid.rows)):
        if _counts(made, index):
            _take(made, index)
    for record in made.found.values():
        _check(made, record)
    if not made.found and not made.faults:
        raise Refused("FILE_EMPTY", _("表里只有表头，没有房屋"))
    faults = sorted(made.faults, key=lambda fault: fault.row)
    notes = [*_about(grid, header), *_others(known[1:]), *made.notes]
    return Loaded(list(made.found.values()), faults, grid.rows, header.row, notes)


def _known(grids: Sequence[Grid]) -> list[tuple[Grid, Header]]:
    return [(grid, header) for grid in grids if (header := headers.find(grid.rows))]


def _about(grid: Grid, header: Header) -> Iterator[Fault]:
    """What the header leaves open."""
    row = header.row + 1
    if "floor" not in header.columns:
        yield Fault(row, "FLOOR_MISSING", _("没有楼层一列：新房屋的楼层留空，顺序按1，不从房号猜"))
    if header.unread:
        yield Fault(row, "COLUMNS_LEFT", _("没有用到的列：%(words)s") % {"words": "、".join(header.unread)[:200]})
    width = max(map(len, grid.rows[header.row :]))
    head = grid.rows[header.row]
    bare = [column for column in range(width) if not (column < len(head) and reading.has(head[column]))]
    if any(reading.filled(line, bare) for line in grid.rows[header.row + 1 :]):
        yield Fault(row, "COLUMNS_LEFT", _("有内容的列没有表头，没有读"))


def _others(known: Sequence[tuple[Grid, Header]]) -> Iterator[Fault]:
    if known:
        words = "、".join(grid.name for grid, _header in known)[:200]
        yield Fault(0, "SHEETS_LEFT", _("只读了第一张花名册，没有读：%(words)s") % {"words": words})


@dataclass(slots=True)
class _Reading:
    """A table and what has been understood of it."""

    grid: Grid
    header: Header
    found: dict[str, Record] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def _counts(made: _Reading, index: int) -> bool:
    """A row counts when it has more than what merged cells lent it and than a place that heads a group; sums do not."""
    row = made.grid.rows[index]
    own = [
        column
        for name, columns in made.header.columns.items()
        if name not in PLACES
        for column in columns
        if (index, column) not in made.grid.lent
    ]
    begin = next((str(cell).strip() for cell in row if reading.has(cell)), "")
    return reading.filled(row, own) and not _TOTAL.match(begin)


def _take(made: _Reading, index: int) -> None:
    row = made.grid.rows[index]
    said: Cells = {
        name: tuple(row[at] if at < len(row) else None for at in columns)
        for name, columns in made.header.columns.items()
    }
    try:
        record = _record(index + 1, said)
        before = made.found.get(record.full_code)
        area = made.header.columns.get("area", (-1,))[0]
        if before is None and (index, area) in made.grid.lent and record.area_c is not None:
            raise Bad("AREA_MERGED", _("几间房合用一个面积单元格，请分开填"))
        made.found[record.full_code] = households.joined(before, record) if before else record
    except Bad as bad:
        made.faults.append(Fault(index + 1, bad.code, bad.reason))
        return
    made.notes += _noted(record, said)
    if before:
        reason = _("和第%(row)d行是同一间房，按共有人处理") % {"row": before.row}
        made.notes.append(Fault(index + 1, "ROOM_JOINED", reason))


def _record(row: int, said: Cells) -> Record:
    building, unit, room = (cells.words(first(said, name)) for name in ("building", "unit", "room"))
    address = numbering.address(building, unit, room)
    label, ordinal = cells.floor(first(said, "floor"))
    return Record(
        row=row,
        full_code=numbering.full_code(address),
        building_no=address[0],
        unit_no=address[1],
        room_no=address[2],
        usage=cells.usage(first(said, "usage")),
        floor_label=label,
        floor_ordinal=ordinal,
        area_c=cells.area_c(first(said, "area")),
        people=households.of(said),
    )


def _noted(record: Record, said: Cells) -> Iterator[Fault]:
    """What is taken, but not as it stands there."""
    if record.floor_label and record.floor_ordinal is None:
        yield Fault(
            record.row, "FLOOR_ORDER", _("楼层“%(floor)s”不知道第几层，顺序按1") % {"floor": record.floor_label}
        )
    if record.usage is None and cells.words(first(said, "usage")):
        yield Fault(record.row, "USAGE_UNKNOWN", _("用途看不懂，按房号判断"))
    phones = (cell for name in headers.MANY for cell in said.get(name, ()))
    if any(map(people.has_extension, phones)):
        yield Fault(record.row, "EXTENSION", _("分机号没有保存，只保存总机"))


def _check(made: _Reading, record: Record) -> None:
    try:
        households.check_shares(record)
    except Bad as bad:
        made.faults.append(Fault(record.row, bad.code, bad.reason))
