"""Stars and calls (19.1–19.3, B.3), through HTTP."""

import pytest

from tests.lab.driver import Lab


def asked(lab: Lab, text: str = "厨房水龙头一直滴漏", who: str = "张伟") -> str:
    """A ticket whose reporter is asked for stars."""
    no = lab.report(text, who)
    lab.finished(no)
    lab.do("confirm", no, who)
    return no


def owed(lab: Lab) -> list[tuple[str, str]]:
    return [(one["ticket"], one["reason"]) for one in lab.get("/api/v1/feedback/revisits", "郑洁")]


def answered(lab: Lab, stars: int) -> str:
    """An agent's short way to stars: 王秀英 asked something, was answered, and rates."""
    no = lab.report("请问客服中心在哪", "王秀英")
    lab.do("answer", no, "李敏", text="客服中心在南门东侧一楼，八点半开门")
    lab.do("rate", no, "王秀英", stars=stars)
    return no


@pytest.mark.parametrize(("stars", "times", "called"), [(3, 10, 5), (5, 10, 1)])
def test_samples_are_called_and_hold_up_nothing(calm: Lab, stars: int, times: int, called: int) -> None:
    numbers = [answered(calm, stars) for _ in range(times)]
    assert {calm.ticket(no)["status"] for no in numbers} == {"CLOSED"}
    assert [reason for _no, reason in owed(calm)] == ["SAMPLE"] * called
    visit = calm.get("/api/v1/feedback/revisits", "郑洁")[0]
    assert (visit["due_at"], visit["assignee"]) == ("2026-03-03T09:00:00+08:00", "郑洁")
    done = calm.raw("POST", f"/api/v1/feedback/revisits/{visit['id']}/record", "郑洁", result="满意")
    assert (done.status_code, len(owed(calm))) == (200, called - 1)
    assert calm.ticket(visit["ticket"])["status"] == "CLOSED"


def test_a_sample_that_is_not_content_begins_again(calm: Lab) -> None:
    for _ in range(2):
        answered(calm, 3)
    visit = calm.get("/api/v1/feedback/revisits", "郑洁")[0]
    calm.raw("POST", f"/api/v1/feedback/revisits/{visit['id']}/record", "郑洁", result="仍不满意")
    assert (calm.ticket(visit["ticket"])["status"], calm.ticket(visit["ticket"])["reopen_count"]) == ("ACCEPTED", 1)


def test_stars_said_on_the_phone(calm: Lab) -> None:
    no = asked(calm)
    assert calm.code("rate", no, "李敏", stars=4) == "RATING_NOT_YOURS"
    seen = calm.do("rate", no, "李敏", stars=4, call_id="REC-77")
    assert (seen["status"], calm.ticket(no, "郑洁")["rating"]["stars"]) == ("CLOSED", 4)


def test_asked_within_a_minute_and_once_more_after_a_day(calm: Lab) -> None:
    no = asked(calm)
    calm.at("03-09 09:00:00")
    assert [one["at"] for one in calm.heard("张伟", "T107")] == [
        "2026-03-02T09:00:00+08:00",
        "2026-03-03T09:00:00+08:00",
    ]
    assert calm.ticket(no)["status"] == "PENDING_VISIT"
    calm.at("03-09 09:00:01")
    assert (calm.ticket(no)["status"], calm.ticket(no)["close_code"]) == ("CLOSED", "UNRATED")
    assert calm.code("rate", no, "张伟", stars=5) == "RATING_CLOSED"


def test_changed_within_a_day_and_the_last_counts(calm: Lab) -> None:
    no = asked(calm)
    calm.do("rate", no, "张伟", stars=5)
    calm.at("03-03 09:00:00")
    calm.do("rate", no, "张伟", stars=4)
    assert calm.ticket(no, "郑洁")["rating"]["stars"] == 4
    calm.at("03-03 09:00:01")
    assert calm.code("rate", no, "张伟", stars=3) == "RATING_CLOSED"


def test_nobody_at_the_desk_sees_stars_before_they_are_final(calm: Lab) -> None:
    no = asked(calm)
    calm.do("rate", no, "张伟", stars=5)
    assert [calm.ticket(no, who)["rating"] for who in ("李敏", "陈师傅")] == [None, None]
    calm.at("03-03 09:00:01")
    assert calm.ticket(no, "李敏")["rating"]["stars"] == 5


@pytest.mark.parametrize(
    ("text", "stars"), [("５", 5), ("5分", 5), ("非常满意", 5), ("4星", 4), ("非常好", None), ("0", None), ("6", None)]
)
def test_at19_1_stars_by_sms(calm: Lab, text: str, stars: int | None) -> None:
    no = asked(calm)
    assert calm.post("/lab/inbound/sms", **{"from": "张伟", "text": text})["rating"] == stars
    calm.at("09:30")
    assert len(calm.heard("张伟", "T107")) == (1 if stars else 2)
    calm.post("/lab/inbound/sms", **{"from": "张伟", "text": "谢谢你们"})
    calm.at("10:00")
    assert len(calm.heard("张伟", "T107")) == (1 if stars else 2)
    assert (calm.ticket(no)["status"] == "CLOSED") is bool(stars)


def test_three_calls_on_three_days_and_then_no_more(calm: Lab) -> None:
    no = asked(calm)
    calm.do("rate", no, "张伟", stars=1)
    assert owed(calm) == [(no, "LOW_STAR")]
    url = f"/api/v1/feedback/revisits/{calm.get('/api/v1/feedback/revisits', '郑洁')[0]['id']}"
    for day in ("03-02 10:00", "03-02 15:00", "03-03 11:00"):
        calm.at(day)
        assert calm.raw("POST", f"{url}/record", "郑洁", result="无法联系").json()["state"] == "OPEN"
    assert calm.heard("张伟", "T114") == []
    calm.at("03-04 16:00")
    assert calm.raw("POST", f"{url}/record", "郑洁", result="无法联系").json()["state"] == "DONE"
    assert (len(calm.heard("张伟", "T114")), calm.ticket(no)["status"]) == (1, "CLOSED")


def test_a_complaint_is_called_whatever_the_stars(calm: Lab) -> None:
    no = calm.report("楼上装修噪音太大，电钻声不停")
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="孙涛")
    calm.do("take", no, "孙涛", eta=10)
    calm.do("start", no, "孙涛", proof={"geo": {"lat": 31.0, "lng": 121.0}})
    calm.do("finish", no, "孙涛", result="已劝停，约定时间施工")
    calm.do("confirm", no, "张伟")
    assert calm.do("rate", no, "张伟", stars=5)["status"] == "PENDING_VISIT"
    assert owed(calm) == [(no, "COMPLAINT")]
    assert calm.code("close", no, "赵静") == "CLOSE_BLOCKED_BY_REVISIT"
    calm.at("03-10 09:00")
    assert calm.ticket(no)["status"] == "PENDING_VISIT"


def test_a_passer_by_is_not_asked(calm: Lab) -> None:
    no = calm.report("北门的路灯不亮", "李敏", place="N-GATE")
    calm.do("accept", no, "李敏", leaf="PE02")
    calm.do("cancel", no, "李敏", reason="测试")
    assert [one for one in calm.get("/lab/messages") if one["template"].startswith("T1")] == []
