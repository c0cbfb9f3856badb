"""Offering, taking, declining, giving back, passing on (transitions b, c, d, f, g)."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from anju.accounts import actions as accounts
from anju.accounts.models import Staff
from anju.accounts.rules import Worker
from anju.core import clock as clocks
from anju.core import text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import actions as duty
from anju.files.models import File
from anju.journal.models import Entry
from anju.notify import actions as notify
from anju.tickets.actions import choosing, telling
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.bench import title
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.actions.photos import attach
from anju.tickets.choices import ClockKind, DeclineReason, Stage, Status
from anju.tickets.models import Ticket
from anju.tickets.rules import dispatch as rules

DECLINES_A_DAY = 3
MOST_MINUTES = 30 * 24 * 60


def dispatch(ticket: Ticket, *, by: Scope, to: Staff | None = None, **more: Any) -> Ticket:
    """派单 to somebody on duty with the skill and certificate; without `to` the rules choose (b). When there is nobody
    the supervisor is told, which stands although the step is refused."""
    with opened(ticket, "dispatch", by=by, **more) as case:
        nobody = to is None and not _offer_to_best(case)
        if nobody:
            choosing.queue(case)
        elif to is not None:
            worker = _checked(case, to)
            choosing.offer(case, worker, by=by, why={"name": worker.name, "by_hand": True})
    if nobody:
        raise Refused("NO_CANDIDATE", _("现在没有合适的人在岗，已提醒主管"), status=409, stands=True)
    return ticket


def _offer_to_best(case: Case) -> bool:
    found = choosing.best(case)
    if not found:
        return choosing.offer_vendor(case)
    choosing.offer(case, found[0].worker, by=case.by, why=found[0].why() | {"others": len(found) - 1})
    return True


OBJECTIONS = {
    "OTHER_DEPT": _("他不在牵头部门，跨部门请用转接"),
    "NOT_ON_DUTY": _("他现在不在岗"),
    "SKILL_MISSING": _("他没有这类活的技能"),
    "CERT_REQUIRED": _("未取得上岗资格，不能接单"),
}


def _checked(case: Case, to: Staff) -> Worker:
    worker = case.bench.by_id.get(to.id)
    if worker is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), fields={"to": _("本小区没有这个人")})
    code = rules.objection(choosing.job(case), worker)
    if code:
        raise Refused(code, OBJECTIONS[code], fields={"to": OBJECTIONS[code]})
    return worker


def take(ticket: Ticket, *, by: Scope, eta: datetime | int | None = None, **more: Any) -> Ticket:
    """接单 with the time of arrival (an instant, or minutes from now); the first of two wins (c)."""
    with opened(ticket, "take", by=by, **more) as case:
        row = case.ticket
        worker = case.bench.by_id.get(by.staff_id or 0)
        if worker is None or not _may_take(case, worker):
            raise Refused("NOT_OFFERED", _("这一单没有派给您"), status=403)
        arrival = _arrival(case, eta)
        row.handler_id, row.promised_at, row.co_offer_id = worker.staff_id, arrival, None
        case.event("take", to=Status.TAKEN, visible=True, eta=arrival.isoformat())
        case.meet(ClockKind.ACCEPT, ClockKind.RESP)
        notify.read(row.subject, ("staff", worker.staff_id))
        duty.taken(row.subject, worker.staff_id, arrival)
        case.answer_for(worker.staff_id, "TAKE")
        accounts.note_job(worker.staff_id, row.community_id, case.now)
        telling.reporter(case, "T102", who=title(worker), eta=telling.moment(arrival))
    return ticket


def _may_take(case: Case, worker: Worker) -> bool:
    """The one it is offered to, the vendor offered in parallel, or a colleague who could have been offered it."""
    if worker.staff_id in (case.ticket.handler_id, case.ticket.co_offer_id):
        return True
    return not rules.objection(choosing.job(case), worker)


def _arrival(case: Case, eta: datetime | int | None) -> datetime:
    if eta is None:
        raise Refused("ETA_REQUIRED", _("请填写预计到达时间"), fields={"eta": _("请填写预计到达时间")})
    if isinstance(eta, int):  # nobody's minutes are counted beyond what a date can hold
        eta = case.now + timedelta(minutes=min(max(eta, -1), MOST_MINUTES + 1))
    arrival = eta
    if arrival < case.now or arrival > case.now + timedelta(minutes=MOST_MINUTES):
        raise Refused("ETA_PAST", _("预计到达时间不对"), fields={"eta": _("预计到达时间不对")})
    return arrival


def decline(ticket: Ticket, *, by: Scope, reason: str, **more: Any) -> Ticket:
    """拒单 with a reason of the list; the next candidate is asked, three a day go to the supervisor (d). Where the
    vendor was asked in parallel the offer to the other one stands."""
    chosen = _reason(reason)
    with opened(ticket, "decline", by=by, **more) as case:
        row = case.ticket
        if by.staff_id not in (row.handler_id, row.co_offer_id):
            raise Refused("NOT_OFFERED", _("这一单没有派给您"), status=403)
        choosing.pass_by(case, by.staff_id)
        if _declines_today(case, by) + 1 >= DECLINES_A_DAY:
            chief = rules.leader(case.bench.workers, row.lead_dept)
            telling.staff(case, [chief], "T203", who=telling.name_of(case, by.staff_id))
        if by.staff_id == row.co_offer_id:
            row.co_offer_id = None
            case.event("decline", reason=chosen.value)
            return ticket
        asked_too, row.handler_id, row.co_offer_id = row.co_offer_id, None, None
        case.event("decline", to=Status.ACCEPTED, reason=chosen.value)
        case.drop(ClockKind.ACCEPT)
        choosing.dispatch_by_rules(case)
        if asked_too and row.status == Status.ACCEPTED:
            choosing.offer_vendor(case)
    return ticket


def _reason(reason: str) -> DeclineReason:
    for one in DeclineReason:
        if reason.strip() in (one.value, one.label):
            return one
    if not reason.strip():
        raise reason_required()
    message = _("请从列表里选原因：不在岗、技能不符、在途")
    raise Refused("REASON_REQUIRED", message, fields={"reason": message})


def _declines_today(case: Case, by: Scope) -> int:
    return Entry.objects.filter(
        verb="tickets.decline", actor_kind="staff", actor_id=by.staff_id, at__gte=clocks.day_start(case.now)
    ).count()


def give_back(ticket: Ticket, *, by: Scope, reason: str, photos: list[File] | None = None, **more: Any) -> Ticket:
    """退回: with a reason, and a photo once on site; never a P0. What RED has counted stays counted (f, R1.2)."""
    wording = text.clean(reason)
    with opened(ticket, "return", by=by, **more) as case:
        row = case.ticket
        if row.handler_id != by.staff_id:
            raise Refused("NOT_YOURS", _("这一单不在您手上"), status=403)
        if row.prio == "P0":
            raise Refused("P0_NO_RETURN", _("紧急工单不能退回，请联系主管"), status=409)
        if not wording:
            raise reason_required()
        if row.status == Status.IN_PROGRESS and not photos:
            raise Refused("PHOTO_REQUIRED", _("请拍至少1张现场照片"), fields={"photos": _("请拍至少1张现场照片")})
        attach(case, photos or [], Stage.PROOF)
        choosing.pass_by(case, by.staff_id)
        row.handoff_count += 1
        row.handler_id = row.promised_at = None
        case.event("return", to=Status.ACCEPTED, note=wording)
        case.answer_for(_keeper(case), "RETURN")
        choosing.dispatch_by_rules(case)
    return ticket


def transfer(ticket: Ticket, *, by: Scope, to: Staff, **more: Any) -> Ticket:
    """转派 inside the department; another department is offered it instead (g, R20.4)."""
    with opened(ticket, "transfer", by=by, **more) as case:
        row = case.ticket
        if to.id == row.handler_id:
            raise Refused("SAME_HANDLER", _("已经在他手上"), fields={"to": _("已经在他手上")})
        worker = _checked(case, to)
        case.drop(ClockKind.ACCEPT)
        row.promised_at = None
        choosing.offer(case, worker, by=by, why={"name": worker.name, "by_hand": True}, verb="transfer")
        case.answer_for(_keeper(case), "TRANSFER")
    return ticket


def _keeper(case: Case) -> int | None:
    """Who answers until somebody takes it: the agent who accepted it, else the one on duty."""
    story = Entry.objects.filter(subject_type="ticket", subject_id=case.ticket.id, verb="tickets.accept")
    accepted = story.order_by("-seq").first()
    staff_id = accepted.data.get("staff") if accepted else None
    if staff_id in case.bench.by_id:
        return int(staff_id)
    on_duty = rules.desk(case.bench.workers)
    return on_duty.staff_id if on_duty else None
