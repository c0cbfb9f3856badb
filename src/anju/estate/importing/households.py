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
    """The people of one column. Its main phone column is dealt out one each when there are as many as names; else all
    phones are the first one's, as are those of further columns."""
    found = people.names(first(cells, names))
    main, *more = [people.numbers(cell) for cell in cells.get(phones, ())] or [[]]
    if (main or any(more)) and not found:
        raise Bad("NAME_MISSING", _("有电话没有姓名"))
    each = len(found) > 1 and len(found) == len(main)
    dealt = [[phone] for phone in main] if each else [main]
    for extra in more:
        dealt[0] = [*dealt[0], *extra]
    dealt += [[] for _nobody in range(len(found) - len(dealt))]
    return [
        Who(name, role, tuple(dict.fromkeys(mine)), share) for (name, share), mine in zip(found, dealt, strict=False)
    ]


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
    owned = any(one.role == Relation.OWNER for one in before.people)
    for one in record.people:
        key = text.fold(one.name)
        same = known.get(key)
        role = Relation.COOWNER if owned and one.role == Relation.OWNER else one.role
        phones = (*(same.phones if same else ()), *one.phones)
        known[key] = replace(same or replace(one, role=role), phones=tuple(dict.fromkeys(phones)))
    if tuple(known.values()) == before.people:
        message = _("房号 %(code)s 和第%(row)d行重复") % {"code": record.full_code, "row": before.row}
        raise Bad("ROOM_TWICE", message)
    return replace(before, people=tuple(known.values()), area_c=before.area_c or record.area_c)


def check_shares(record: Record) -> None:
    """Shares of owners make a whole when all have one, and less when some have none. Raises Bad SHARE_SUM."""
    owners = [one for one in record.people if one.role in OWNERS]
    total = sum((one.share for one in owners if one.share), Fraction(0))
    whole = all(one.share for one in owners)
    if total and ((total != 1) if whole else (total >= 1)):
        raise Bad("SHARE_SUM", _("份额加起来是%(total)s，应为1") % {"total": str(total)})
