"""At the desk: accept, correct the kind, answer, note, take back, confirm by call, close (a, k, m, o, s; AT4.7)."""

from datetime import timedelta

import pytest

from anju import understanding
from anju.core import clock
from anju.tickets import queries
from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.steps import fresh, refused, ticking

PRAISE = next(code for code, leaf in understanding.leaves().items() if leaf.type == "PR")


def kinds(ticket: Ticket) -> set[str]:
    return {one.kind for one in ticket.clocks.exclude(state="VOID")}


def finished(cast: Cast) -> Ticket:
    ticket = cast.in_progress(at="10:00")
    return cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])


def test_at4_7_a_corrected_kind_counts_from_the_first_moment(calm: Cast) -> None:
    ticket = calm.report()
    calm.at("09:30")
    calm.do("classify", ticket, "李敏", leaf="IN03")
    now = fresh(ticket)
    assert (now.prio, now.leaf_source, ticking(ticket, "ARRIVE").deadline) == ("P0", "MANUAL", clock.now())
    resp = ticking(ticket, "RESP")
    assert (resp.state, resp.breached_at, resp.why) == ("BREACHED", clock.parse("2026-03-02T09:15:01"), "改派")
    assert (ticking(ticket, "RESOLVE").why, ticking(ticket, "RESOLVE").deadline) == ("改派", later(minutes=90))
    assert {one.template for one in calm.heard("陈师傅")} >= {"T206", "T207"}
    calm.at("09:30:01")
    arrive = ticking(ticket, "ARRIVE")
    assert (arrive.state, arrive.why, fresh(ticket).light) == ("BREACHED", "改派", "RED")


def test_a_shortened_response_is_late_at_once_and_said_to_be_so(calm: Cast) -> None:
    ticket = calm.report()
    calm.at("09:05")
    calm.do("classify", ticket, "李敏", leaf="IN03")
    resp = ticking(ticket, "RESP")
    assert (resp.state, resp.breached_at, resp.why) == ("BREACHED", clock.parse("2026-03-02T09:03:01"), "改派")


def test_a_corrected_kind_never_gives_more_time(calm: Cast) -> None:
    ticket = calm.report("家里厨房水管爆了，水止不住")
    before = {name: ticking(ticket, name).deadline for name in ("RESP", "ARRIVE", "RESOLVE")}
    calm.do("classify", ticket, "李敏", leaf="IN04")
    assert {name: ticking(ticket, name).deadline for name in before} == before
    assert fresh(ticket).prio == "P2"


def test_what_was_taken_for_praise_gets_its_clocks_when_it_is_a_repair(calm: Cast) -> None:
    ticket = calm.report("感谢王管家帮忙")
    assert kinds(ticket) == {"RESP", "RESOLVE"}
    calm.at("09:05")
    calm.do("classify", ticket, "李敏", leaf="IN04")
    assert kinds(ticket) == {"RESP", "RED", "ARRIVE", "RESOLVE", "ESC24"}
    assert ticking(ticket, "RED").deadline == clock.parse("2026-03-02T11:00")
    assert ticking(ticket, "ESC24").deadline == clock.parse("2026-03-03T09:00")


def test_what_was_taken_for_a_repair_is_never_red_when_it_is_praise(calm: Cast) -> None:
    ticket = calm.report()
    calm.do("classify", ticket, "李敏", leaf=PRAISE)
    calm.at("03-03 10:00")
    assert (fresh(ticket).level, calm.heard("赵静", "T204")) == (0, [])


def test_kinds_that_do_not_exist_are_refused_and_the_same_kind_changes_nothing(calm: Cast) -> None:
    ticket = calm.report()
    assert refused(calm, "classify", ticket, "李敏", leaf="XX99") == "LEAF_UNKNOWN"
    before = fresh(ticket).version
    calm.do("classify", ticket, "李敏", leaf="IN04")
    assert fresh(ticket).version == before


def test_what_nobody_understands_needs_a_kind_to_be_accepted(calm: Cast) -> None:
    ticket = calm.report("你好，在吗")
    assert ticket.leaf_code == "ZZ99"
    assert refused(calm, "accept", ticket, "李敏") == "LEAF_REQUIRED"
    calm.do("accept", ticket, "李敏", leaf="IN04")
    assert (fresh(ticket).status, fresh(ticket).leaf_code) == ("ACCEPTED", "IN04")


def test_a_late_entry_is_confirmed_by_those_who_lead_the_desk_and_stays_so(calm: Cast) -> None:
    ticket = calm.report(who="孙涛", room=None, place="B3-1", reported_at=clock.now() - timedelta(hours=1))
    assert (fresh(ticket).light, ticking(ticket, "RESP").state) == ("YELLOW", "BREACHED")
    for who in ("孙涛", "李敏"):
        assert refused(calm, "confirm_late", ticket, who, call_id="REC-0007") == "NOT_ALLOWED"
    assert refused(calm, "confirm_late", ticket, "赵静", call_id=" ") == "PROOF_REQUIRED"
    calm.do("confirm_late", ticket, "赵静", call_id="REC-0007")
    calm.at("09:20")
    resp = ticking(ticket, "RESP")
    assert (resp.state, resp.breached_at, resp.why, fresh(ticket).light_reason) == ("MET", None, "补录", "NONE")


def test_only_a_late_entry_is_confirmed(calm: Cast) -> None:
    assert refused(calm, "confirm_late", calm.report(), "赵静", call_id="REC-0007") == "NOT_LATE_ENTRY"


@pytest.mark.parametrize(("ago", "late"), [(30 * 60, False), (30 * 60 + 1, True)])
def test_half_an_hour_is_no_late_entry(calm: Cast, ago: int, late: bool) -> None:
    assert calm.report(who="李敏", room=None, reported_at=later(seconds=-ago)).late_entry is late


def test_a_late_entry_does_not_ring_for_what_is_over(calm: Cast) -> None:
    calm.report(who="李敏", room=None, reported_at=later(hours=-1))
    assert calm.heard("李敏", "T202") == []


def test_a_breach_does_not_take_the_page_out_of_the_agents_hands(calm: Cast) -> None:
    ticket = calm.report()
    seen = fresh(ticket).version
    calm.at("09:15:01")
    assert ticking(ticket, "RESP").state == "BREACHED"
    calm.do("accept", ticket, "李敏", version=seen)
    assert refused(calm, "cancel", ticket, "李敏", reason="重复", version=seen) == "STATE_CONFLICT"


@pytest.mark.parametrize(("words", "code"), [(" ", "TEXT_REQUIRED"), ("字" * 1001, "DESC_TOO_LONG")])
def test_a_note_has_words(calm: Cast, words: str, code: str) -> None:
    assert refused(calm, "note", calm.report(), "李敏", note_text=words) == code


def test_the_owner_side_reads_what_is_meant_for_it(calm: Cast) -> None:
    ticket = calm.report()
    calm.do("note", ticket, "李敏", note_text="内部：业主脾气急")
    calm.do("note", ticket, "李敏", note_text="已联系师傅", visible=True)
    calm.do("note", ticket, "张伟", note_text="下午在家")
    mine = queries.facts_of(calm.scope("张伟"), ticket)
    assert [row.note for row in mine.entries if row.note] == ["已联系师傅", "下午在家"]
    assert all(one.to_kind != "staff" for one in mine.told)


def test_taking_back(calm: Cast) -> None:
    first, second = calm.report(), calm.report("家里插座坏了")
    assert refused(calm, "cancel", first, "李敏", reason=" ") == "REASON_REQUIRED"
    calm.do("cancel", first, "李敏", reason="重复")
    calm.do("cancel", second, "张伟")
    assert [(fresh(one).status, fresh(one).close_code) for one in (first, second)] == [
        ("CANCELLED", "DUPLICATE"),
        ("CANCELLED", "BY_REPORTER"),
    ]
    assert len(calm.heard("张伟", "T110")) == 1
    assert {one.running_since for one in second.clocks.all()} == {None}


def test_an_agent_confirms_with_the_record_of_the_call(calm: Cast) -> None:
    ticket = finished(calm)
    assert refused(calm, "confirm", ticket, "李敏") == "PROOF_REQUIRED"
    calm.do("confirm", ticket, "李敏", call_id="REC-0008")
    assert fresh(ticket).status == "PENDING_VISIT"


def test_a_visit_that_is_due_comes_before_closing(calm: Cast) -> None:
    ticket = calm.do("confirm", finished(calm), "张伟")
    calm.do("require_visit", ticket, "郑洁", needed=True)
    calm.do("require_visit", ticket, "郑洁", needed=True)
    assert refused(calm, "close", ticket, "郑洁") == "CLOSE_BLOCKED_BY_REVISIT"
    calm.at("03-10 10:00")
    assert fresh(ticket).status == "PENDING_VISIT"  # nor does time close it
    calm.do("require_visit", ticket, "郑洁", needed=False)
    assert calm.do("close", ticket, "郑洁").close_code == "CHECKED"


def test_opening_again_needs_a_reason(calm: Cast) -> None:
    ticket = calm.do("close", calm.do("confirm", finished(calm), "张伟"), "郑洁")
    assert refused(calm, "reopen", ticket, "张伟", reason=" ") == "REASON_REQUIRED"


def test_a_request_without_a_visit_is_answered_praise_gets_no_stars(calm: Cast) -> None:
    card = calm.report("想办一张门禁卡", leaf="AC04")
    calm.do("answer", card, "李敏", answer_text="请带身份证到服务中心办理，十分钟可取")
    assert (fresh(card).status, len(calm.heard("张伟", "T107"))) == ("PENDING_VISIT", 1)
    thanks = calm.report("感谢王管家帮忙", who="王秀英")
    calm.do("answer", thanks, "李敏", answer_text="谢谢您的肯定，我们会转告王管家")
    assert calm.heard("王秀英", "T107") == []
    assert refused(calm, "answer", calm.report("请人开锁", leaf="OR14"), "李敏", answer_text="马上到" * 5) == (
        "ANSWER_NOT_POSSIBLE"
    )


def test_work_that_has_begun_is_not_unprocessed_under_its_right_kind(calm: Cast) -> None:
    ticket = calm.do("accept", calm.report("感谢王管家帮忙"), "李敏")
    calm.do("dispatch", ticket, "李敏", to="郑洁")
    calm.do("take", ticket, "郑洁", eta=5)
    calm.do("start", ticket, "郑洁")
    calm.do("classify", ticket, "李敏", leaf="IN04")
    assert (ticking(ticket, "RED").state, ticking(ticket, "ESC24").state) == ("MET", "RUNNING")
