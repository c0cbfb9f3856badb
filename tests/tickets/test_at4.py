"""AT4.0: twenty-four hours, the plan, the finish, and silence (domain file 04)."""

from anju.core import clock
from tests.cast import Cast


def test_at4_0(cast: Cast) -> None:
    ticket = cast.in_progress(at="10:00")
    cast.at("03-03 09:00:00")
    ticket.refresh_from_db()
    assert (ticket.level, ticket.accountable.name) == (0, "陈师傅")
    cast.at("03-03 09:00:01")
    ticket = type(ticket).objects.get(id=ticket.id)
    assert (ticket.accountable.name, ticket.handler.name, ticket.light) == ("吴刚", "陈师傅", "RED")
    assert len(cast.heard("吴刚", "T205")) == len(cast.heard("张伟", "T108")) == 1

    cast.do("plan", ticket, "吴刚", plan_due_at=clock.parse("2026-03-04T12:00:00"))
    cast.at("03-04 12:00:00")
    assert type(ticket).objects.get(id=ticket.id).level == 1
    cast.at("03-04 12:00:01")
    ticket = type(ticket).objects.get(id=ticket.id)
    assert (ticket.level, ticket.accountable.name) == (2, "周强")

    cast.at("03-04 13:00")
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    assert ticket.status == "PENDING_ACCEPTANCE"
    cast.at("03-06 13:00:00")
    ticket.refresh_from_db()
    assert ticket.status == "PENDING_ACCEPTANCE"
    cast.at("03-06 13:00:01")
    ticket.refresh_from_db()
    assert ticket.status == "PENDING_VISIT"
    cast.at("03-13 13:00:02")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_code) == ("CLOSED", "UNRATED")
