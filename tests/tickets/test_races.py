"""Two at the same second, on real connections: the first wins, nothing is written twice (I2, I3, I4; F29)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.journal.models import Entry
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run calls in threads that start together; "" or the code of the refusal for each."""
    start, answers = threading.Barrier(len(calls)), [""] * len(calls)

    def run(at: int) -> None:
        try:
            start.wait()
            calls[at]()
        except Refused as no:
            answers[at] = no.code
        except Exception as error:
            answers[at] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(calls))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def numbers(ticket: Ticket) -> list[int]:
    return list(Entry.objects.filter(subject_id=ticket.id).order_by("seq").values_list("seq", flat=True))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    made = Cast()
    made.freeze("accept", "dispatch")
    made.garden.members["马师傅"].on_shift = True
    made.garden.members["马师傅"].save()
    return made


def test_at4_1_two_workers_press_in_the_same_second(cast: Cast) -> None:
    ticket = cast.report()
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")

    def take(name: str) -> Callable[[], object]:
        mine, scope = Ticket.objects.get(id=ticket.id), cast.scope(name)
        return lambda: cast_take(mine, scope)

    answers = at_once(take("陈师傅"), take("马师傅"))
    assert sorted(answers) == ["", "ALREADY_TAKEN"]
    winner = ("陈师傅", "马师傅")[answers.index("")]
    assert Ticket.objects.get(id=ticket.id).handler.name == winner
    assert Entry.objects.filter(subject_id=ticket.id, verb="tickets.take").count() == 1
    assert numbers(ticket) == list(range(1, len(numbers(ticket)) + 1))
    assert len(cast.heard("张伟", "T102")) == 1


def cast_take(ticket: Ticket, scope: Scope) -> None:
    tickets.take(ticket, by=scope, eta=10)


def test_one_accepts_while_another_takes_it_back(cast: Cast) -> None:
    ticket = cast.report()
    answers = at_once(
        lambda: cast.do("accept", Ticket.objects.get(id=ticket.id), "李敏"),
        lambda: cast.do("accept", Ticket.objects.get(id=ticket.id), "赵静"),
        lambda: cast.do("accept", Ticket.objects.get(id=ticket.id), "王芳"),
    )
    assert sorted(answers) == ["", "STATE_CONFLICT", "STATE_CONFLICT"]
    assert numbers(ticket) == list(range(1, len(numbers(ticket)) + 1))


def test_many_reports_at_once_have_numbers_without_gap(cast: Cast) -> None:
    assert at_once(*(lambda n=n: cast.report(f"家里插座坏了{n}") for n in range(8))) == [""] * 8
    assert sorted(Ticket.objects.values_list("no", flat=True)) == [f"260302-{n:04d}" for n in range(1, 9)]
