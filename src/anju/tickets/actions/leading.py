"""Leaders' steps: escalate by hand, file a plan, hand over to another department, rule (q, R20.4–R20.6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.choices import Dept
from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.tickets.actions import escalating, telling, waking
from anju.tickets.actions.accepting import reason_required
from anju.tickets.actions.case import Case
from anju.tickets.actions.opening import conflict, opened
from anju.tickets.choices import ClockKind, HandoffState
from anju.tickets.models import Handoff, Ticket
from anju.tickets.rules.dispatch import holding, leader
from anju.vault import masks

LONGEST_PLAN = timedelta(days=7)
MORNING = time(9)
MOST_ORG = 12
BETWEEN_DEPTS = timedelta(hours=4)


def escalate(ticket: Ticket, *, by: Scope, reason: str, to_level: int = 1, summary: str = "", **more: Any) -> Ticket:
    """升级 by an agent before the clock does it: level 1 to the supervisor, 2 to the PM, 3 to the company (q)."""
    wording = text.clean(reason)
    if not wording:
        raise reason_required()
    if to_level not in (1, 2, 3):
        raise Refused("LEVEL_UNKNOWN", _("没有这个级别"), fields={"to_level": _("没有这个级别")})
    with opened(ticket, "escalate", by=by, **more) as case:
        if to_level <= case.ticket.level:
            raise Refused("LEVEL_REACHED", _("已经升级到这一级"), status=409)
        case.event("escalate_asked", note="\n".join(filter(None, (wording, text.clean(summary)))), level=to_level)
        case.drop(ClockKind.ESC24, ClockKind.PLAN, ClockKind.COMPANY)
        for level, step in ((1, escalating.to_supervisor), (2, escalating.to_manager), (3, escalating.to_company)):
            if level == to_level:
                step(case)
    return ticket


def plan(ticket: Ticket, *, by: Scope, plan_due_at: datetime, reason: str = "", **more: Any) -> Ticket:
    """The supervisor files a plan of at most seven days; the owner is told (T104); late, it goes to the PM."""
    wording = text.one_line(reason) or str(_("需要安排施工"))
    with opened(ticket, "plan", by=by, **more) as case:
        if not case.now < plan_due_at <= case.now + LONGEST_PLAN:
            message = _("方案完成时间要在7天以内")
            raise Refused("PLAN_TOO_LONG", message, fields={"plan_due_at": message})
        case.ticket.plan_due_at = plan_due_at
        case.event("plan", note=wording, visible=True, due=plan_due_at.isoformat())
        if case.ticket.level == 1:  # from level 2 on the PM has it, with a plan or without
            case.start(ClockKind.PLAN, plan_due_at - case.now)
        telling.reporter(case, "T104", reason=wording, eta=telling.moment(plan_due_at))
    return ticket


def offer(ticket: Ticket, *, by: Scope, dept: str, reason: str, leaf: str = "", **more: Any) -> Ticket:
    """转接: offered to another department, which answers in 15 minutes (P0 3); until then nothing moves (R20.4)."""
    wording = text.clean(reason)
    if not wording:
        message = _("请说明为什么转给他们")
        raise Refused("HANDOFF_REASON_REQUIRED", message, fields={"reason": message})
    if dept not in Dept.values:
        raise Refused("DEPT_UNKNOWN", _("没有这个部门"), fields={"dept": _("没有这个部门")})
    if leaf and leaf not in understanding.leaves():
        raise Refused("LEAF_UNKNOWN", _("没有这个类别"), fields={"leaf": _("没有这个类别")})
    with opened(ticket, "offer", by=by, **more) as case:
        row = case.ticket
        _unlocked(case)
        if dept == row.lead_dept:
            raise Refused("SAME_DEPT", _("已经在这个部门"), fields={"dept": _("已经在这个部门")})
        if row.handoffs.filter(state=HandoffState.OFFERED).exists():
            raise Refused("HANDOFF_WAITING", _("已转给别的部门，等对方答复"), status=409)
        had_it = _had(case, dept)
        waiting = case.start(ClockKind.HANDOFF, _answer_in(case))
        made = Handoff.objects.create(
            ticket=row,
            seq=row.handoffs.count() + 1,
            from_dept=row.lead_dept,
            to_dept=dept,
            leaf_code=leaf,
            offered_by_id=by.staff_id,
            offered_at=case.now,
            due_at=waiting.deadline or case.now,
        )
        case.event("offer", note=wording, dept=dept, before=row.lead_dept)
        if had_it or _too_often(case):
            escalating.lock(case)
        else:
            label = str(Dept(row.lead_dept).label)
            telling.staff(case, [leader(case.bench.workers, dept)], "T213", dept=label, eta=telling.moment(made.due_at))
    return ticket


def _too_often(case: Case) -> bool:
    """Three hand-offs, or more than four hours between departments (R20.5 a, d)."""
    return (
        case.ticket.handoff_count >= case.bench.setting("handoff.lock_count")
        or escalating.offered_for(case) > BETWEEN_DEPTS
    )


def _answer_in(case: Case) -> timedelta:
    """15 minutes, an emergency 3; outside the service hours P2 and P3 wait until nine in the morning (R20.4)."""
    if case.ticket.prio == "P0":
        return case.bench.span("handoff.ack_p0_min")
    if case.ticket.prio == "P1" or _in_service(case):
        return case.bench.span("handoff.ack_min")
    nine = clock.on(clock.local(case.now).date(), MORNING)
    return nine + timedelta(days=nine <= case.now) - case.now


def _in_service(case: Case) -> bool:
    begin, end = map(time.fromisoformat, case.bench.setting("service.hours").split("-"))
    return begin <= clock.local(case.now).time() <= end


def _had(case: Case, dept: str) -> bool:
    """Back to a department that had it before: A→B→A (R20.5 b)."""
    moved = (HandoffState.ACCEPTED, HandoffState.EXPIRED_ACCEPT)
    return case.ticket.handoffs.filter(from_dept=dept, state__in=moved).exists()


def _unlocked(case: Case) -> None:
    if case.ticket.locked_at is not None:
        raise Refused("HANDOFF_LOCKED", _("流转已锁定，由项目经理裁定，不能再转"), status=409)


def _open_offer(case: Case, by: Scope) -> Handoff:
    row = case.ticket.handoffs.filter(state=HandoffState.OFFERED).order_by("-seq").first()
    if row is None:
        raise Refused("STATE_CONFLICT", _("没有等待答复的转接"), status=409)
    own = by.depts.get(case.ticket.community_id) == row.to_dept
    if not own and not by.has(case.ticket.community_id, "PM", "DM"):
        raise Refused("NOT_ALLOWED", _("请由接收部门答复"), status=403)
    return row


def receive(ticket: Ticket, *, by: Scope, **more: Any) -> Ticket:
    """接收: the other department has it from now on."""
    with opened(ticket, "receive", by=by, **more) as case:
        _unlocked(case)
        row = _open_offer(case, by)
        row.state, row.decided_at = HandoffState.ACCEPTED, case.now
        row.save(update_fields=["state", "decided_at"])
        case.meet(ClockKind.HANDOFF)
        escalating.move_to_dept(case, row.to_dept, row.leaf_code)
        waking.catch_up(case)  # a new kind may be late already
    return ticket


def refuse(ticket: Ticket, *, by: Scope, reason: str, evidence: str = "", **more: Any) -> Ticket:
    """退回转接: once per department, with evidence; the sender keeps responsibility (R20.4)."""
    wording, proof = text.clean(reason), text.clean(evidence)
    if not wording:
        raise reason_required()
    if not proof:
        message = _("请附证据：照片或类别依据")
        raise Refused("REJECT_EVIDENCE_REQUIRED", message, fields={"evidence": message})
    with opened(ticket, "refuse", by=by, **more) as case:
        _unlocked(case)
        row = _open_offer(case, by)
        rejected = case.ticket.handoffs.filter(state=HandoffState.REJECTED)
        if rejected.filter(to_dept=row.to_dept).exists():
            raise Refused("REJECT_TWICE", _("每个部门只能退回一次"), status=409)
        row.state, row.decided_at = HandoffState.REJECTED, case.now
        row.save(update_fields=["state", "decided_at"])
        case.meet(ClockKind.HANDOFF)
        case.event("refuse", note=f"{wording}\n{proof}", dept=row.to_dept)
        telling.staff(
            case,
            holding(case.bench.workers, "CSS"),
            "T213",
            dept=str(Dept(row.to_dept).label),
            eta=telling.moment(case.now + timedelta(minutes=30)),
        )
        if rejected.count() >= 2 or escalating.offered_for(case) > BETWEEN_DEPTS:
            escalating.lock(case)
    return ticket


def rule(
    ticket: Ticket,
    *,
    by: Scope,
    lead: str,
    co: Sequence[str] = (),
    subtasks: Sequence[Mapping[str, Any]] = (),
    ruling_text: str = "",
    **more: Any,
) -> Ticket:
    """裁定 by the project manager, at night the duty manager: who leads, who helps, one date (R20.5)."""
    if lead not in Dept.values or any(one not in Dept.values for one in co):
        raise Refused("DEPT_UNKNOWN", _("没有这个部门"), fields={"lead": _("没有这个部门")})
    with opened(ticket, "rule", by=by, **more) as case:
        if case.ticket.locked_at is None:
            raise Refused("NOT_LOCKED", _("这一单没有锁定，不用裁定"), status=409)
        if case.ticket.ruling:  # final for this ticket
            raise conflict(case.ticket)
        wording = text.clean(ruling_text)
        if wording:
            case.event("note", note=wording)
        escalating.rule(case, lead=lead, co=list(co), subtasks=[_plain(one) for one in subtasks])
    return ticket


def _plain(task: Mapping[str, Any]) -> dict[str, Any]:
    """A task, without what would be somebody's: neither its column nor the entry is sealed."""
    return {name: masks.mask_text(value) if isinstance(value, str) else value for name, value in task.items()}


def refer(ticket: Ticket, *, by: Scope, org: str, **more: Any) -> Ticket:
    """转报: it is the matter of an outside body (utility, developer); the reporter is told who (T111) and the ticket
    stays open with us, who follow until it is answered (domain files 04 and 20)."""
    body = text.one_line(org)
    if not body:
        message = _("请填写由谁负责")
        raise Refused("ORG_REQUIRED", message, fields={"org": message})
    with opened(ticket, "refer", by=by, **more) as case:
        case.event("refer", visible=True, org=body[:MOST_ORG])
        telling.reporter(case, "T111", item=case.ticket.leaf.short, org=body[:MOST_ORG])
    return ticket


def first_contact(ticket: Ticket, *, by: Scope, to: Staff, reason: str, **more: Any) -> Ticket:
    """首问: quality finds who was told first and did not record it. He is the first contact from now on, and the
    breach of R20.1 is in the story (AT20.1)."""
    wording = text.clean(reason)
    if not wording:
        raise reason_required()
    with opened(ticket, "first_contact", by=by, **more) as case:
        before = case.ticket.first_contact_id
        case.ticket.first_contact_id = to.id
        case.event("first_contact", note=wording, staff=to.id, before=before, breach="R20.1")
    return ticket
