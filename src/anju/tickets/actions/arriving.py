"""Being there: proved by the code at the place, the resident's four digits, position or a photo (R2.7, transition e)."""

import hmac
import math
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.core import text
from anju.core.errors import Refused
from anju.core.geo import distance_m
from anju.core.scope import Scope
from anju.estate import queries as estate
from anju.estate.models import Label, Place, Room
from anju.files.models import File
from anju.tickets.actions.case import Case
from anju.tickets.actions.photos import attach
from anju.tickets.choices import Stage
from anju.tickets.models import Ticket
from anju.tickets.queries.arriving import code_of

COMMUNITY_RADIUS_M = 500
CODE_TRIES = 5


def check_code(ticket: Ticket, proof: Mapping[str, Any], *, by: Scope) -> None:
    """Count the handler's try of the resident's code; after five wrong ones it is no proof any more.

    A wrong try counts whatever becomes of the step. Raises Refused ARRIVAL_CODE_WRONG, ARRIVAL_CODE_TRIES (429).
    """
    if not proof.get("code") or proof.get("qr"):
        return
    mine = Ticket.objects.filter(id=ticket.id, handler_id=by.staff_id)
    with transaction.atomic():
        left = mine.filter(code_tries__lt=CODE_TRIES).update(code_tries=F("code_tries") + 1)
        if left and _is_code(ticket, proof):
            mine.update(code_tries=F("code_tries") - 1)
            return
    if left:
        raise _wrong(stands=True)
    if mine.exists():
        message = _("到场码已试5次，请改用扫码、定位或照片")
        raise Refused("ARRIVAL_CODE_TRIES", message, status=429, fields={"proof": message})


def _is_code(ticket: Ticket, proof: Mapping[str, Any]) -> bool:
    return hmac.compare_digest(text.fold(str(proof["code"])).encode(), code_of(ticket).encode())


def _wrong(*, stands: bool = False) -> Refused:
    message = _("到场码不对，请再问一次业主")
    return Refused("ARRIVAL_CODE_WRONG", message, fields={"proof": message}, stands=stands)


def proved(case: Case, proof: Mapping[str, Any], photo: File | None) -> dict[str, Any]:
    """By the code at the place, the resident's code (looked at by `check_code` before), position, or a photo."""
    if photo is not None:
        attach(case, [photo], Stage.BEFORE)
    if proof.get("qr"):
        return _by_label(case, str(proof["qr"]))
    if proof.get("code"):
        if not _is_code(case.ticket, proof):
            raise _wrong()
        return {"how": "code"}
    if proof.get("geo"):
        return _by_position(case, proof["geo"])
    if photo is not None:
        return {"how": "photo", "to_confirm": True}
    message = _("请扫现场二维码，或填业主的到场码，或定位，或拍一张现场照片")
    raise Refused("PROOF_REQUIRED", message, fields={"proof": message})


def _by_label(case: Case, scanned: str) -> dict[str, Any]:
    ticket = case.ticket
    label = estate.label(scanned)
    if label is None:
        raise Refused("QR_INVALID", _("二维码无效或已停用"), fields={"proof": _("二维码无效或已停用")})
    if label.community_id != ticket.community_id:
        raise Refused("QR_OTHER_COMMUNITY", _("这是别的小区的二维码"), fields={"proof": _("这是别的小区的二维码")})
    if not _is_there(ticket, label):
        message = _("这张码不是这一单的地点，请扫现场的码")
        raise Refused("QR_OTHER_PLACE", message, fields={"proof": message})
    return {"how": "qr", "label": label.code}


def _is_there(ticket: Ticket, label: Label) -> bool:
    """The code hangs at the ticket's asset, place or stairway; a ticket without any place takes every code."""
    place = label.place or (label.asset.place if label.asset else None)
    if place is None or (ticket.room_id is None and ticket.place_id is None):
        return ticket.room_id is None
    if label.asset_id is not None and label.asset_id == ticket.asset_id:
        return True
    return place.id == ticket.place_id or _at_stairs(ticket.room, place)


def _at_stairs(room: Room | None, place: Place) -> bool:
    return room is not None and place.building_no == room.building_no and place.unit_no in ("", room.unit_no)


def _by_position(case: Case, geo: Mapping[str, Any]) -> dict[str, Any]:
    """Within the radius of the place, or of the community when the place has no position of its own."""
    lat, lng = _position(geo)
    place, community = case.ticket.place, case.bench.community
    center, radius_m = (community.lat, community.lng), COMMUNITY_RADIUS_M
    if place and place.lat is not None:
        center, radius_m = (place.lat, place.lng), place.radius_m
    if center[0] is None or center[1] is None:
        return {"how": "geo", "checked": False}
    away = distance_m(lat, lng, center[0], center[1])
    if away > radius_m:
        message = _("您离现场还有%(m)d米，到了再点") % {"m": round(away)}
        raise Refused("GEO_TOO_FAR", message, fields={"proof": message})
    return {"how": "geo", "checked": True, "away_m": round(away)}


def _position(geo: Mapping[str, Any]) -> tuple[float, float]:
    try:
        lat, lng = float(geo["lat"]), float(geo["lng"])
    except (KeyError, TypeError, ValueError):
        lat = lng = math.nan
    if not (abs(lat) <= 90 and abs(lng) <= 180):
        raise Refused("GEO_INVALID", _("定位没有取到，请再试或拍照"), fields={"proof": _("定位没有取到")})
    return lat, lng
