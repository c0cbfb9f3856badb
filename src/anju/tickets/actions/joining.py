"""Accepting a ticket, and joining one to another: the steps that intake and the desk share."""

from collections.abc import Callable

from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.rules import Worker
from anju.core.errors import Refused
from anju.core.scope import SYSTEM
from anju.tickets.actions import choosing, telling
from anju.tickets.actions.case import Case
from anju.tickets.choices import ClockKind, Status
from anju.tickets.models import Ticket

TWIN_STATES = ("NEW", "ACCEPTED", "DISPATCHED", "TAKEN", "IN_PROGRESS", "SUSPENDED")

Known = Callable[[Ticket], Ticket | None]
_known: list[Known] = []


def tells_known(asked: Known) -> Known:
    """Decorator: a room above tells which ticket an emergency belongs to that is known already."""
    if asked not in _known:
        _known.append(asked)
    return asked


def join(case: Case, chosen: Ticket | None, *, apart: bool) -> bool:
    """Follow the ticket that a person chose; else the twin that the rules find, unless he said it is another fault.

    Raises Refused MERGE_CLOSED (409) when the chosen one can no longer be followed, MERGE_EMERGENCY when nobody would
    come for what is an emergency.
    """
    if chosen is None:
        return not apart and join_twin(case)
    head = Ticket.objects.select_for_update(of=("self",)).get(id=chosen.id)
    if head.status not in TWIN_STATES or head.master_id or head.community_id != case.ticket.community_id:
        raise Refused("MERGE_CLOSED", _("主单已处理完，不能合并进去"), status=409)
    if case.ticket.leaf.emergency and not head.leaf.emergency:
        raise Refused("MERGE_EMERGENCY", _("紧急的事不能并入一般工单"), status=409)
    become_child(case, head)
    return True


def join_twin(case: Case) -> bool:
    """The same kind at the same place or asset is the same fault: a child of the open ticket (transition r, R5.3)."""
    ticket = case.ticket
    if ticket.leaf_code.startswith(("IN", "ZZ")) or not case.bench.setting("automatic.merge"):
        return False
    master = _twin(ticket)
    if master is None and ticket.leaf.emergency:
        master = next((found for asked in _known if (found := asked(ticket)) is not None), None)
    if master is None or master.status not in TWIN_STATES:
        return False
    become_child(case, master)
    return True


def _twin(ticket: Ticket) -> Ticket | None:
    """The open ticket of the same kind at the same asset or place."""
    rows = Ticket.objects.filter(
        community_id=ticket.community_id, leaf_code=ticket.leaf_code, status__in=TWIN_STATES, master=None
    )
    if ticket.asset_id:
        rows = rows.filter(asset=ticket.asset)
    elif ticket.place_id:
        rows = rows.filter(place=ticket.place, asset=None)
    else:
        return None
    return rows.order_by("id").first()


def become_child(case: Case, master: Ticket) -> None:
    """Follow `master` from now on; the reporter gets T112 and all later news."""
    ticket = case.ticket
    ticket.master = master
    case.event("merge", to=Status(master.status), visible=True, master=master.no)
    case.drop(*case.clocks)
    ticket.handler_id, ticket.co_offer_id = master.handler_id, None
    ticket.first_contact_id = ticket.first_contact_id or master.first_contact_id or case.by.staff_id
    case.answer_for(master.accountable_id, "MERGE")
    Ticket.objects.filter(id=master.id).update(child_count=F("child_count") + 1)
    telling.reporter(case, "T112", item=ticket.leaf.short)


def accept_by_rules(case: Case, keeper: Worker | None) -> None:
    """自动受理: does not meet RESP, unless the agent who records it is the one who accepts."""
    human = case.by.is_staff and keeper is not None and keeper.staff_id == case.by.staff_id
    accepted(case, keeper.staff_id if keeper else None, human=human)
    choosing.dispatch_by_rules(case)


def accepted(case: Case, staff_id: int | None, *, human: bool) -> None:
    """ACCEPTED: the agent answers for it and is the first contact (R20.1)."""
    from_system = None if human else SYSTEM
    case.event("accept", to=Status.ACCEPTED, by=from_system, visible=True, auto=not human, staff=staff_id)
    case.ticket.first_contact_id = case.ticket.first_contact_id or staff_id
    case.answer_for(staff_id, "ACCEPT")
    if human:
        case.meet(ClockKind.RESP)
