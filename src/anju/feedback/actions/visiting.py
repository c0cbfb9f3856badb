"""Calling those who are not content, who complained, or who were in danger (R19.3, R19.4)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.feedback import access, news, rules
from anju.feedback.choices import RevisitReason, RevisitResult, RevisitState
from anju.feedback.models import Rating, Revisit
from anju.journal import actions as journal
from anju.tickets import actions as tickets
from anju.tickets.actions import telling
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import opened
from anju.tickets.choices import CloseCode, Status
from anju.tickets.models import Ticket

NEXT_TRY = timedelta(hours=24)


def visit_confirmed(ticket_id: int) -> Revisit | None:
    """A complaint or an emergency has been settled: somebody calls, whatever the stars."""
    row = Ticket.objects.filter(id=ticket_id, status=Status.PENDING_VISIT, master=None).first()
    reason = rules.must_visit(row.type, row.prio) if row else None
    if row is None or reason is None or _visited(row):
        return None
    return require(row, reason)


def sample(ticket: Ticket) -> Revisit | None:
    """One of those who are content is called too, unless this round of work has its call already."""
    return None if _visited(ticket) else require(ticket, RevisitReason.SAMPLE)


def _visited(row: Ticket) -> bool:
    """This round of work has its call already."""
    return Revisit.objects.filter(ticket=row, created_at__gte=row.status_since).exists()


@transaction.atomic
def require(ticket: Ticket, reason: RevisitReason) -> Revisit:
    """A call is owed within a day; but for a sample the ticket waits for it, and after low stars its reporter is told who
    calls (T118)."""
    found = Revisit.objects.select_for_update().filter(ticket=ticket, state=RevisitState.OPEN).first()
    low = reason == RevisitReason.LOW_STAR
    if found is not None and (found.reason == reason or not low):
        return found
    with opened(ticket, "note", by=SYSTEM) as case:
        within = case.bench.span("revisit.first_h")
        worker = rules.caller(case.bench.workers, case.ticket.handler_id)
        due_at = case.now + within
        row = found or Revisit(community_id=ticket.community_id, ticket=ticket, created_at=case.now, due_at=due_at)
        row.reason, row.due_at = reason, min(row.due_at, due_at)
        row.assignee_id = row.assignee_id or (worker.staff_id if worker else None)
        row.save()
        _hold_up(case, reason)
        if low:
            case.ticket.asked_at = case.now
            telling.reporter(case, "T118", who=telling.name_of(case, row.assignee_id))
    _record(news.DUE, row, SYSTEM, reason=reason.value, due=row.due_at.isoformat(), staff=row.assignee_id)
    return row


def _hold_up(case: Case, reason: RevisitReason) -> None:
    """The ticket is not closed before this call; a sample holds up nothing (R19.3)."""
    ticket = case.ticket
    if reason != RevisitReason.SAMPLE and not ticket.visit_due and ticket.status == Status.PENDING_VISIT:
        ticket.visit_due = True
        case.event("visit_due", by=SYSTEM, reason=reason.value)


@transaction.atomic
def assign(revisit: Revisit, *, to: Staff, by: Scope) -> Revisit:
    """Give the call to somebody else of QLT or CSS. Raises Refused REVISIT_SELF for the one who did the work."""
    row = _held(revisit, by)
    _not_by_handler(row, to.id)
    membership = to.memberships.filter(community_id=row.community_id).first()
    if membership is None or not set(membership.roles) & set(rules.CALLERS):
        raise Refused("NOT_ALLOWED", _("回访由品质专员或客服主管做"), fields={"to": _("回访由品质专员或客服主管做")})
    row.assignee = to
    row.save(update_fields=["assignee"])
    _record(news.ASSIGNED, row, by, staff=to.id)
    revisit.refresh_from_db()
    return row


@transaction.atomic
def record_visit(revisit: Revisit, *, result: str, by: Scope, note: str = "") -> Revisit:
    """What the call brought: content, the ticket is closed; still not content, work begins again; not reached, the
    call is tried on three different days and then given up with T114.

    Raises Refused RESULT_UNKNOWN, REVISIT_SELF, STATE_CONFLICT (409), NOT_ALLOWED (403).
    """
    if result not in RevisitResult:
        raise Refused("RESULT_UNKNOWN", _("请选回访结果"), fields={"result": _("请选回访结果")})
    wording = text.clean(note)[:1000]
    row = _held(revisit, by)
    _not_by_handler(row, by.staff_id)
    if result == RevisitResult.UNREACHED:
        row.attempts = [*row.attempts, {"at": clock.now().isoformat(), "staff": by.staff_id}]
        if not rules.tried_enough([_day(one["at"]) for one in row.attempts]):
            row.due_at = clock.now() + NEXT_TRY
            row.save()
            _record(news.TRIED, row, by, tries=len(row.attempts), note=wording)
            revisit.refresh_from_db()
            return row
    _finish(row, RevisitResult(result), by, wording)
    revisit.refresh_from_db()
    return row


def _day(at: str) -> date:
    return clock.local(datetime.fromisoformat(at)).date()


def _held(revisit: Revisit, by: Scope) -> Revisit:
    row = Revisit.objects.select_for_update(of=("self",)).select_related("ticket").get(id=revisit.id)
    if not access.may_visit(by, row.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if row.state != RevisitState.OPEN:
        raise Refused("STATE_CONFLICT", _("这次回访已经做完了"), status=409)
    return row


def _not_by_handler(row: Revisit, staff_id: int | None) -> None:
    if staff_id is not None and staff_id == row.ticket.handler_id:
        raise Refused("REVISIT_SELF", _("不能由处理人回访"), fields={"to": _("不能由处理人回访")})


def _finish(row: Revisit, result: RevisitResult, by: Scope, wording: str) -> None:
    row.result, row.note, row.state = result, wording, RevisitState.DONE
    row.done_at, row.done_by_id = clock.now(), by.staff_id
    row.save()
    _record(news.VISITED, row, by, result=result.value, note=wording)
    ticket = row.ticket
    if result == RevisitResult.UNREACHED:
        with opened(ticket, "note", by=SYSTEM) as case:
            telling.reporter(case, "T114")
    if ticket.status == Status.PENDING_VISIT:
        tickets.require_visit(ticket, needed=False, by=by)
        tickets.close(ticket, by=SYSTEM, code=_code(ticket, result))
    if result == RevisitResult.UNSATISFIED and ticket.status == Status.CLOSED:
        tickets.reopen(ticket, by=SYSTEM, reason=wording or str(_("回访时业主仍不满意")))


def _code(ticket: Ticket, result: RevisitResult) -> CloseCode:
    if Rating.objects.filter(ticket=ticket).exists():
        return CloseCode.RATED
    return CloseCode.UNREACHABLE if result == RevisitResult.UNREACHED else CloseCode.CHECKED


def _record(verb: str, row: Revisit, by: Scope, *, note: str = "", **data: object) -> None:
    journal.record(
        verb,
        subject=("revisit", row.id),
        community_id=row.community_id,
        by=by,
        data={"ticket": row.ticket_id, **data},
        note=note,
    )


def release(staff_id: int) -> int:
    """Somebody leaves: the calls he owes are nobody's until somebody takes them; gives how many."""
    return Revisit.objects.filter(assignee_id=staff_id, state=RevisitState.OPEN).update(assignee=None)
