"""Nights, stars, crashes and restarts, through HTTP."""

import signal

import pytest

from tests.lab.driver import PHOTO, Lab


def test_at_night_only_what_was_asked_for_that_night(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    calm.at("22:30")
    calm.do("finish", no, "陈师傅", result="更换阀芯，不再滴漏", photos=[PHOTO])
    calm.at("23:59")
    assert calm.heard("张伟", "T106") == []
    calm.at("03-03 08:00:00")
    assert [one["at"] for one in calm.heard("张伟", "T106")] == ["2026-03-03T08:00:00+08:00"]

    calm.at("03-03 23:50")
    calm.report("家里插座坏了")
    assert [one["at"][11:16] for one in calm.heard("张伟", "T101")] == ["09:00", "23:50"]


def test_what_is_no_longer_so_is_not_sent_in_the_morning(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    calm.at("22:30")
    calm.do("finish", no, "陈师傅", result="更换阀芯，不再滴漏", photos=[PHOTO])
    calm.do("confirm", no, "李敏", call_id="REC-1")
    calm.at("03-03 08:00:00")
    assert (len(calm.heard("张伟", "T106")), len(calm.heard("张伟", "T107"))) == (0, 1)


def test_at19_0_low_stars_make_us_call(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("confirm", no, "张伟")
    assert len(calm.heard("张伟", "T107")) == 1
    assert calm.code("rate", no, "李敏", stars=5) in ("RATING_NOT_YOURS", "NOT_ALLOWED")
    assert calm.code("rate", no, "张伟", stars=6) == "STARS_RANGE"
    calm.post("/lab/inbound/sms", **{"from": "张伟", "text": "２"})
    assert calm.ticket(no, "郑洁")["rating"]["stars"] == 2
    assert len(calm.heard("张伟", "T118")) == 1
    assert calm.code("close", no, "李敏") == "CLOSE_BLOCKED_BY_REVISIT"
    visit = calm.get("/api/v1/feedback/revisits", "郑洁")[0]
    assert (visit["due_at"], visit["assignee"]) == ("2026-03-03T09:00:00+08:00", "郑洁")
    url = f"/api/v1/feedback/revisits/{visit['id']}"
    assert calm.raw("POST", f"{url}/assign", "郑洁", to="陈师傅").json()["code"] == "REVISIT_SELF"
    assert calm.raw("POST", f"{url}/record", "郑洁", result="满意").status_code == 200
    seen = calm.ticket(no, "郑洁")
    assert (seen["status"], seen["rating"]["stars"]) == ("CLOSED", 2)


def test_good_stars_close(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("confirm", no, "张伟")
    assert calm.do("rate", no, "张伟", stars=5)["status"] == "CLOSED"


@pytest.mark.parametrize(("point", "letter", "times"), [("after-send", "W", 1), ("before-send", "W", 1)])
def test_a_killed_pass_loses_and_doubles_nothing_with_a_key(calm: Lab, point: str, letter: str, times: int) -> None:
    calm.post("/lab/crash", at=point)
    calm.report()
    calm.at("09:05")
    assert [one["channel"] for one in calm.heard("张伟", "T101")].count(letter) == times


def test_a_provider_that_is_down_is_tried_again(calm: Lab) -> None:
    calm.post("/lab/providers/wechat", mode="down")
    calm.report()
    calm.at("09:00:30")
    assert calm.heard("张伟", "T101") == []
    calm.post("/lab/providers/wechat", mode="ok")
    calm.at("09:02")
    assert [(one["channel"], one["at"][11:19]) for one in calm.heard("张伟", "T101")] == [("W", "09:01:00")]


def test_at1_3_a_killed_lab_goes_on_where_it_stood(running: Lab) -> None:
    running.reset()
    running.freeze("accept", "dispatch")
    no = running.report()
    running.at("10:50")
    running.process.send_signal(signal.SIGKILL)
    running.ended()
    running.start()
    assert running.get("/lab/clock")["now"] == "2026-03-02T10:50:00+08:00"
    running.at("11:10")
    red = running.clock_of(no, "RED")
    assert (red["state"], red["breached_at"]) == ("BREACHED", "2026-03-02T11:00:01+08:00")
    assert len(running.heard("赵静", "T204")) == 1


def test_shifts_change_by_themselves(lab: Lab) -> None:
    lab.at("16:00:00")
    assert lab.ticket(lab.report())["handler"] == "马师傅"
    lab.at("22:00:00")
    assert lab.ticket(lab.report("你好，在吗"))["accountable"] == "王芳"
    lab.at("03-03 00:30")
    assert lab.ticket(lab.report("你好，在吗"))["accountable"] == "外包01"


def test_odd_calls_of_the_lab_are_refused(lab: Lab) -> None:
    answers = [
        lab.raw("POST", "/lab/freeze", automatic=5),
        lab.raw("GET", "/lab/messages?since=x"),
        lab.raw("POST", "/lab/clock", advance="P99999999D"),
    ]
    assert [one.status_code for one in answers] == [422, 422, 422]
