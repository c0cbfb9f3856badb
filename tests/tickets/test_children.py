"""A ticket that follows another one is not worked on by itself (transition r)."""

import pytest

from anju.core.errors import Refused
from anju.tickets import queries
from tests.cast import Cast


def test_what_is_merged_is_done_at_its_master(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    master = cast.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    child = cast.report("电梯响得厉害", who="王秀英", asset="EL-0301-1", leaf="EL04")
    assert child.master_id == master.id
    with pytest.raises(Refused, match="MERGED"):
        cast.do("accept", child, "李敏")
    assert set(queries.next_actions(cast.scope("李敏"), child)) == {"note", "reply", "urge", "cancel", "split"}
    cast.do("accept", master, "李敏")
    child.refresh_from_db()
    assert (child.status, child.accountable.name) == ("ACCEPTED", "李敏")
    cast.do("note", child, "王秀英", note_text="现在更响了")
    assert queries.facts_of(cast.scope("王秀英"), child).clocks


def test_what_was_merged_by_mistake_stands_on_its_own_again(cast: Cast) -> None:
    """拆开: its own clocks from its own report, accepted as its master was; its master goes on with one less."""
    cast.freeze("accept", "dispatch")
    master = cast.report("电梯上下时有异响", asset="EL-0301-1", leaf="EL04")
    cast.at("09:10")
    child = cast.report("电梯按钮掉了", who="王秀英", asset="EL-0301-1", leaf="EL04")
    cast.do("accept", master, "李敏")
    cast.do("split", child, "李敏")
    master.refresh_from_db()
    assert (child.master, child.status, child.accountable.name, master.child_count) == (None, "ACCEPTED", "李敏", 0)
    running = {clock.kind: clock for clock in child.clocks.filter(state="RUNNING")}
    assert {"RED", "RESOLVE"} <= set(running)
    assert running["RED"].base == child.reported_at
    assert "split" not in queries.next_actions(cast.scope("李敏"), child)
    with pytest.raises(Refused, match="NOT_MERGED"):
        cast.do("split", child, "李敏")
