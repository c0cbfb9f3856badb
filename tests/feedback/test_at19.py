"""AT19.0–AT19.2: low stars, the visit, and silence (domain file 19)."""

import pytest

from anju.core import clock
from anju.core.errors import Refused
from anju.feedback import actions
from anju.feedback.models import Rating, Revisit
from anju.tickets import actions as tickets
from tests.cast import Cast
from tests.feedback.conftest import Settled


def test_at19_0_two_stars_are_called_within_a_day(cast: Cast, settled: Settled) -> None:
    ticket = settled(at="03-04 14:00")
    cast.at("03-04 14:01")
    assert len(cast.heard("张伟", "T107")) == 1

    cast.at("03-04 15:00")
    actions.reply_by_sms("13800005678", "2")
    visit = Revisit.objects.get(ticket=ticket)
    assert (visit.due_at, visit.assignee and visit.assignee.name) == (clock.parse("2026-03-05T15:00:00"), "郑洁")
    assert len(cast.heard("张伟", "T118")) == 1

    ticket.refresh_from_db()
    with pytest.raises(Refused, match="CLOSE_BLOCKED_BY_REVISIT"):
        tickets.close(ticket, by=cast.scope("李敏"))
    with pytest.raises(Refused, match="REVISIT_SELF"):
        actions.assign(visit, to=cast.garden.staff["陈师傅"], by=cast.scope("赵静"))

    actions.record_visit(visit, result="SATISFIED", by=cast.scope("郑洁"), note="已当面道歉")
    ticket.refresh_from_db()
    assert (ticket.status, Rating.objects.get(ticket=ticket).stars) == ("CLOSED", 2)


def test_at19_0_silence_for_seven_days_is_no_rating(cast: Cast, settled: Settled) -> None:
    ticket = settled(at="03-04 14:00")
    cast.at("03-11 14:00:01")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_code) == ("CLOSED", "UNRATED")
    with pytest.raises(Refused, match="RATING_CLOSED"):
        actions.rate(ticket, stars=5, by=cast.scope("张伟"))


def test_at19_1_five_stars_close_the_ticket_and_may_change_for_a_day(cast: Cast, settled: Settled) -> None:
    ticket = settled(at="14:00")
    actions.rate(ticket, stars=5, by=cast.scope("张伟"), chips=["FIXED", "NONSENSE"], text="很好")
    assert (ticket.status, ticket.close_code) == ("CLOSED", "RATED")
    cast.at("03-03 14:00:00")
    rating = actions.rate(ticket, stars=1, by=cast.scope("张伟"), text="又漏了")
    assert (rating.stars, rating.version, rating.chips) == (1, 2, [])
    assert len(cast.heard("张伟", "T118")) == 1
    cast.at("03-03 14:00:01")
    with pytest.raises(Refused, match="RATING_CLOSED"):
        actions.rate(ticket, stars=3, by=cast.scope("张伟"))


def test_at19_2_still_not_content_goes_back_to_work(cast: Cast, settled: Settled) -> None:
    ticket = settled(at="14:00")
    actions.rate(ticket, stars=1, by=cast.scope("张伟"))
    visit = Revisit.objects.get(ticket=ticket)
    actions.record_visit(visit, result="UNSATISFIED", by=cast.scope("郑洁"), note="还在滴水")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reopen_count, ticket.visit_due) == ("ACCEPTED", 1, False)
    assert Revisit.objects.get(ticket=ticket).result == "UNSATISFIED"


def test_at19_2_three_days_without_an_answer(cast: Cast, settled: Settled) -> None:
    ticket = settled(at="14:00")
    actions.rate(ticket, stars=2, by=cast.scope("张伟"))
    visit = Revisit.objects.get(ticket=ticket)
    for at in ("03-03 10:00", "03-03 18:00", "03-04 10:00"):
        cast.at(at)
        actions.record_visit(visit, result="UNREACHED", by=cast.scope("郑洁"))
        assert visit.state == "OPEN"
    cast.at("03-05 19:00")
    actions.record_visit(visit, result="UNREACHED", by=cast.scope("郑洁"))
    ticket.refresh_from_db()
    assert (visit.state, visit.result, ticket.status) == ("DONE", "UNREACHED", "CLOSED")
    assert len(cast.heard("张伟", "T114")) == 1
