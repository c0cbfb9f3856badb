"""请假: asked for, decided; what it leaves open shows as a hole at once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import access, news
from anju.duty.choices import Decision, LeaveKind, TurnState
from anju.duty.models import Leave, Turn
from anju.estate.models import Community
from anju.journal import actions as journal

LONGEST = timedelta(days=400)


@transaction.atomic
def ask_leave(
    community: Community, *, staff: Staff, kind: str, begin_at: datetime, end_at: datetime, by: Scope
) -> Leave:
    """For oneself, or by those who make rosters for others (their entry is approved at once).

    Raises Refused LEAVE_INVALID, NOT_ALLOWED (403).
    """
    plans = access.plans(by, community.id)
    if by.staff_id != staff.id and not plans:
        raise Refused("NOT_ALLOWED", _("只能给自己请假"), status=403)
    if kind not in LeaveKind.values or not begin_at < end_at <= begin_at + LONGEST:
        raise Refused("LEAVE_INVALID", _("请假的类别或起止时间不对"), fields={"end_at": _("起止时间不对")})
    row = Leave.objects.create(community=community, staff=staff, kind=kind, begin_at=begin_at, end_at=end_at)
    _say(row, by)
    if by.staff_id != staff.id:
        _approve(row, by)
    return row


@transaction.atomic
def decide_leave(leave: Leave, *, approve: bool, by: Scope) -> Leave:
    """A leader decides, never about himself. Raises Refused DECIDED (409), NOT_ALLOWED (403)."""
    row = Leave.objects.select_for_update(of=("self",)).select_related("staff").get(id=leave.id)
    if not access.leads(by, row.community_id) or by.staff_id == row.staff_id:
        raise Refused("NOT_ALLOWED", _("由主管或值班经理审批，不能批自己的"), status=403)
    if row.state != Decision.ASKED:
        raise Refused("DECIDED", _("已经审批过"), status=409)
    if approve:
        _approve(row, by)
    else:
        row.state, row.decided_by_id = Decision.REFUSED, by.staff_id
        row.save(update_fields=["state", "decided_by"])
        _say(row, by)
    return row


def _approve(row: Leave, by: Scope) -> None:
    """Drafts in it go; what is published stays, is no longer covered, and waits for a stand-in."""
    row.state, row.decided_by_id = Decision.APPROVED, by.staff_id
    row.save(update_fields=["state", "decided_by"])
    if row.kind != LeaveKind.SHELTERED:
        drafts = Turn.objects.filter(staff=row.staff, state=TurnState.DRAFT)
        drafts.filter(begin_at__gte=row.begin_at, begin_at__lt=row.end_at).delete()
    _say(row, by)


def _say(row: Leave, by: Scope) -> None:
    data = {"staff": row.staff_id, "state": row.state, "kind": row.kind}
    journal.record(news.LEAVE, subject=("leave", row.id), community_id=row.community_id, by=by, data=data)
