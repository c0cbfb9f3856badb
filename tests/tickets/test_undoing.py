"""撤回: eight seconds in which a step at the desk can be taken back, before anybody is told (screens, 5.4)."""

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.notify.models import Delivery
from anju.tickets import actions as tickets
from anju.tickets.models import Clock, Ticket, Undo
from tests.cast import Cast, later


def pictured(ticket: Ticket) -> tuple[object, ...]:
    """Everything about a ticket that a step changes, but what counts."""
    row = Ticket.objects.values().get(id=ticket.id)
    for name in ("event_seq", "version"):
        row.pop(name)
    clocks = sorted(Clock.objects.filter(ticket=ticket).values_list(*(one.attname for one in Clock._meta.fields)))
    return row, clocks, list(ticket.suspensions.values())


def at_work(calm: Cast, status: str) -> Ticket:
    """A ticket in that state."""
    ticket = calm.report()
    if status != "NEW":
        calm.do("accept", ticket, "李敏")
    if status not in ("NEW", "ACCEPTED"):
        calm.do("dispatch", ticket, "李敏", to="陈师傅")
        calm.do("take", ticket, "陈师傅", eta=30)
    calm.at("09:05")
    return ticket


@pytest.mark.parametrize(
    ("action", "status", "who"),
    [
        ("accept", "NEW", "李敏"),
        ("dispatch", "ACCEPTED", "李敏"),
        ("transfer", "TAKEN", "吴刚"),
        ("suspend", "TAKEN", "吴刚"),
    ],
)
def test_a_step_taken_back_has_not_happened(calm: Cast, action: str, status: str, who: str) -> None:
    ticket = at_work(calm, status)
    if action == "transfer":
        calm.garden.members["高工"].skills = calm.garden.members["陈师傅"].skills
        calm.garden.members["高工"].save()
    before, told = pictured(ticket), Delivery.objects.count()
    more = {"dispatch": {"to": "陈师傅"}, "transfer": {"to": "高工"}}.get(action, {})
    if action == "suspend":
        more = {"reason": "PARTS", "resume_at": later(days=1)}
    calm.do(action, ticket, who, undo=True, **more)
    assert pictured(ticket) != before
    tickets.undo(ticket, by=calm.scope(who))
    assert pictured(ticket) == before
    held = list(Delivery.objects.order_by("id").values_list("id", flat=True)[told:])
    calm.at("09:06")
    assert set(Delivery.objects.filter(id__in=held).values_list("state", flat=True)) <= {"CANCELLED"}
    assert not Undo.objects.exists()


def test_nobody_is_told_before_the_eight_seconds_are_over(calm: Cast) -> None:
    ticket = at_work(calm, "ACCEPTED")
    calm.do("dispatch", ticket, "李敏", to="陈师傅", undo=True)
    assert calm.heard("陈师傅", "T201") == []
    calm.at("09:05:08")
    assert len(calm.heard("陈师傅", "T201")) == 1
    with pytest.raises(Refused, match="UNDO_LATE"):
        tickets.undo(ticket, by=calm.scope("李敏"))
    assert Ticket.objects.get(id=ticket.id).status == "DISPATCHED"


def test_only_his_own_last_step_and_only_while_nothing_has_happened_since(calm: Cast) -> None:
    ticket = at_work(calm, "ACCEPTED")
    calm.do("dispatch", ticket, "李敏", to="陈师傅", undo=True)
    with pytest.raises(Refused, match="UNDO_LATE"):
        tickets.undo(ticket, by=calm.scope("王芳"))
    calm.do("take", ticket, "陈师傅", eta=20)
    with pytest.raises(Refused, match="STATE_CONFLICT"):
        tickets.undo(ticket, by=calm.scope("李敏"))


def test_after_undoing_the_same_step_is_told_as_if_it_were_the_first(calm: Cast) -> None:
    ticket = at_work(calm, "ACCEPTED")
    for _time in range(2):
        calm.do("dispatch", ticket, "李敏", to="陈师傅", undo=True)
        if _time == 0:
            tickets.undo(ticket, by=calm.scope("李敏"))
    calm.at("09:05:30")
    assert len(calm.heard("陈师傅", "T201")) == 1


def test_an_emergency_waits_for_nobody(calm: Cast) -> None:
    ticket = calm.report("电梯困人，有人被关在里面", asset="EL-0301-1")
    assert ticket.prio == "P0"
    calm.do("accept", ticket, "李敏", undo=True)
    assert not Undo.objects.exists()


def test_those_who_follow_go_back_as_well(calm: Cast) -> None:
    master = calm.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    child = calm.report("电梯响得厉害", who="王秀英", asset="EL-0301-1", leaf="EL04")
    calm.do("accept", master, "李敏", undo=True)
    assert Ticket.objects.get(id=child.id).status == "ACCEPTED"
    tickets.undo(master, by=calm.scope("李敏"))
    assert Ticket.objects.get(id=child.id).status == "NEW"
    assert clock.now() == later()
