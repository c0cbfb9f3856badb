"""Waiting with an end date, and prices that are agreed before work (transitions h and i, quotes)."""

import pytest

from anju.journal import queries as journal
from anju.tickets.choices import SUSPEND_DAYS, SuspendReason
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh, refused, ticking

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}
LINES = [{"name": "阀芯", "kind": "material", "fen": 3000}, {"name": "人工", "kind": "labour", "fen": 5000}]


@pytest.fixture
def taken(cast: Cast) -> tuple[Cast, Ticket]:
    cast.freeze("accept", "dispatch")
    ticket = cast.report()
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    return cast, cast.do("take", ticket, "陈师傅", eta=30)


def test_the_longest_waits_are_those_of_the_text() -> None:
    assert {str(reason.label): days for reason, days in SUSPEND_DAYS.items()} == {
        "等待业主时间": 3,
        "等待配件": 7,
        "等待第三方/市政": 7,
        "等待审批或业主表决": 60,
        "天气": 3,
        "等待停水停电窗口": 3,
    }


@pytest.mark.parametrize("reason", ["", "不想干", "等", "等待", "等待停水停电窗口期"])
def test_a_reason_is_one_of_the_list(taken: tuple[Cast, Ticket], reason: str) -> None:
    cast, ticket = taken
    assert refused(cast, "suspend", ticket, "陈师傅", reason=reason, resume_at=later(days=1)) == "REASON_REQUIRED"


@pytest.mark.parametrize("reason", [one.value for one in SuspendReason] + ["等待业主", "等待配件"])
def test_a_reason_may_be_its_code_or_the_beginning_of_its_words(taken: tuple[Cast, Ticket], reason: str) -> None:
    cast, ticket = taken
    assert cast.do("suspend", ticket, "吴刚", reason=reason, resume_at=later(days=1)).status == "SUSPENDED"


def test_only_the_worker_who_has_it_asks(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.garden.members["高工"].roles = ["WK", "CS"]
    cast.garden.members["高工"].save()
    assert refused(cast, "suspend", ticket, "高工", reason="天气", resume_at=later(days=1)) == "NOT_YOURS"


def test_it_is_renewed_once_and_with_the_supervisor(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("suspend", ticket, "陈师傅", reason="等待业主", resume_at=later(days=1))
    cast.at("03-03 09:00")
    cast.do("suspend", ticket, "陈师傅", reason="等待业主", resume_at=later(days=2))
    assert fresh(ticket).status == "TAKEN"  # asked, not begun
    cast.do("suspend", ticket, "吴刚")
    assert fresh(ticket).status == "SUSPENDED"
    cast.at("03-05 09:00")
    assert refused(cast, "suspend", ticket, "吴刚", reason="等待业主", resume_at=later(days=1)) == "SUSPEND_LIMIT"


def test_it_is_renewed_before_it_ends(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("suspend", ticket, "吴刚", reason="等待配件", resume_at=later(days=1))
    cast.at("03-02 20:00")
    cast.do("suspend", ticket, "吴刚", reason="等待配件", resume_at=later(days=5))
    cast.at("03-07 19:59:59")
    assert fresh(ticket).status == "SUSPENDED"
    cast.at("03-07 20:00")
    assert (fresh(ticket).status, fresh(ticket).resume_to) == ("TAKEN", "")
    assert list(ticket.suspensions.filter(ended_at=None)) == []


def test_more_than_thirty_days_in_all_are_the_managers(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("suspend", ticket, "吴刚", reason="等待审批或业主表决", resume_at=later(days=28))
    cast.at("03-30 09:00")
    assert fresh(ticket).status == "TAKEN"
    cast.do("suspend", ticket, "吴刚", reason="天气", resume_at=later(days=2))
    cast.at("04-01 09:00")
    assert refused(cast, "suspend", ticket, "吴刚", reason="等待配件", resume_at=later(seconds=1)) == "SUSPEND_LIMIT"
    assert cast.do("suspend", ticket, "周强", reason="等待配件", resume_at=later(days=7)).status == "SUSPENDED"


def test_what_was_asked_too_long_ago_is_not_approved(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("suspend", ticket, "陈师傅", reason="等待配件", resume_at=later(hours=2))
    cast.at("11:00")
    assert refused(cast, "suspend", ticket, "吴刚") == "RESUME_PAST"


def test_asking_again_replaces_what_was_asked(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    for days in (1, 2):
        cast.do("suspend", ticket, "陈师傅", reason="等待配件", resume_at=later(days=days))
    assert [one.resume_at for one in ticket.suspensions.all()] == [later(days=2)]
    cast.do("suspend", ticket, "吴刚")
    assert ticket.suspensions.get().approved_by.name == "吴刚"


def test_from_an_approved_wait_to_one_without_approval_the_day_counts_on(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("suspend", ticket, "吴刚", reason="等待配件", resume_at=later(days=1))
    assert ticking(ticket, "ESC24").state == "PAUSED"
    cast.do("suspend", ticket, "陈师傅", reason="等待业主", resume_at=later(days=2))
    assert (ticking(ticket, "ESC24").state, ticking(ticket, "RESOLVE").state) == ("RUNNING", "PAUSED")


def test_whoever_ends_it_the_worker_knows(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    for number, (action, who) in enumerate((("resume", "陈师傅"), ("resume", "李敏"), ("urge", "张伟"))):
        reason = ("等待配件", "天气", "等待第三方")[number]
        cast.do("suspend", ticket, "吴刚", reason=reason, resume_at=later(days=2))
        cast.at(f"1{number}:00")
        cast.do(action, ticket, who)
        assert fresh(ticket).status == "TAKEN"
    assert len(cast.heard("陈师傅", "T214")) == 2  # not when he did it himself


def test_clocks_of_a_wait_lose_no_second(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    before = {name: ticking(ticket, name).deadline for name in ("RED", "RESOLVE", "ESC24", "ARRIVE")}
    cast.at("09:17:23")
    cast.do("suspend", ticket, "吴刚", reason="天气", resume_at=later(days=2))
    waited = later(days=2) - later(seconds=0)
    cast.at("03-04 09:17:23")
    after = {name: ticking(ticket, name).deadline for name in before}
    assert after == {name: at + (waited if name != "ARRIVE" else 0 * waited) for name, at in before.items()}


def test_at4_6_work_waits_for_the_price(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("quote", ticket, "陈师傅", lines=LINES)
    assert refused(cast, "start", ticket, "陈师傅", proof=HERE) == "QUOTE_NOT_CONFIRMED"
    told = cast.heard("张伟", "T116")
    assert [("80.00元" in one.body, "30.00元" in one.body, "50.00元" in one.body) for one in told] == [(True,) * 3]
    cast.do("confirm_quote", ticket, "张伟")
    assert cast.do("start", ticket, "陈师傅", proof=HERE).status == "IN_PROGRESS"
    cast.do("quote", ticket, "陈师傅", lines=LINES)
    done = {"result": "更换阀芯，不再滴漏", "photos": [cast.photo()]}
    assert refused(cast, "finish", ticket, "陈师傅", **done) == "QUOTE_NOT_CONFIRMED"


def test_a_new_price_replaces_the_old_one(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("quote", ticket, "陈师傅", lines=LINES)
    cast.do("quote", ticket, "吴刚", lines=LINES[:1])
    assert [one.state for one in ticket.quotes.all()] == ["EXPIRED", "SENT"]
    cast.do("refuse_quote", ticket, "张伟")
    assert refused(cast, "confirm_quote", ticket, "张伟") == "QUOTE_GONE"
    assert refused(cast, "start", ticket, "陈师傅", proof=HERE) == "QUOTE_NOT_CONFIRMED"


def test_a_price_nobody_answers_ends_after_two_days(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.do("quote", ticket, "陈师傅", lines=LINES)
    cast.at("03-04 09:00")
    assert ticket.quotes.get().state == "SENT"
    cast.at("03-04 09:00:01")
    assert (ticket.quotes.get().state, ticking(ticket, "QUOTE").state) == ("EXPIRED", "MET")
    assert refused(cast, "confirm_quote", ticket, "张伟") == "QUOTE_GONE"
    assert journal.of("ticket", ticket.id).filter(verb="tickets.quote_expired").count() == 1


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"fen": 0}],
        [{"name": "人工"}],
        [{"fen": "x"}],
        [{"fen": 500}, {"fen": -100, "kind": "material"}],
        [{"fen": 500, "kind": "gift"}],
        [{"fen": 10**19}],
    ],
)
def test_an_odd_price_is_no_price(taken: tuple[Cast, Ticket], lines: list[dict[str, object]]) -> None:
    cast, ticket = taken
    assert refused(cast, "quote", ticket, "陈师傅", lines=lines) == "QUOTE_EMPTY"
    assert not ticket.quotes.exists()


def test_only_who_has_it_or_leads_names_a_price(taken: tuple[Cast, Ticket]) -> None:
    cast, ticket = taken
    cast.garden.members["马师傅"].roles = ["WK", "CS"]
    cast.garden.members["马师傅"].save()
    assert refused(cast, "quote", ticket, "马师傅", lines=LINES) == "NOT_YOURS"
