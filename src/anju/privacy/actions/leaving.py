"""Somebody leaves (R16.6): open tickets move first, then every right ends in the same moment, the reminder is signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts import actions as accounts
from anju.accounts.access import allowed
from anju.accounts.models import Membership, Staff
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.feedback import actions as feedback
from anju.journal import actions as journal
from anju.privacy import news
from anju.privacy.actions import agreeing
from anju.tickets import actions as tickets
from anju.timers import actions as timers


@transaction.atomic
def leave(staff: Staff, *, by: Scope) -> int:
    """Gives how many tickets and calls were handed over. One transaction: nobody sees him without rights but with tickets.

    Raises Refused NOT_ALLOWED (403), LEAVE_SELF, STAFF_GONE (409).
    """
    homes = list(Membership.objects.filter(staff=staff).values_list("community_id", flat=True))
    if not by.is_system and not all(allowed(by, "accounts.leave", one) for one in homes):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if by.staff_id == staff.id:
        raise Refused("LEAVE_SELF", _("自己的离岗要由别人办理"))
    if not staff.is_active:
        raise Refused("STAFF_GONE", _("已经办理过离岗"), status=409)
    agreeing.signed_leaving(staff, by=by)
    accounts.leave(staff, by=by)
    moved = tickets.hand_over(staff.id, by=by) + feedback.release(staff.id)
    for kind in (agreeing.REMIND, agreeing.ENDED):
        timers.cancel(kind, "staff", [staff.id])
    journal.record(news.LEFT, subject=("staff", staff.id), community_id=None, by=by, data={"tickets": moved})
    return moved
