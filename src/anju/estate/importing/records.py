"""From rows to records: one room each, with everything that is wrong said by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from anju.estate.choices import Relation
from anju.estate.importing import guarding, headers, parsing, reading
from anju.estate.importing.parsing import Bad
from anju.estate.importing.parts import Fault, Record, Who


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file read: its records, its faults, and its rows for the error workbook."""

    records: Sequence[Record]
    faults: Sequence[Fault]
    rows: Sequence[Sequence[object]]
    header_row: int


def load(data: bytes, name: str) -> Loaded:
    """Read a roster. Raises Refused when the file as a whole cannot be taken."""
    rows = reading.rows(data, guarding.check(data, name))
    header_row, columns = headers.find(rows)
    found: dict[str, Record] = {}
    faults: list[Fault] = []
    for index, row in enumerate(rows[header_row + 1 :], start=header_row + 2):
        if not _filled(row, columns):
            continue
        try:
            record = _record(index, {name: row[at] if at < len(row) else None for name, at in columns.items()})
            found[record.full_code] = _joined(found.get(record.full_code), record)
        except Bad as bad:
            faults.append(Fault(index, bad.code, bad.reason))
    return Loaded(list(found.values()), faults, rows, header_row)


def _filled(row: Sequence[object], columns: Mapping[str, int]) -> bool:
    """A row counts when it has more than what a merged building or unit cell lent it."""
    lent = ("building", "unit", "floor")
    return any(
        at < len(row) and row[at] is not None and str(row[at]).strip()
        for name, at in columns.items()
        if name not in lent
    )


def _record(index: int, cells: Mapping[str, object]) -> Record:
    building, unit, room = parsing.address(cells.get("building"), cells.get("unit"), cells.get("room"))
    label, ordinal = parsing.floor(cells.get("floor"))
    return Record(
        row=index,
        full_code=parsing.full_code(building, unit, room)[:56],
        building_no=building[:16],
        unit_no=unit[:16],
        room_no=room[:20],
        usage=parsing.usage(cells.get("usage"), room),
        floor_label=label,
        floor_ordinal=ordinal,
        area_c=parsing.area_c(cells.get("area")),
        people=tuple(_people(cells)),
    )


def _people(cells: Mapping[str, object]) -> list[Who]:
    owners = parsing.people_names(cells.get("owner"))
    phones = parsing.phone_numbers(cells.get("phone")) + parsing.phone_numbers(cells.get("phone2"))
    if phones and not owners:
        raise Bad("NAME_MISSING", _("有电话没有姓名"))
    share = parsing.share(cells.get("share"))
    found = [
        Who(name, Relation.COOWNER if number else Relation.OWNER, mine, share if not number else None)
        for number, (name, mine) in enumerate(_dealt(owners, phones))
    ]
    for role, names, numbers in (
        (Relation.COOWNER, "coowner", "cophone"),
        (Relation.TENANT, "tenant", "tenantphone"),
    ):
        others = parsing.people_names(cells.get(names))
        theirs = parsing.phone_numbers(cells.get(numbers))
        if theirs and not others:
            raise Bad("NAME_MISSING", _("有电话没有姓名"))
        found += [Who(name, role, mine) for name, mine in _dealt(others, theirs)]
    return found


def _dealt(names: Sequence[str], phones: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """One phone each when there are as many as names; else all belong to the first."""
    if len(names) > 1 and len(names) == len(phones):
        return [(name, (phone,)) for name, phone in zip(names, phones, strict=True)]
    return [(name, tuple(phones) if index == 0 else ()) for index, name in enumerate(names)]


def _joined(first: Record | None, record: Record) -> Record:
    """A second row of the same room adds people (merged cells); it may not contradict the first."""
    if first is None:
        return record
    if None not in (record.area_c, first.area_c) and record.area_c != first.area_c:
        message = _("房号 %(code)s 在第%(row)d行已有，面积不同") % {"code": record.full_code, "row": first.row}
        raise Bad("ROOM_TWICE", message)
    known = {(one.name, one.phones) for one in first.people}
    fresh = [one for one in record.people if (one.name, one.phones) not in known]
    if not fresh:
        raise Bad("ROOM_TWICE", _("房号 %(code)s 和第%(row)d行重复") % {"code": record.full_code, "row": first.row})
    return replace(first, people=(*first.people, *_after(first, fresh)), area_c=first.area_c or record.area_c)


def _after(first: Record, fresh: Sequence[Who]) -> list[Who]:
    """A further owner of a room that has one is a co-owner."""
    has_owner = any(one.role == Relation.OWNER for one in first.people)
    return [replace(one, role=Relation.COOWNER) if has_owner and one.role == Relation.OWNER else one for one in fresh]
