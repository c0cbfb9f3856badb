"""On the job: arrive, quote, wait, go on, finish (transitions e, h, i, j)."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anju.core import text
from anju.core.errors import Refused
from anju.core.geo import distance_m
from anju.core.scope import Scope
from anju.duty import actions as duty
from anju.estate import queries as estate
from anju.estate.models import Label, Place, Room
from anju.files.models import File
from anju.tickets.actions import escalating, telling
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.actions.photos import attach
from anju.tickets.choices import ClockKind, QuoteState, Stage, Status, Type
from anju.tickets.models import Ticket
from anju.vault import masks

MIN_RESULT = 5
COMMUNITY_RADIUS_M = 500


def start(
    ticket: Ticket, *, by: Scope, proof: Mapping[str, Any] | None = None, photo: File | None = None, **more: Any
) -> Ticket:
    """到场: proved by the code at the place, by position within its radius, or by a photo; office work by a button (e)."""
    with opened(ticket, "start", by=by, **more) as case:
        _only_handler(case, by)
        _quote_settled(case)
        how = {"how": "button"} if case.ticket.leaf.arrival_min is None else _arrival(case, proof or {}, photo)
        case.event("start", to=Status.IN_PROGRESS, visible=True, **how)
        case.meet(ClockKind.ARRIVE)
        duty.arrived(case.ticket.subject, by.staff_id)
        telling.reporter(case, "T103", who=telling.name_of(case, by.staff_id))
    return ticket


def _only_handler(case: Case, by: Scope) -> None:
    if by.staff_id != case.ticket.handler_id and not by.is_system:
        raise Refused("NOT_YOURS", _("这一单不在您手上"), status=403)


def _quote_settled(case: Case) -> None:
    last = case.ticket.quotes.order_by("-id").first()
    if last is not None and last.state != QuoteState.CONFIRMED:
        raise Refused("QUOTE_NOT_CONFIRMED", _("业主还没确认报价，确认后才能动手"), status=409)


def _arrival(case: Case, proof: Mapping[str, Any], photo: File | None) -> dict[str, Any]:
    if photo is not None:
        attach(case, [photo], Stage.BEFORE)
    if proof.get("qr"):
        return _by_code(case, str(proof["qr"]))
    if proof.get("geo"):
        return _by_position(case, proof["geo"])
    if photo is not None:
        return {"how": "photo", "to_confirm": True}
    message = _("请扫现场二维码，或定位，或拍一张现场照片")
    raise Refused("PROOF_REQUIRED", message, fields={"proof": message})


def _by_code(case: Case, scanned: str) -> dict[str, Any]:
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


def delay(ticket: Ticket, *, by: Scope, eta: datetime, reason: str, **more: Any) -> Ticket:
    """The promised time moves; the owner is told why and until when (T104)."""
    wording = text.one_line(reason)
    if not wording:
        raise reason_required()
    with opened(ticket, "delay", by=by, **more) as case:
        _only_handler(case, by)
        if eta <= case.now:
            raise Refused("ETA_PAST", _("预计时间不对"), fields={"eta": _("预计时间不对")})
        case.ticket.promised_at = eta
        case.event("delay", note=wording, visible=True, eta=eta.isoformat())
        telling.reporter(case, "T104", reason=wording, eta=telling.moment(eta))
    return ticket


def finish(
    ticket: Ticket,
    *,
    by: Scope,
    result: str,
    photos: Sequence[File] = (),
    parts: Sequence[Mapping[str, Any]] = (),
    **more: Any,
) -> Ticket:
    """完成: what was done in five characters or more, and a photo of the result for repairs (j)."""
    wording = text.clean(result)
    with opened(ticket, "finish", by=by, **more) as case:
        row = case.ticket
        _only_handler(case, by)
        if len(wording) < MIN_RESULT:
            message = _("请写清做了什么，至少5个字")
            raise Refused("RESULT_REQUIRED", message, fields={"result": message})
        has_after = photos or row.photos.filter(stage=Stage.AFTER, at__gte=row.status_since).exists()
        if row.type == Type.REPAIR and not has_after:
            raise Refused("PHOTO_REQUIRED", _("请拍至少1张修后照片"), fields={"photos": _("请拍至少1张修后照片")})
        _quote_settled(case)
        attach(case, photos, Stage.AFTER)
        row.result, case.wrote_result = wording, True
        row.parts = [_plain(part) for part in parts]
        escalating.withdraw(case)
        case.event("finish", to=Status.PENDING_ACCEPTANCE, note=wording, visible=True, photos=len(photos))
        case.start(ClockKind.AUTO_ACCEPT, case.bench.span("ticket.auto_accept_h"))
        telling.reporter(case, "T106")
    return ticket


def _plain(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part used, without what would be somebody's: this column is not sealed."""
    return {name: masks.mask_text(value) if isinstance(value, str) else value for name, value in part.items()}
