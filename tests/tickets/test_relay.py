"""From department to department: never an ownerless second, and an end to ping-pong (domain file 20)."""

import pytest

from anju.core import clock
from anju.journal import queries as journal
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh, refused

PROOF = {"reason": "不是我们的管子", "evidence": "照片3张"}


def states(ticket: Ticket) -> list[tuple[str, str, str]]:
    return [(one.from_dept, one.to_dept, one.state) for one in ticket.handoffs.order_by("seq")]


@pytest.fixture
def dripping(cast: Cast) -> tuple[Cast, Ticket]:
    """Water drips from the garage ceiling; the guard has recorded it and the desk has accepted it."""
    cast.freeze("accept", "dispatch")
    ticket = cast.report("地库车库顶滴水", who="孙涛", place="G-B1", room=None)
    return cast, cast.do("accept", ticket, "李敏")


def locked(cast: Cast, ticket: Ticket) -> Ticket:
    cast.do("offer", ticket, "吴刚", dept="CLN", reason="冷凝水")
    cast.do("receive", ticket, "何勇")
    return cast.do("offer", ticket, "何勇", dept="ENG", reason="管子在漏")


def test_at20_0(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    assert (ticket.first_contact.name, ticket.leaf_code, ticket.lead_dept) == ("孙涛", "PW03", "ENG")
    cast.at("09:10")
    cast.do("offer", ticket, "吴刚", dept="CLN", reason="冷凝水")
    offer = ticket.handoffs.get()
    assert (clock.local(offer.due_at).isoformat()[11:19], fresh(ticket).lead_dept) == ("09:25:00", "ENG")
    assert len(cast.heard("何勇", "T213")) == 1  # the duty manager stands for a department without supervisor
    cast.at("09:20")
    cast.do("receive", ticket, "何勇")
    cast.at("09:40")
    cast.do("offer", ticket, "何勇", dept="ENG", reason="管子在漏")
    now = fresh(ticket)
    assert (now.light, now.light_reason, now.lead_dept) == ("RED", "LOCKED", "CLN")
    assert (clock.local(now.due_at).isoformat()[11:19], len(cast.heard("周强", "T209"))) == ("10:10:00", 1)
    assert cast.heard("吴刚", "T213") == []  # a locked ticket is not for taking over
    cast.at("09:55")
    work = [{"dept": "ENG", "text": "补管", "due": "2026-03-03"}, {"dept": "CLN", "text": "围挡", "due": "2026-03-02"}]
    cast.do("rule", ticket, "周强", lead="ENG", co=["CLN"], subtasks=work, ruling_text="工程牵头")
    now = fresh(ticket)
    assert (now.lead_dept, now.ruling["co"], now.ruling["overdue"], now.ruling["subtasks"]) == (
        "ENG",
        ["CLN"],
        False,
        work,
    )
    assert refused(cast, "offer", ticket, "吴刚", dept="CLN", reason="再转") == "HANDOFF_LOCKED"
    assert states(ticket) == [("ENG", "CLN", "ACCEPTED"), ("CLN", "ENG", "REJECTED")]


def test_at20_2_silence_moves_it_one_second_after_the_time(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="像是冷凝水")
    cast.at("09:15")
    assert (fresh(ticket).lead_dept, fresh(ticket).accountable.name) == ("ENG", "李敏")
    cast.at("09:15:01")
    assert (fresh(ticket).lead_dept, fresh(ticket).accountable.name) == ("SEC", "何勇")
    assert states(ticket) == [("ENG", "SEC", "EXPIRED_ACCEPT")]


def test_at20_4_a_silent_manager_leaves_it_to_the_table(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    locked(cast, ticket)
    cast.at("09:30")
    assert fresh(ticket).ruling == {}
    cast.at("09:30:01")
    now = fresh(ticket)
    assert (now.lead_dept, now.ruling["lead"], now.ruling["overdue"], now.light) == ("ENG", "ENG", True, "YELLOW")
    assert states(ticket)[-1] == ("CLN", "ENG", "REJECTED")
    assert refused(cast, "offer", ticket, "吴刚", dept="CLN", reason="再转") == "HANDOFF_LOCKED"


def test_a_ruling_is_final(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    assert refused(cast, "rule", ticket, "周强", lead="ENG") == "NOT_LOCKED"
    locked(cast, ticket)
    assert refused(cast, "rule", ticket, "周强", lead="???") == "DEPT_UNKNOWN"
    assert refused(cast, "rule", ticket, "周强", lead="ENG", co=["???"]) == "DEPT_UNKNOWN"
    assert refused(cast, "receive", ticket, "吴刚") == "HANDOFF_LOCKED"
    assert refused(cast, "refuse", ticket, "吴刚", **PROOF) == "HANDOFF_LOCKED"
    cast.do("rule", ticket, "周强", lead="CLN")
    assert fresh(ticket).lead_dept == "CLN"
    assert refused(cast, "rule", ticket, "何勇", lead="ENG") == "STATE_CONFLICT"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": ""}, "HANDOFF_REASON_REQUIRED"),
        ({"dept": "???"}, "DEPT_UNKNOWN"),
        ({"dept": "ENG"}, "SAME_DEPT"),
        ({"leaf": "XX99"}, "LEAF_UNKNOWN"),
        ({"leaf": "TOOLONG"}, "LEAF_UNKNOWN"),
    ],
)
def test_an_offer_has_its_guards(dripping: tuple[Cast, Ticket], more: dict[str, str], code: str) -> None:
    cast, ticket = dripping
    assert refused(cast, "offer", ticket, "吴刚", **{"dept": "SEC", "reason": "冷凝水", **more}) == code
    assert not ticket.handoffs.exists()


def test_one_offer_at_a_time_answered_by_those_it_was_made_to(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    assert refused(cast, "receive", ticket, "何勇") == "STATE_CONFLICT"
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="冷凝水")
    assert refused(cast, "offer", ticket, "吴刚", dept="CLN", reason="冷凝水") == "HANDOFF_WAITING"
    assert refused(cast, "receive", ticket, "吴刚") == "NOT_ALLOWED"
    assert refused(cast, "offer", ticket, "孙涛", dept="CLN", reason="冷凝水") == "NOT_ALLOWED"


def test_two_rejections_lock_and_the_sender_keeps_it(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="冷凝水")
    assert refused(cast, "refuse", ticket, "何勇", reason="", evidence="照片") == "REASON_REQUIRED"
    cast.do("refuse", ticket, "何勇", **PROOF)
    assert (fresh(ticket).lead_dept, fresh(ticket).accountable.name, fresh(ticket).locked_at) == ("ENG", "李敏", None)
    assert len(cast.heard("赵静", "T213")) == 1
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="就是冷凝水")
    assert refused(cast, "refuse", ticket, "何勇", **PROOF) == "REJECT_TWICE"
    cast.do("receive", ticket, "何勇")
    cast.do("offer", ticket, "何勇", dept="CLN", reason="地面清洁")
    cast.do("refuse", ticket, "周强", **PROOF)
    assert (fresh(ticket).locked_at, fresh(ticket).lead_dept) == (clock.now(), "SEC")


def test_the_fourth_hand_locks(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    for dept in ("SEC", "CLN", "GRN"):
        cast.do("offer", ticket, "赵静", dept=dept, reason="不清楚")
        cast.do("receive", ticket, "周强")
    cast.do("offer", ticket, "赵静", dept="FIN", reason="不清楚")
    assert fresh(ticket).locked_at == clock.now()


@pytest.mark.parametrize(
    ("at", "leaf", "due"),
    [
        ("20:00", "ST02", "03-02 20:15"),
        ("20:01", "ST02", "03-03 09:00"),
        ("03-03 07:59", "ST02", "03-03 09:00"),
        ("03-03 08:00", "ST02", "03-03 08:15"),
        ("20:01", "PW03", "03-02 20:16"),
        ("20:01", "PW01", "03-02 20:04"),
    ],
)
def test_small_things_wait_for_the_morning(cast: Cast, at: str, leaf: str, due: str) -> None:
    cast.freeze("accept", "dispatch")
    cast.at(at)
    ticket = cast.report("地库车库顶滴水", place="G-B1", leaf=leaf)
    cast.do("accept", ticket, "李敏")
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="冷凝水")
    assert f"{clock.local(ticket.handoffs.get().due_at):%m-%d %H:%M}" == due


def test_the_kind_that_was_agreed_comes_with_it(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    cast.do("offer", ticket, "吴刚", dept="CLN", reason="冷凝水", leaf="CL01")
    cast.do("receive", ticket, "何勇")
    assert (fresh(ticket).leaf_code, fresh(ticket).lead_dept) == ("CL01", "CLN")


def test_what_waits_is_awake_when_it_changes_hands(dripping: tuple[Cast, Ticket]) -> None:
    cast, ticket = dripping
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    cast.do("take", ticket, "陈师傅", eta=10)
    cast.do("offer", ticket, "吴刚", dept="SEC", reason="冷凝水")
    cast.do("suspend", ticket, "吴刚", reason="天气", resume_at=later(days=1))
    cast.at("09:15:01")
    now = fresh(ticket)
    assert (now.status, now.lead_dept, now.handler, now.resume_to) == ("ACCEPTED", "SEC", None, "")
    cast.at("03-03 10:00")
    assert fresh(ticket).status == "ACCEPTED"
    assert not journal.of("ticket", ticket.id).filter(verb="tickets.resume").exists()
