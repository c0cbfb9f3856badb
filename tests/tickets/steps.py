"""What tests of tickets do again and again: a ticket brought so far, a step that is refused, a clock."""

import pytest

from anju.core.errors import Refused
from anju.tickets.models import Clock, Ticket
from tests.cast import Cast


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as it is stored."""
    return Ticket.objects.get(id=ticket.id)


def ticking(ticket: Ticket, kind: str) -> Clock:
    """The newest round of a clock."""
    return ticket.clocks.filter(kind=kind).order_by("-round")[0]


def refused(cast: Cast, action: str, ticket: Ticket, who: str, **more: object) -> str:
    """The code with which a step is refused; nothing of it is stored."""
    before = fresh(ticket).version
    with pytest.raises(Refused) as no:
        cast.do(action, ticket, who, **more)
    assert fresh(ticket).version == before
    return no.value.code


def change(cast: Cast, name: str, **columns: object) -> None:
    """Somebody's place in the community is another one now."""
    row = cast.garden.members[name]
    for column, value in columns.items():
        setattr(row, column, value)
    row.save()


def accepted(cast: Cast, **more: object) -> Ticket:
    return cast.do("accept", cast.report(**more), "李敏")


def offered(cast: Cast, **more: object) -> Ticket:
    return cast.do("dispatch", accepted(cast, **more), "李敏", to="陈师傅")


def taken(cast: Cast, **more: object) -> Ticket:
    return cast.do("take", offered(cast, **more), "陈师傅", eta=30)
