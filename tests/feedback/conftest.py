"""Every feedback test has the cast, and a way to a finished ticket."""

from collections.abc import Callable

import pytest

from anju.core import clock
from anju.tickets.models import Ticket
from tests.cast import Cast

Settled = Callable[..., Ticket]


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def settled(cast: Cast) -> Settled:
    """`settled(at="03-04 14:00")`: 张伟's ticket, done by 陈师傅 an hour before and confirmed at that time."""

    def make(*, at: str = "14:00", **report: object) -> Ticket:
        ticket = cast.in_progress(**report)
        cast.at(at.replace("14:", "13:"))
        cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
        cast.at(at)
        cast.do("confirm", ticket, "张伟")
        cast.at(f"{clock.local(clock.now()):%m-%d %H:%M}")
        ticket.refresh_from_db()
        return ticket

    return make
