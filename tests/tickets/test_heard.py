"""Two-sided: after each step exactly these messages, to exactly these people (domain files 01, 04; Appendix B)."""

from collections.abc import Callable

import pytest

from anju.tickets.models import Ticket
from tests.cast import Cast, later
from tests.tickets.test_story import Ear

HERE = {"geo": {"lat": 31.0, "lng": 121.0}}
Heard = dict[str, list[str]]


def accepted(cast: Cast) -> Ticket:
    return cast.do("accept", cast.report(), "李敏")


def offered(cast: Cast) -> Ticket:
    return cast.do("dispatch", accepted(cast), "李敏", to="陈师傅")


def taken(cast: Cast) -> Ticket:
    return cast.do("take", offered(cast), "陈师傅", eta=30)


def begun(cast: Cast) -> Ticket:
    return cast.do("start", taken(cast), "陈师傅", proof=HERE)


def waiting(cast: Cast) -> Ticket:
    return cast.do("suspend", begun(cast), "吴刚", reason="等待配件", resume_at=later(days=1))


def finished(cast: Cast) -> Ticket:
    return cast.do("finish", begun(cast), "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])


def closed(cast: Cast) -> Ticket:
    return cast.do("close", cast.do("confirm", finished(cast), "张伟"), "郑洁")


STEPS: list[tuple[Callable[[Cast], Ticket], str, str, dict[str, object], Heard]] = [
    (Cast.report, "accept", "李敏", {}, {}),
    (accepted, "dispatch", "李敏", {"to": "陈师傅"}, {"陈师傅": ["T201"]}),
    (accepted, "cancel", "张伟", {}, {"张伟": ["T110"]}),
    (accepted, "cancel", "李敏", {"reason": "重复"}, {}),
    (offered, "take", "陈师傅", {"eta": 30}, {"张伟": ["T102"]}),
    (offered, "decline", "陈师傅", {"reason": "在途"}, {}),
    (taken, "start", "陈师傅", {"proof": HERE}, {"张伟": ["T103"]}),
    (taken, "return", "陈师傅", {"reason": "缺工具"}, {}),
    (taken, "suspend", "陈师傅", {"reason": "等待业主", "resume_at": "1d"}, {"张伟": ["T105"]}),
    (taken, "suspend", "陈师傅", {"reason": "等待配件", "resume_at": "1d"}, {}),
    (taken, "suspend", "吴刚", {"reason": "等待配件", "resume_at": "1d"}, {"张伟": ["T105"]}),
    (taken, "delay", "陈师傅", {"eta": "1d", "reason": "等配件"}, {"张伟": ["T104"]}),
    (taken, "quote", "陈师傅", {"lines": [{"fen": 8000}]}, {"张伟": ["T116"]}),
    (taken, "urge", "张伟", {}, {"张伟": ["T113"]}),
    (taken, "plan", "吴刚", {"plan_due_at": "1d"}, {"张伟": ["T104"]}),
    (taken, "escalate", "赵静", {"reason": "业主着急"}, {"张伟": ["T108"], "吴刚": ["T205"]}),
    (taken, "escalate", "赵静", {"reason": "业主着急", "to_level": 2}, {"张伟": ["T108"], "周强": ["T205"]}),
    (taken, "escalate", "赵静", {"reason": "业主着急", "to_level": 3}, {"郑洁": ["T205"]}),
    (taken, "note", "李敏", {"note_text": "内部"}, {}),
    (taken, "offer", "吴刚", {"dept": "SEC", "reason": "冷凝水"}, {"何勇": ["T213"]}),
    (waiting, "resume", "陈师傅", {}, {}),
    (waiting, "resume", "李敏", {}, {"陈师傅": ["T214"]}),
    (waiting, "urge", "张伟", {}, {"陈师傅": ["T214"], "张伟": ["T113"]}),
    (begun, "finish", "陈师傅", {"result": "更换阀芯，不再滴漏", "photos": "1"}, {"张伟": ["T106"]}),
    (finished, "confirm", "张伟", {}, {"张伟": ["T107"]}),
    (finished, "confirm", "李敏", {"call_id": "REC-1"}, {"张伟": ["T107"]}),
    (finished, "reject", "张伟", {"reason": "还漏"}, {"张伟": ["T109"]}),
    (closed, "reopen", "张伟", {"reason": "又漏"}, {"张伟": ["T109"]}),
]


@pytest.mark.parametrize(
    ("before", "action", "who", "more", "heard"), STEPS, ids=[f"{one[1]}-{at}" for at, one in enumerate(STEPS)]
)
def test_exactly_these(
    calm: Cast, before: Callable[[Cast], Ticket], action: str, who: str, more: dict[str, object], heard: Heard
) -> None:
    ticket = before(calm)
    ear = Ear(calm)
    ear()
    values = {"1d": later(days=1), "1": [calm.photo()]}
    calm.do(action, ticket, who, **{name: values.get(str(one), one) for name, one in more.items()})
    assert ear() == heard


def test_a_day_in_which_nobody_does_anything(calm: Cast) -> None:
    ear = Ear(calm)
    calm.report()
    seen = []
    for moment in (
        "09:00", "09:09:59", "09:10", "09:15", "09:15:01", "10:30", "11:00", "11:00:01", "13:00:01",
        "03-03 09:00", "03-03 09:00:01", "03-04 09:00:01", "03-04 09:00:02", "03-05 09:00:03", "03-12 09:00",
    ):  # fmt: skip
        calm.at(moment)
        if heard := ear():
            seen.append((moment, {name: sorted(set(templates)) for name, templates in heard.items()}))
    assert seen == [
        ("09:00", {"张伟": ["T101"]}),
        ("09:10", {"李敏": ["T202"]}),
        ("09:15:01", {"赵静": ["T203"]}),
        ("11:00:01", {"李敏": ["T204"], "吴刚": ["T204"], "赵静": ["T204"]}),
        ("03-03 09:00:01", {"吴刚": ["T205"], "张伟": ["T108"]}),
        ("03-04 09:00:02", {"周强": ["T205"], "张伟": ["T108"]}),
        ("03-05 09:00:03", {"郑洁": ["T205"]}),
    ]


def test_an_emergency_nobody_reaches(calm: Cast) -> None:
    ear = Ear(calm)
    ticket = calm.report("家里厨房水管爆了，水止不住")
    ear()
    calm.do("accept", ticket, "李敏")
    calm.do("dispatch", ticket, "李敏", to="陈师傅")
    calm.do("take", ticket, "陈师傅", eta=20)
    ear()
    calm.at("09:20")
    assert ear() == {"陈师傅": ["T207"]}
    calm.at("09:30")
    assert ear() == {}
    calm.at("09:30:01")
    assert ear() == {"何勇": ["T208"], "周强": ["T208"], "吴刚": ["T206", "T207"]}
    assert (Ticket.objects.get().light, Ticket.objects.get().light_reason) == ("RED", "ARRIVE")


def test_silence_after_the_work(calm: Cast) -> None:
    ear = Ear(calm)
    finished(calm)
    ear()
    calm.at("03-04 09:00")
    assert ear() == {}
    calm.at("03-04 09:00:01")
    assert ear() == {"张伟": ["T107"]}
    calm.at("03-05 09:00:01")
    assert ear() == {"张伟": ["T107"]}  # asked once more
    calm.at("03-11 09:00:02")
    assert ear() == {}
    assert (Ticket.objects.get().status, Ticket.objects.get().close_code) == ("CLOSED", "UNRATED")
