"""Tickets that are one incident: they follow the oldest, are answered and are finished together (R3.1)."""

from collections.abc import Sequence

from anju.core.scope import SYSTEM
from anju.tickets.actions import ending, escalating, joining, opening, telling, waking
from anju.tickets.choices import ClockKind, Status
from anju.tickets.models import Ticket
from anju.tickets.rules import flow

WAITING = frozenset({Status.NEW, Status.ACCEPTED, Status.DISPATCHED})
"""Nobody has committed himself to such a one yet."""


def gather(ids: Sequence[int]) -> None:
    """Those that nobody works on follow the oldest of their kind, and nobody is called for them any more. Inside the
    caller's transaction; nothing where a community does not merge by itself."""
    rows = Ticket.objects.filter(id__in=ids, master=None).order_by("id")
    masters: dict[str, Ticket] = {}
    for row in rows:
        if not flow.may("merge", row.status):
            continue
        master = masters.setdefault(row.leaf_code, row)
        if row.id != master.id and row.status in WAITING and row.child_count == 0:
            _follow(row.id, master)


def _follow(ticket_id: int, master: Ticket) -> None:
    case = opening.load([ticket_id], by=SYSTEM)[0]
    waking.catch_up(case)
    if case.bench.setting("automatic.merge"):
        escalating.withdraw(case)
        joining.become_child(case, master)
        opening.close([case])


def answered(ids: Sequence[int]) -> None:
    """They were told what is being done: the response is met."""
    cases = opening.load(sorted(_open(ids)), by=SYSTEM)
    for case in cases:
        waking.catch_up(case)
        case.meet(ClockKind.RESP)
    if cases:
        opening.close(cases)


def settle(ids: Sequence[int], words: str) -> None:
    """All that are not finished are finished together; those that follow one of them come along (j)."""
    cases = opening.load(sorted(_open(ids)), by=SYSTEM)
    for case in cases:
        waking.catch_up(case)
        escalating.withdraw(case)
        case.event("finish", to=Status.PENDING_ACCEPTANCE, note=words, visible=True)
        case.start(ClockKind.AUTO_ACCEPT, case.bench.span("ticket.auto_accept_h"))
        telling.reporter(case, "T106")
    if cases:
        opening.close(cases)


def _open(ids: Sequence[int]) -> list[int]:
    rows = Ticket.objects.filter(id__in=ids, master=None, status__in=flow.FROM["merge"])
    return list(rows.values_list("id", flat=True))


def unsettle(ids: Sequence[int], words: str) -> None:
    """It has come back: what waits for the reporter's word is in work again (l)."""
    for row in Ticket.objects.filter(id__in=ids, master=None, status=Status.PENDING_ACCEPTANCE).order_by("id"):
        ending.reject(row, by=SYSTEM, reason=words)
