"""What the calls about incidents share: where, which one, doing a thing once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from anju.api.calling import Call, staff_only
from anju.api.duty.asking import done
from anju.api.incidents import answers
from anju.api.schemas import Short, Strict
from anju.core.errors import Refused
from anju.estate import queries as estate
from anju.estate.models import Asset, Community, Place, Room
from anju.incidents import queries
from anju.incidents.models import Incident


@dataclass(frozen=True, slots=True)
class Where:
    """What is affected, and how residents read it."""

    name: str
    codes: list[str]
    areas: list[Mapping[str, str]]


def where(
    request: Call,
    community: Community,
    places: list[str],
    asset: Short | None = None,
    room: Short | None = None,
    building: str = "",
    unit: str = "",
) -> Where:
    """Places, an asset, a room's stairway, a building; the whole community without any of them."""
    things = _things(request, community, places, asset, room)
    areas: list[Mapping[str, str]] = [queries.area_of(one) for one in things]
    if building:
        areas.append({"building": building, "unit": unit})
        named = f"{building}栋{unit}单元" if unit else f"{building}栋"
    else:
        named = "、".join(one.stairway if isinstance(one, Room) else one.name for one in things)
    codes = [one.code for one in things if not isinstance(one, Room)]
    return Where(named or community.name, codes, areas)


def _things(
    request: Call, community: Community, places: list[str], asset: Short | None, room: Short | None
) -> list[Room | Place | Asset]:
    """The rows of these codes or names, in that order. Raises Refused PLACE_UNKNOWN, ASSET_UNKNOWN, ROOM_UNKNOWN."""
    found: list[Room | Place | Asset] = []
    for code in places:
        rows = estate.places(request.auth, community.id)
        one = rows.filter(code=code).first() or rows.filter(name=code).first()
        found.append(one or _unknown("place", _("没有这个地点")))
    if asset:
        held = estate.assets(request.auth, community.id).filter(code=asset).first()
        found.append(held or _unknown("asset", _("没有这台设备")))
    if room:
        home = estate.rooms(request.auth, community.id).filter(full_code=room).first()
        found.append(home or _unknown("room", _("没有这个房号")))
    return found


def _unknown(field: str, message: str) -> Place:
    raise Refused(f"{field.upper()}_UNKNOWN", message, fields={field: message})


def one(request: Call, no: str) -> Incident:
    """The incident of this number, for staff who may see incidents."""
    staff_only(request.auth, "incidents.see")
    return queries.by_no(request.auth, no)


def act(request: Call, body: Strict | None, work: Callable[[], Incident], status: int = 200) -> HttpResponse:
    """Do it once per key and show the whole incident."""
    return done(request, Incident, body, work, lambda row_id: show(request, row_id), status)


def show(request: Call, row_id: int) -> dict[str, object]:
    return answers.whole(queries.incidents(request.auth).get(id=row_id))
