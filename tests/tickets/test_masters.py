"""A ticket that others follow: what is done to it is stored whole, and those who follow hear of it (transition r)."""

import pytest

from anju.core.errors import Refused
from anju.journal import queries as journal
from anju.journal.models import Entry
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}


@pytest.fixture
def pair(cast: Cast) -> tuple[Cast, Ticket, Ticket]:
    """A lift that is out of order, reported by two households."""
    cast.freeze("accept", "dispatch")
    master = cast.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    child = cast.report("电梯响得厉害", who="王秀英", asset="EL-0301-1", leaf="EL04")
    assert child.master_id == master.id
    return cast, master, child


def begun(cast: Cast, master: Ticket) -> Ticket:
    cast.do("accept", master, "李敏")
    cast.do("dispatch", master, "李敏", to="高工")
    cast.do("take", master, "高工", eta=20)
    return cast.do("start", master, "高工", proof=HERE)


def test_every_column_of_a_step_is_stored_though_others_follow(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    cast.do("accept", master, "李敏")
    assert (fresh(master).first_contact.name, fresh(master).accountable.name) == ("李敏", "李敏")
    cast.do("dispatch", master, "李敏", to="高工")
    cast.do("take", master, "高工", eta=20)
    assert fresh(master).promised_at == later(minutes=20)
    cast.do("start", master, "高工", proof=HERE)
    cast.do("finish", master, "高工", result="更换门机皮带", photos=[cast.photo()], parts=[{"name": "皮带", "n": 1}])
    stored = fresh(master)
    assert (stored.result, stored.photo_count, stored.parts) == ("更换门机皮带", 1, [{"name": "皮带", "n": 1}])
    cast.do("reject", master, "张伟", reason="还响")
    assert fresh(master).reopen_count == 1
    assert (fresh(child).status, fresh(child).result) == ("IN_PROGRESS", "")


def test_a_master_opened_again_is_stored_whole(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    begun(cast, master)
    cast.do("finish", master, "高工", result="更换门机皮带", photos=[cast.photo()])
    cast.do("confirm", master, "张伟")
    cast.do("close", master, "郑洁")
    assert (fresh(child).status, fresh(child).closed_at) == ("CLOSED", fresh(master).closed_at)
    cast.do("reopen", master, "张伟", reason="又响了")
    assert (fresh(master).prio, fresh(master).reopen_count, fresh(master).accountable.name) == ("P0", 1, "吴刚")
    assert (fresh(child).status, fresh(child).closed_at, fresh(child).accountable.name) == ("ACCEPTED", None, "吴刚")


def test_news_without_a_new_state_reaches_those_who_follow(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    begun(cast, master)
    cast.do("delay", master, "高工", eta=later(hours=5), reason="等待配件到货")
    told = cast.heard("王秀英", "T104")
    assert [child.no in one.body for one in told] == [True]
    cast.do("urge", master, "张伟")
    assert cast.heard("王秀英", "T113") == []


def test_escalation_of_a_master_moves_responsibility_for_all(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    begun(cast, master)
    assert fresh(child).accountable.name == "高工"
    cast.do("escalate", master, "赵静", reason="多户反映")
    assert (fresh(child).accountable.name, len(cast.heard("王秀英", "T108"))) == ("吴刚", 1)


def test_a_child_taken_back_stays_taken_back(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    cast.do("cancel", child, "王秀英")
    cast.do("accept", master, "李敏")
    assert fresh(child).status == "CANCELLED"
    assert [one.template for one in cast.heard("王秀英")] == ["T101", "T112", "T110"]


def test_a_child_opened_again_stands_on_its_own(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    begun(cast, master)
    cast.do("finish", master, "高工", result="更换门机皮带", photos=[cast.photo()])
    cast.do("confirm", master, "张伟")
    cast.do("close", master, "郑洁")
    cast.do("reopen", child, "王秀英", reason="我这边还响")
    assert (fresh(child).status, fresh(child).master, fresh(master).child_count) == ("ACCEPTED", None, 0)
    assert fresh(master).status == "CLOSED"
    cast.do("dispatch", child, "李敏", to="高工")
    assert fresh(child).status == "DISPATCHED"


def test_an_urge_of_one_who_follows_leaves_its_state_to_the_master(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, child = pair
    begun(cast, master)
    cast.do("suspend", master, "吴刚", reason="等待配件", resume_at=later(days=2))
    cast.do("urge", child, "王秀英")
    assert (fresh(child).status, fresh(master).status) == ("SUSPENDED", "SUSPENDED")
    assert len(cast.heard("王秀英", "T113")) == 1


def test_merging_changes_who_answers_with_an_event(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    first, second = (cast.report(f"家里插座坏了{n}") for n in range(2))
    cast.do("accept", first, "王芳")
    cast.do("merge", second, "李敏", master=first)
    assert fresh(second).accountable.name == "王芳"
    assert [row.data["staff"] for row in entries(second, "accountable")] == [cast.garden.staff["王芳"].id]


def entries(ticket: Ticket, verb: str) -> list[Entry]:
    return list(journal.of("ticket", ticket.id).filter(verb=f"tickets.{verb}"))


def test_a_finished_ticket_is_nobodys_master(pair: tuple[Cast, Ticket, Ticket]) -> None:
    cast, master, _child = pair
    single = cast.report("家里插座坏了")
    begun(cast, master)
    cast.do("finish", master, "高工", result="更换门机皮带", photos=[cast.photo()])
    with pytest.raises(Refused, match="MERGE_CLOSED"):
        cast.do("merge", single, "李敏", master=master)
