"""撤回: a step at the desk is taken back before anybody has been told."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.notify import actions as notify
from anju.tickets.actions import opening, remembering
from anju.tickets.models import Ticket, Undo


def undo(ticket: Ticket, *, by: Scope) -> Ticket:
    """Take one's own last step back: the ticket and its clocks are as before, and the messages of the step never leave.

    Raises Refused UNDO_LATE (409) when the eight seconds are over, STATE_CONFLICT (409) when something has happened since.
    """
    with transaction.atomic():
        case = opening.load([ticket.id], by=by)[0]
        kept = Undo.objects.filter(ticket=ticket, staff_id=by.staff_id or 0).first()
        if kept is None or case.now >= kept.until:
            raise _late()
        if kept.event_seq != case.ticket.event_seq:
            raise opening.conflict(case.ticket)
        if not notify.withdraw(kept.messages):
            raise _late()
        remembering.restore(case, kept)
        case.event("undo", of=kept.action)
        opening.close([case])
        kept.delete()
    ticket.refresh_from_db()
    return ticket


def _late() -> Refused:
    return Refused("UNDO_LATE", _("已过8秒，消息已经发出，不能撤回"), status=409)
