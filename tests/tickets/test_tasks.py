"""Department tasks: named or understood from the ruling, ticked off by whoever has them, awaited by the end (R20.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.errors import Refused
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from anju.tickets.rules import tasks
from tests.cast import Cast

DEPTS = st.sampled_from([one.value for one in Dept])
RULINGS = st.builds(
    lambda lead, co, named: {"lead": lead, "co": sorted(co - {lead}), "subtasks": [{"dept": one} for one in named]},
    DEPTS,
    st.sets(DEPTS, max_size=3),
    st.lists(DEPTS, max_size=4),
)
RULING = {"lead": "ENG", "co": ["CLN"], "subtasks": [{"dept": "ENG", "text": "补管"}], "at": "", "overdue": False}


@given(RULINGS)
def test_every_department_has_a_task_and_all_ticked_is_none_awaited(ruling: dict) -> None:
    found = tasks.tasks(ruling)
    assert {one.dept for one in found} >= {ruling["lead"], *ruling["co"]}
    assert [one.number for one in found] == list(range(len(found)))
    now = clock.parse("2026-03-02T10:05:00+08:00")
    done = tasks.ticked(ruling, [one.number for one in tasks.awaited(ruling)], now, 7)
    assert tasks.awaited(done) == []
    assert {one.number for one in tasks.tasks(done) if not one.done_at} == set(tasks.own_open(ruling))
    for one in tasks.awaited(ruling):
        assert [left.number for left in tasks.awaited(tasks.unticked(done, one.number))] == [one.number]


def test_no_ruling_no_tasks_and_what_a_program_wrote_wrong_is_passed_over() -> None:
    assert tasks.tasks({}) == tasks.awaited({}) == []
    odd = tasks.tasks({"lead": "ENG", "co": [], "subtasks": ["?", {"dept": "MOON"}, {"dept": "CLN", "due": None}]})
    assert [(one.dept, one.lead) for one in odd] == [("CLN", False), ("ENG", True)]


@pytest.fixture
def shared(calm: Cast) -> Ticket:
    """In the hands of the engineers, with the cleaners' help."""
    ticket = calm.in_progress()
    Ticket.objects.filter(id=ticket.id).update(ruling=RULING, locked_at=clock.now())
    return ticket


def finish(cast: Cast, ticket: Ticket) -> Ticket:
    return cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])


def code(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return refused.value.code, str(refused.value.message)


def test_the_work_ends_when_those_who_help_have_done_theirs(calm: Cast, shared: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        finish(calm, shared)
    assert code(refused) == ("SUBTASK_OPEN", "环境部的任务还没勾完，请先让他们做完")
    assert Ticket.objects.get(id=shared.id).status == "IN_PROGRESS"
    calm.do("tick", shared, "何勇", task=1)
    finish(calm, shared)
    now = Ticket.objects.get(id=shared.id)
    assert now.status == "PENDING_ACCEPTANCE"
    assert [bool(one.done_at) for one in tasks.tasks(now.ruling)] == [True, True], "his own are done with it"


def test_only_the_department_ticks_and_saying_it_twice_is_saying_it_once(calm: Cast, shared: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        calm.do("tick", shared, "吴刚", task=1)
    assert code(refused) == ("NOT_ALLOWED", "请由承担这项任务的部门来勾")
    calm.do("tick", shared, "吴刚", task=0)
    calm.do("tick", shared, "吴刚", task=0)
    rows = Entry.objects.filter(verb="tickets.tick")
    assert [(row.data["dept"], row.data["done"]) for row in rows] == [("ENG", True)]
    calm.do("tick", shared, "吴刚", task=0, done=False)
    assert tasks.own_open(Ticket.objects.get(id=shared.id).ruling) == [0]
    with pytest.raises(Refused) as refused:
        calm.do("tick", shared, "吴刚", task=9)
    assert code(refused)[0] == "TASK_UNKNOWN"
