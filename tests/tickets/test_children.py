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
    assert set(queries.next_actions(cast.scope("李敏"), child)) == {"note", "urge", "cancel"}
    cast.do("accept", master, "李敏")
    child.refresh_from_db()
    assert (child.status, child.accountable.name) == ("ACCEPTED", "李敏")
    cast.do("note", child, "王秀英", note_text="现在更响了")
    assert queries.facts_of(cast.scope("王秀英"), child).clocks
