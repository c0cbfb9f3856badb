"""On the job: arrive, quote, wait, go on, finish (transitions e, h, i, j)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import actions as duty
from anju.files.models import File
from anju.tickets.actions import arriving, escalating, tasking, telling
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.actions.photos import attach
from anju.tickets.choices import ClockKind, QuoteState, Stage, Status, Type
from anju.tickets.models import Ticket
from anju.vault import masks

MIN_RESULT = 5


def start(
    ticket: Ticket, *, by: Scope, proof: Mapping[str, Any] | None = None, photo: File | None = None, **more: Any
) -> Ticket:
    """到场: proved as `arriving.proved` says; office work by a button (e)."""
    arriving.check_code(ticket, proof or {}, by=by)
    with opened(ticket, "start", by=by, **more) as case:
        _only_handler(case, by)
        _quote_settled(case)
        how = {"how": "button"} if case.ticket.leaf.arrival_min is None else arriving.proved(case, proof or {}, photo)
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
        tasking.close_all(case)
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
