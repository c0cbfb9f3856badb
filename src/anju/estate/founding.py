"""The public places of a new community, from what its rooms say, each with its code."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.actions import asset, label_of, place
from anju.estate.choices import AssetKind, PlaceKind, Usage
from anju.estate.models import Asset, Community, Place, Room
from anju.journal import actions as journal

OUTSIDE = (Usage.PARKING, Usage.STORAGE)


@transaction.atomic
def facts(row: Community, *, name: str, sign: str, hotline: str, address: str, by: Scope) -> None:
    """What a community is called and who answers there. Raises Refused NAME_MISSING, HOTLINE_MISSING."""
    given = {"name": name, "sign": sign, "hotline": hotline, "address": address}
    held = Community.objects.select_for_update().get(id=row.id)
    for field, value in given.items():
        setattr(held, field, text.one_line(value))
    missing = {"name": _("请填小区名称"), "hotline": _("请填业主打得通的电话")}
    wrong = {field: words for field, words in missing.items() if not getattr(held, field)}
    if wrong:
        raise Refused("FACTS_MISSING", next(iter(wrong.values())), fields=wrong)
    held.save(update_fields=list(given))
    journal.record("estate.facts_set", subject=("community", held.id), community_id=held.id, by=by)


@transaction.atomic
def usual_places(row: Community, *, by: Scope) -> int:
    """A place with a code for every building and unit of the register that has none yet; gives how many codes."""
    rooms = Room.objects.filter(community=row).exclude(building_no="").exclude(usage__in=OUTSIDE)
    known = {one.code: one for one in Place.objects.filter(community=row)}
    made = 0
    for room in rooms.order_by("full_code").only("building_no", "unit_no"):
        whole = _known(known, row, f"B{room.building_no}", Room(building_no=room.building_no), PlaceKind.BUILDING, None)
        if room.unit_no:
            code = f"B{room.building_no}-{room.unit_no}"
            _known(known, row, code, room, PlaceKind.UNIT, whole)
    for one in known.values():
        if one.kind in (PlaceKind.UNIT, PlaceKind.BUILDING) and not _divided(one, known) and not one.labels.exists():
            label_of(one)
            made += 1
    journal.record(
        "estate.places_made", subject=("community", row.id), community_id=row.id, by=by, data={"codes": made}
    )
    return made


def _known(known: dict[str, Place], row: Community, code: str, room: Room, kind: str, parent: Place | None) -> Place:
    code = code[:32]
    if code not in known:
        unit = room.unit_no if kind == PlaceKind.UNIT else ""
        known[code] = place(
            row, code, room.stairway[:40], kind, building_no=room.building_no, unit_no=unit, parent=parent
        )
    return known[code]


def _divided(one: Place, known: dict[str, Place]) -> bool:
    """A building whose units have codes of their own needs none."""
    return one.kind == PlaceKind.BUILDING and any(other.parent_id == one.id for other in known.values())


@transaction.atomic
def spot(row: Community, *, name: str, kind: str, at: Place | None, by: Scope) -> Place | Asset:
    """One more place, or an asset at a place, with its code. Raises Refused NAME_MISSING, KIND_UNKNOWN, PLACE_MISSING."""
    called = text.one_line(name)[:40]
    if not called:
        raise Refused("NAME_MISSING", _("请填名称"), fields={"name": _("请填名称")})
    if kind in AssetKind.values and kind != AssetKind.OTHER:
        if at is None:
            raise Refused("PLACE_MISSING", _("请选设备在哪里"), fields={"at": _("请选设备在哪里")})
        made: Place | Asset = asset(at, _free(row, Asset, "E"), called, kind)
    elif kind in PlaceKind.values:
        more = {"building_no": at.building_no, "unit_no": at.unit_no} if at else {}
        made = place(row, _free(row, Place, "P"), called, kind, parent=at, **more)
    else:
        raise Refused("KIND_UNKNOWN", _("没有这个种类"), fields={"kind": _("没有这个种类")})
    label_of(made)
    journal.record("estate.place_added", subject=("community", row.id), community_id=row.id, by=by)
    return made


def _free(row: Community, table: type[Place] | type[Asset], letter: str) -> str:
    """The next free number of our own."""
    Community.objects.select_for_update().get(id=row.id)
    taken = set(table.objects.filter(community=row, code__startswith=f"{letter}-").values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := f"{letter}-{number:03}") not in taken)
