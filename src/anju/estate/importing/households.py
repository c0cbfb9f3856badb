"""The people of a room: who has which phone, which role, which share."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from anju.core import text
from anju.estate.choices import Relation
from anju.estate.importing import people
from anju.estate.importing.parts import Record, Who
from anju.estate.numbering import Bad

OWNERS = (Relation.OWNER, Relation.COOWNER)
Cells = dict[str, tuple[object, ...]]


def of(cells: Cells) -> tuple[Who, ...]:
    """Everybody a row names: owner, further owners as co-owners, tenants."""
    owners = _group(cells, "owner", "phone", Relation.OWNER)
    owners = [replace(one, role=Relation.COOWNER) if number else one for number, one in enumerate(owners)]
    owners += _group(cells, "coowner", "cophone", Relation.COOWNER)
    tenants = _group(cells, "tenant", "tenantphone", Relation.TENANT)
    return (*_shared(owners, people.shares(first(cells, "share"))), *tenants)


def first(cells: Cells, name: str) -> object:
    """The cell of a field that has one column."""
    return cells[name][0] if cells.get(name) else None


def _group(cells: Cells, names: str, phones: str, role: str) -> list[Who]:
    """The people of one column with their phones."""
    found = people.names(first(cells, names))
    columns = [people.numbers(cell) for cell in cells.get(phones, ())]
    if any(columns) and not found:
        raise Bad("NAME_MISSING", _("有电话没有姓名"))
    theirs = _dealt(len(found), columns)
    return [Who(name, role, mine, share) for (name, share), mine in zip(found, theirs, strict=True)]


def _dealt(heads: int, columns: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The phones of each of so many people: of the main column one each when there are as many, else all are the first
    one's, as are those of further columns."""
    main = columns[0] if columns else ()
    each = 1 < heads == len(main)
    others = [(phone,) for phone in main[1:]] if each else [()] * (heads - 1)
    mine = [*(main[:1] if each else main), *(phone for column in columns[1:] for phone in column)]
    return [tuple(dict.fromkeys(mine)), *others][:heads]


def _shared(owners: list[Who], shares: Sequence[Fraction]) -> list[Who]:
    """Shares one by one, or one for all when together they make a whole; a single one is the owner's own."""
    if not shares:
        return owners
    if len(shares) == 1 and shares[0] * len(owners) == 1:
        shares = [shares[0]] * len(owners)
    if len(shares) not in (1, len(owners)) or not owners:
        raise Bad("SHARE_COUNT", _("份额的个数和产权人的个数不一致"))
    return [replace(one, share=share) for one, share in zip(owners, shares, strict=False)] + owners[len(shares) :]


def joined(before: Record, record: Record) -> Record:
    """A second row of the same room adds people and phones; it may not contradict the first. Raises Bad ROOM_TWICE."""
    if None not in (record.area_c, before.area_c) and record.area_c != before.area_c:
        message = _("房号 %(code)s 在第%(row)d行已有，面积不同") % {"code": record.full_code, "row": before.row}
        raise Bad("ROOM_TWICE", message)
    known = {text.fold(one.name): one for one in before.people}
    for one in record.people:
        key = text.fold(one.name)
        known[key] = _more(known[key], one) if key in known else _beside(before, one)
    if tuple(known.values()) == before.people:
        message = _("房号 %(code)s 和第%(row)d行重复") % {"code": record.full_code, "row": before.row}
        raise Bad("ROOM_TWICE", message)
    return replace(before, people=tuple(known.values()), area_c=before.area_c or record.area_c)


def _more(known: Who, one: Who) -> Who:
    """The same name again in one room is the same person, with what the second row adds."""
    return replace(known, phones=tuple(dict.fromkeys((*known.phones, *one.phones))), share=known.share or one.share)


def _beside(before: Record, one: Who) -> Who:
    """Somebody new in a room; a further owner of one that has an owner is a co-owner."""
    owned = one.role == Relation.OWNER and any(who.role == Relation.OWNER for who in before.people)
    return replace(one, role=Relation.COOWNER) if owned else one


def check_shares(record: Record) -> None:
    """Shares of owners make a whole when all have one, and less when some have none. Raises Bad SHARE_SUM."""
    owners = [one for one in record.people if one.role in OWNERS]
    total = sum((one.share for one in owners if one.share), Fraction(0))
    whole = all(one.share for one in owners)
    if total and ((total != 1) if whole else (total >= 1)):
        raise Bad("SHARE_SUM", _("份额加起来是%(total)s，应为1") % {"total": str(total)})
