"""A ticket that followed another one stands on its own: its master was taken back, or it is another fault after all."""

from django.db.models import F

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
    _stand_alone(heir, "freed", before=case.ticket.no, followers=len(others))
    opening.close([heir])


def split(case: Case) -> None:
    """Its master goes on without it."""
    head = Ticket.objects.get(id=case.ticket.master_id or 0)
    Ticket.objects.filter(id=head.id).update(child_count=F("child_count") - 1)
    _stand_alone(case, "split", before=head.no, followers=0)


def _stand_alone(heir: Case, verb: str, *, before: str, followers: int) -> None:
    """Accepted if its master was, and to be offered anew; until somebody takes it the desk answers."""
    ticket, desk = heir.ticket, rules.desk(heir.bench.workers)
    accepted = ticket.status != Status.NEW
    ticket.master, ticket.child_count = None, followers
    ticket.handler_id = None
    clockwork.start_clocks(heir)
    heir.event(verb, to=Status.ACCEPTED if accepted else Status.NEW, visible=True, before=before, others=followers)
    heir.answer_for(desk.staff_id if desk else None, "FREED")
    if accepted:
        heir.meet(ClockKind.RESP)
        choosing.dispatch_by_rules(heir)
