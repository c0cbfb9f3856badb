"""AT1.0: fifteen minutes, two hours, and the red light (domain file 01)."""

from anju.core import clock
from anju.estate import actions as estate
from tests.cast import Cast


def test_at1_0(cast: Cast) -> None:
    cast.freeze("accept", "dispatch")
    ticket = cast.report("厨房水龙头一直滴漏")
    assert (ticket.no, ticket.leaf_code, ticket.prio, ticket.light) == ("260302-0001", "IN04", "P2", "GREEN")
    cast.at("09:01")
    assert [one.at.second for one in cast.heard("张伟", "T101")] == [0]

    cast.at("09:10")
    ticket.refresh_from_db()
    assert (ticket.light, ticket.light_reason) == ("YELLOW", "RESP_SOON")
    assert [one.channel for one in cast.heard("李敏", "T202")] == ["W"]

    cast.at("09:15")
    assert ticket.clocks.get(kind="RESP").state == "RUNNING"
    cast.at("09:15:01")
    assert ticket.clocks.get(kind="RESP").state == "BREACHED"
    assert len(cast.heard("赵静", "T203")) == 1

    cast.at("09:18")
    cast.do("accept", ticket, "赵静")
    cast.do("dispatch", ticket, "赵静", to="陈师傅")
    cast.at("09:20")
    cast.do("take", ticket, "陈师傅", eta=60)
    assert (ticket.status, ticket.light) == ("TAKEN", "YELLOW")
    cast.at("11:00")
    ticket.refresh_from_db()
    assert ticket.light == "YELLOW"
    cast.at("11:00:01")
    ticket.refresh_from_db()
    assert (ticket.light, ticket.light_reason) == ("RED", "RED")
    assert [len(cast.heard(name, "T204")) for name in ("陈师傅", "吴刚", "赵静")] == [1, 1, 1]

    cast.at("11:05")
    cast.do("start", ticket, "陈师傅", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    assert (ticket.status, ticket.light, ticket.was_red) == ("IN_PROGRESS", "YELLOW", True)
    assert ticket.clocks.get(kind="RED").state == "BREACHED"


def test_red_in_the_hours_of_service(cast: Cast) -> None:
    """R1.5: P2 and P3 by the hours, what is more urgent day and night, also when that is found out later."""
    estate.configure(cast.community, {"sla.red.calendar": "SERVICE_HOURS"})
    cast.freeze("accept", "dispatch")
    cast.at("19:00")
    slow, urgent = cast.report("厨房水龙头一直滴漏"), cast.report("楼道的管道在漏水", place="GARDEN")
    again = cast.report("厨房水龙头关不紧")
    assert (slow.prio, urgent.prio) == ("P2", "P1")
    due = {ticket.no: ticket.clocks.get(kind="RED").deadline for ticket in (slow, urgent)}
    assert [clock.iso(due[ticket.no])[:16] for ticket in (slow, urgent)] == ["2026-03-03T09:00", "2026-03-02T21:00"]
    cast.do("classify", again, "李敏", leaf="PW03")
    assert again.clocks.get(kind="RED").deadline == due[urgent.no]
    cast.at("21:00:01")
    for ticket in (slow, urgent, again):
        ticket.refresh_from_db()
    assert [ticket.light_reason == "RED" for ticket in (slow, urgent, again)] == [False, True, True]
