"""Offering, taking, declining, giving back, passing on (transitions b, c, d, f, g; AT4.1)."""

import pytest

from anju.core.errors import Refused
from anju.tickets import queries
from anju.tickets.actions import proposing
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import accepted, change, fresh, offered, refused, taken

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}
DONE = {"result": "更换阀芯，不再滴漏"}


@pytest.mark.parametrize(
    ("who", "code"),
    [("马师傅", "NOT_ON_DUTY"), ("高工", "SKILL_MISSING"), ("孙涛", "OTHER_DEPT"), ("电梯公司", "OTHER_DEPT")],
)
def test_by_hand_only_to_whom_the_rules_allow(calm: Cast, who: str, code: str) -> None:
    assert refused(calm, "dispatch", accepted(calm), "李敏", to=who) == code


def test_electricity_asks_for_the_certificate_valid_today(calm: Cast) -> None:
    ticket = accepted(calm, text="家里插座坏了", leaf="IN02")
    calm.garden.staff["高工"].certificates.get().delete()
    assert refused(calm, "dispatch", ticket, "李敏", to="高工") == "CERT_REQUIRED"
    assert refused(calm, "dispatch", ticket, "李敏") == "NO_CANDIDATE"


def test_somebody_of_another_office_is_unknown(calm: Cast) -> None:
    ticket = accepted(calm)
    calm.garden.members["陈师傅"].delete()
    assert refused(calm, "dispatch", ticket, "李敏", to="陈师傅") == "STAFF_UNKNOWN"


def test_the_rules_choose_when_nobody_is_named(calm: Cast) -> None:
    ticket = calm.do("dispatch", accepted(calm), "李敏")
    assert (ticket.handler.name, ticket.dispatch_why["others"]) == ("陈师傅", 0)


def test_at4_1_the_first_of_two_has_it(calm: Cast) -> None:
    change(calm, "马师傅", on_shift=True)
    ticket = offered(calm)
    calm.do("take", ticket, "马师傅", eta=10)
    assert fresh(ticket).handler.name == "马师傅"
    assert refused(calm, "take", ticket, "陈师傅", eta=10) == "ALREADY_TAKEN"


def test_the_vendor_who_comes_second_is_told_so(calm: Cast) -> None:
    ticket = calm.report("电梯突然往下掉了一截，吓死人", asset="EL-0301-1")
    calm.do("accept", ticket, "李敏")
    calm.do("dispatch", ticket, "李敏", to="高工")
    calm.do("take", ticket, "高工", eta=10)
    assert refused(calm, "take", ticket, "电梯公司", eta=10) == "ALREADY_TAKEN"
    assert queries.by_no(calm.scope("电梯公司"), ticket.no, doing="take").id == ticket.id
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        queries.by_no(calm.scope("电梯公司"), ticket.no)


def test_the_vendor_is_asked_through_the_last_day_of_the_contract(calm: Cast) -> None:
    calm.at("23:00")
    asset = calm.garden.assets["EL-0301-1"]
    asset.vendor_until = calm.garden.assets["EL-0301-1"].vendor_until.replace(month=3, day=2)
    asset.save()
    for moment, vendor in (("23:30", "电梯公司"), ("03-03 00:30", None)):
        calm.at(moment)
        calm.freeze("merge")
        ticket = calm.report("电梯突然往下掉了一截，吓死人", asset="EL-0301-1")
        calm.do("accept", ticket, "李敏")
        calm.do("dispatch", ticket, "李敏", to="高工")
        assert (ticket.co_offer.name if ticket.co_offer else None) == vendor


@pytest.mark.parametrize(
    ("eta", "code"), [(None, "ETA_REQUIRED"), (-1, "ETA_PAST"), (43_201, "ETA_PAST"), (10**15, "ETA_PAST")]
)
def test_whoever_takes_it_says_when_he_comes(calm: Cast, eta: int | None, code: str) -> None:
    assert refused(calm, "take", offered(calm), "陈师傅", eta=eta) == code


def test_a_moment_is_as_good_as_minutes(calm: Cast) -> None:
    assert calm.do("take", offered(calm), "陈师傅", eta=later(days=30)).promised_at == later(days=30)


def test_one_who_could_not_have_been_asked_cannot_take_it(calm: Cast) -> None:
    assert refused(calm, "take", offered(calm), "马师傅", eta=10) == "NOT_OFFERED"  # not on duty
    assert refused(calm, "take", offered(calm), "孙涛", eta=10) == "NOT_ALLOWED"  # another department


@pytest.mark.parametrize(("reason", "code"), [("", "REASON_REQUIRED"), ("不想去", "REASON_REQUIRED")])
def test_declining_takes_a_reason_of_the_list(calm: Cast, reason: str, code: str) -> None:
    assert refused(calm, "decline", offered(calm), "陈师傅", reason=reason) == code


def test_only_the_one_asked_declines_and_is_not_asked_again(calm: Cast) -> None:
    change(calm, "马师傅", on_shift=True)
    ticket = offered(calm)
    assert refused(calm, "decline", ticket, "马师傅", reason="在途") == "NOT_OFFERED"
    calm.do("decline", ticket, "陈师傅", reason="SKILL")
    assert (fresh(ticket).status, fresh(ticket).handler) == ("ACCEPTED", None)
    assert calm.do("dispatch", ticket, "李敏").handler.name == "马师傅"


def test_the_third_decline_of_a_day_reaches_the_supervisor(calm: Cast) -> None:
    for number in range(4):
        ticket = offered(calm, text=f"水龙头滴漏{number}")
        calm.do("decline", ticket, "陈师傅", reason="在途")
        assert len(calm.heard("吴刚", "T203")) == max(0, number - 1)
    calm.at("03-03 08:30")
    before = len(calm.heard("吴刚", "T203"))
    calm.do("decline", offered(calm), "陈师傅", reason="在途")
    assert len(calm.heard("吴刚", "T203")) == before


def test_giving_back(calm: Cast) -> None:
    ticket = taken(calm)
    change(calm, "马师傅", on_shift=True)
    assert refused(calm, "return", ticket, "马师傅", reason="缺工具") == "NOT_ALLOWED"
    assert refused(calm, "return", ticket, "陈师傅", reason=" ") == "REASON_REQUIRED"
    urgent = taken(calm, text="家里厨房水管爆了，水止不住")
    assert refused(calm, "return", urgent, "陈师傅", reason="缺工具") == "P0_NO_RETURN"
    change(calm, "吴刚", roles=["SUP", "WK"])
    assert refused(calm, "return", ticket, "吴刚", reason="缺工具") == "NOT_YOURS"


def test_passing_on_inside_the_department(calm: Cast) -> None:
    ticket = taken(calm)
    assert refused(calm, "transfer", ticket, "吴刚", to="陈师傅") == "SAME_HANDLER"
    assert refused(calm, "transfer", ticket, "吴刚", to="孙涛") == "OTHER_DEPT"
    change(calm, "马师傅", on_shift=True)
    calm.do("transfer", ticket, "吴刚", to="马师傅")
    now = fresh(ticket)
    assert (now.status, now.handler.name, now.promised_at, len(calm.heard("马师傅", "T201"))) == (
        "DISPATCHED",
        "马师傅",
        None,
        1,
    )


def test_who_could_have_it_and_why_the_others_cannot(calm: Cast) -> None:
    change(calm, "陈师傅", skills=["IN04"])
    change(calm, "马师傅", on_shift=True)
    ticket = accepted(calm)
    Ticket.objects.filter(id=ticket.id).update(passed_by=[calm.garden.staff["马师傅"].id])
    found = proposing.propose(fresh(ticket), by=calm.scope("李敏"))
    assert [one.worker.name for one in found.candidates] == ["陈师傅"]
    assert {worker.name: code for worker, code in found.others} == {
        "马师傅": "PASSED",
        "高工": "SKILL_MISSING",
        "刘工": "NOT_ON_DUTY",
    }
    assert (found.leader.name, found.loads.get(calm.garden.staff["陈师傅"].id, 0)) == ("吴刚", 0)


def test_whoever_has_eight_gets_no_more(calm: Cast) -> None:
    for number in range(8):
        taken(calm, text=f"水龙头滴漏{number}")
    ticket = accepted(calm, who="王秀英")
    found = proposing.propose(ticket, by=calm.scope("李敏"))
    assert (found.candidates, [code for worker, code in found.others if worker.name == "陈师傅"]) == ([], ["FULL"])
