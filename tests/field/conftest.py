"""The garden and the phone of 陈师傅 with one job on offer."""

import pytest
from django.test import Client

from anju.tickets.models import Ticket
from tests.cast import Cast
from tests.desk.conftest import logged_in


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


@pytest.fixture
def chen(cast: Cast) -> Client:
    """陈师傅, logged in."""
    return logged_in(cast.garden.staff["陈师傅"])


@pytest.fixture
def offer(cast: Cast) -> Ticket:
    """A dripping tap in 3-1-1203, offered to 陈师傅."""
    cast.freeze("accept", "dispatch")
    ticket = cast.report("厨房水龙头一直滴漏，电话13800005678", photos=[cast.photo()])
    cast.do("accept", ticket, "李敏")
    return cast.do("dispatch", ticket, "李敏", to="陈师傅")
