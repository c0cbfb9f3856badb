"""A master is taken back, but the fault is still there for those whose tickets follow it."""

from anju.core.scope import SYSTEM
from anju.tickets.actions import choosing, clockwork, opening
from anju.tickets.actions.case import Case
from anju.tickets.choices import ClockKind, Status
from anju.tickets.models import Ticket
from anju.tickets.rules import dispatch as rules


def pass_on(case: Case) -> None:
    """The eldest of those who followed stands on its own, with its own clocks from its own report, and the others
    follow it from now on."""
    if not case.ticket.child_count:
        return
    rows = Ticket.objects.filter(master=case.ticket).exclude(status=Status.CANCELLED).order_by("id")
    ids = list(rows.values_list("id", flat=True))
    case.ticket.child_count = 0
    if not ids:
        return
    others = ids[1:]
    heir = opening.load(ids[:1], by=SYSTEM, benches={case.bench.community.id: case.bench})[0]
    Ticket.objects.filter(id__in=others).update(master=heir.ticket)
    _stand_alone(heir, case, followers=len(others))
    opening.close([heir])


def _stand_alone(heir: Case, before: Case, *, followers: int) -> None:
    """Accepted if its master was, and to be offered anew; until somebody takes it the desk answers."""
    ticket, desk = heir.ticket, rules.desk(heir.bench.workers)
    accepted = ticket.status != Status.NEW
    ticket.master, ticket.child_count = None, followers
    ticket.handler_id = None
    clockwork.start_clocks(heir)
    heir.event(
        "freed", to=Status.ACCEPTED if accepted else Status.NEW, visible=True, before=before.ticket.no, others=followers
    )
    heir.answer_for(desk.staff_id if desk else None, "FREED")
    if accepted:
        heir.meet(ClockKind.RESP)
        choosing.dispatch_by_rules(heir)
