"""Stars: who may give them, how they are read, what they set in motion."""

import pytest

from anju.core.errors import Refused
from anju.core.scope import guest
from anju.feedback import actions, queries
from anju.feedback.models import Rating, Revisit
from anju.journal import queries as journal
from anju.notify import queries as notify
from tests.cast import Cast
from tests.feedback.conftest import Settled

PHONE = "13800005678"


@pytest.mark.parametrize("stars", [0, 6, -1, 99])
def test_there_are_one_to_five(cast: Cast, settled: Settled, stars: int) -> None:
    with pytest.raises(Refused, match="STARS_RANGE"):
        actions.rate(settled(), stars=stars, by=cast.scope("张伟"))


@pytest.mark.parametrize("who", ["李敏", "陈师傅", "王秀英", "周强"])
def test_nobody_else_rates(cast: Cast, settled: Settled, who: str) -> None:
    with pytest.raises(Refused, match="RATING_NOT_YOURS"):
        actions.rate(settled(), stars=5, by=cast.scope(who))


def test_a_guest_with_the_key_rates(settled: Settled) -> None:
    ticket = settled()
    assert actions.rate(ticket, stars=4, by=guest(ticket.id)).stars == 4


def test_stars_come_after_the_work(cast: Cast) -> None:
    with pytest.raises(Refused, match="RATING_CLOSED"):
        actions.rate(cast.report(), stars=5, by=cast.scope("张伟"))


def test_both_words_are_kept(cast: Cast, settled: Settled) -> None:
    ticket = settled()
    first = actions.rate(ticket, stars=5, by=cast.scope("张伟"), text="好")
    actions.rate(ticket, stars=4, by=cast.scope("张伟"), text="还行")
    told = list(journal.of("rating", first.id))
    assert [(one.verb, one.data["stars"], one.note) for one in told] == [
        ("feedback.rated", 5, ""),
        ("feedback.rating_changed", 4, "好"),
    ]
    assert Rating.objects.get(ticket=ticket).text == "还行"


@pytest.mark.parametrize(("said", "stars"), [("５", 5), ("5星", 5), ("非常满意", 5), ("1", 1), ("三分", 3)])
def test_answers_by_sms_are_read(settled: Settled, said: str, stars: int) -> None:
    settled()
    rating = actions.reply_by_sms(PHONE, said)
    assert rating is not None
    assert (rating.stars, rating.channel) == (stars, "sms")


def test_what_nobody_can_read_is_asked_once_more(settled: Settled) -> None:
    ticket = settled()
    for said in ("修得还行吧", "0", "6", "R"):
        assert actions.reply_by_sms(PHONE, said) is None
    asked = [one.to_kind for one in notify.about("ticket", ticket.id) if one.template == "T107" and not one.parent_id]
    assert asked == ["person", "phone"]
    assert Rating.objects.count() == 0


def test_a_stranger_s_sms_rates_nothing(settled: Settled) -> None:
    settled()
    assert actions.reply_by_sms("13900000000", "5") is None


def test_after_reopening_stars_are_given_anew(cast: Cast, settled: Settled) -> None:
    ticket = settled()
    actions.rate(ticket, stars=3, by=cast.scope("张伟"))
    cast.at("15:00")
    cast.do("reopen", ticket, "张伟", reason="又漏了")
    cast.do("dispatch", ticket, "吴刚", to="陈师傅")
    cast.do("take", ticket, "陈师傅", eta=15)
    cast.do("start", ticket, "陈师傅", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    cast.do("finish", ticket, "陈师傅", result="再次更换阀芯", photos=[cast.photo()])
    cast.at("16:00")
    cast.do("confirm", ticket, "张伟")
    cast.at("03-04 10:00")
    assert queries.standing(cast.scope("张伟"), ticket).may
    rating = actions.rate(ticket, stars=5, by=cast.scope("张伟"))
    assert (rating.version, ticket.status) == (2, "CLOSED")


def test_a_complaint_is_called_whatever_the_stars(cast: Cast, settled: Settled) -> None:
    ticket = settled()
    ticket.type = "CP"
    ticket.save()
    actions.rate(ticket, stars=5, by=cast.scope("张伟"))
    visit = Revisit.objects.get(ticket=ticket)
    assert (ticket.status, ticket.visit_due, visit.reason) == ("PENDING_VISIT", True, "COMPLAINT")
    actions.rate(ticket, stars=1, by=cast.scope("张伟"))
    assert Revisit.objects.get(ticket=ticket).reason == "LOW_STAR"
    assert len(cast.heard("张伟", "T118")) == 1


def test_an_emergency_is_called(cast: Cast) -> None:
    cast.freeze("dispatch")
    ticket = cast.in_progress(text="厨房水龙头一直滴漏")
    ticket.prio = "P0"
    ticket.save()
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    cast.do("confirm", ticket, "张伟")
    cast.at("12:00")
    visit = Revisit.objects.get(ticket=ticket)
    assert (visit.reason, visit.assignee and visit.assignee.name) == ("P0", "郑洁")
    with pytest.raises(Refused, match="RESULT_UNKNOWN"):
        actions.record_visit(visit, result="", by=cast.scope("郑洁"))
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        actions.record_visit(visit, result="SATISFIED", by=cast.scope("李敏"))
    actions.record_visit(visit, result="PARTLY", by=cast.scope("赵静"))
    with pytest.raises(Refused, match="STATE_CONFLICT"):
        actions.record_visit(visit, result="PARTLY", by=cast.scope("赵静"))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.close_code) == ("CLOSED", "CHECKED")


def test_stars_are_seen_by_others_when_they_are_final(cast: Cast, settled: Settled) -> None:
    ticket = settled()
    actions.rate(ticket, stars=4, by=cast.scope("张伟"))
    seen = {who: set(queries.stars_of(cast.scope(who), [ticket.id])) for who in ("郑洁", "陈师傅")}
    assert seen == {"郑洁": {ticket.id}, "陈师傅": set()}
    cast.at("03-03 14:00:01")
    assert set(queries.stars_of(cast.scope("陈师傅"), [ticket.id])) == {ticket.id}
