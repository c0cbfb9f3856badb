"""Who is told what, when, and by which way (0.6, B), through HTTP."""

import pytest

from tests.lab.driver import PHOTO, Lab

BURST = "家里厨房水管爆了，水止不住"


def ways(lab: Lab, to: str, template: str) -> list[tuple[str, str]]:
    return [(one["channel"], one["at"][11:19]) for one in lab.heard(to, template)]


def test_an_emergency_that_is_not_read_is_called(calm: Lab) -> None:
    no = calm.report(BURST)
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="陈师傅")
    calm.at("09:01:00")
    assert ways(calm, "陈师傅", "T201") == [("W", "09:00:00")]
    calm.at("09:01:01")
    assert ways(calm, "陈师傅", "T201") == [("W", "09:00:00"), ("V", "09:01:01")]


def test_who_has_taken_it_is_not_called(calm: Lab) -> None:
    no = calm.report(BURST)
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="陈师傅")
    calm.at("09:00:30")
    calm.do("take", no, "陈师傅", eta=5)
    calm.at("09:05")
    assert ways(calm, "陈师傅", "T201") == [("W", "09:00:00")]


def test_n9_four_attempts_and_the_sms_in_between(calm: Lab) -> None:
    calm.post("/lab/providers/wechat", mode="down")
    no = calm.report()
    calm.at("09:14:59")
    calm.post("/lab/providers/wechat", mode="ok")
    calm.at("09:20")
    assert ways(calm, "张伟", "T101") == [("S", "09:01:01"), ("W", "09:15:00")]
    assert calm.ticket(no)["messages"][0]["state"] == "DELIVERED"


def test_n8_the_sixth_sms_of_a_day_is_kept_back_with_its_reason(calm: Lab) -> None:
    calm.post("/lab/providers/wechat", mode="down")
    numbers = [calm.report(f"家里插座坏了{number}") for number in range(6)]
    calm.at("09:02")
    assert len([one for one in calm.heard("张伟", "T101") if one["channel"] == "S"]) == 5
    held = [one for no in numbers for one in calm.ticket(no)["messages"] if one["state"] == "SUPPRESSED"]
    assert [(one["channel"], one["reason"]) for one in held] == [("S", "DAILY_CAP")]


def test_n7_quiet_hours_but_not_for_staff_and_emergencies(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.at("22:00:00")
    calm.do("dispatch", no, "赵静", to="马师傅")
    calm.do("take", no, "马师傅", eta=30)
    assert [time for _way, time in ways(calm, "马师傅", "T201")] == ["22:00:00"]
    assert calm.heard("张伟", "T102") == []
    calm.at("23:00")
    assert ways(calm, "张伟", "T121") == []
    calm.report(BURST)
    assert {time for _way, time in ways(calm, "张伟", "T121")} == {"23:00:00"}
    calm.at("03-03 08:00:00")
    assert ways(calm, "张伟", "T102") == [("W", "08:00:00")]


def test_the_appointment_is_confirmed_and_kept(calm: Lab) -> None:
    when = {"start": "2026-03-03T14:00:00+08:00", "end": "2026-03-03T16:00:00+08:00"}
    no = calm.report(appointment=when)
    assert "03月03日14:00" in calm.heard("张伟", "T117")[0]["body"]
    assert calm.clock_of(no, "ESC24")["deadline"] == "2026-03-04T14:00:00+08:00"
    urgent = calm.report(BURST, appointment=when)
    assert calm.clock_of(urgent, "ARRIVE")["deadline"] == "2026-03-02T09:30:00+08:00"
    odd = calm.raw(
        "POST", "/api/v1/tickets", "张伟", text="水管漏", appointment={"start": when["end"], "end": when["start"]}
    )
    assert odd.json()["code"] == "APPOINTMENT_INVALID"


def test_the_way_of_a_repair_in_messages(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("reject", no, "张伟", reason="还在滴水")
    calm.do("finish", no, "陈师傅", result="又换了密封圈", photos=[PHOTO])
    calm.do("confirm", no, "张伟")
    told = [one["template"] for one in calm.get("/lab/messages?to=张伟")]
    assert told == ["T101", "T102", "T103", "T106", "T109", "T107"]  # the second T106 comes within ten minutes (N8)
    kept = [(one["template"], one["reason"]) for one in calm.ticket(no)["messages"] if one["state"] == "SUPPRESSED"]
    assert kept == [("T106", "REPEAT")]


@pytest.mark.parametrize(
    ("text", "asked"), [("请问客服中心在哪", 1), ("表扬陈师傅，修得又快又好", 0), ("建议多开几次业主座谈会", 0)]
)
def test_an_answer_ends_it(calm: Lab, text: str, asked: int) -> None:
    no = calm.report(text)
    assert calm.code("answer", no, "赵静", text="好的谢谢您") == "ANSWER_TOO_SHORT"
    seen = calm.do("answer", no, "赵静", text="您好，已经转给他们，非常感谢您")
    assert (seen["status"], seen["first_contact"]) == ("PENDING_VISIT", "赵静")
    assert [calm.clock_of(no, kind)["state"] for kind in ("RESP", "RESOLVE")] == ["MET", "MET"]
    assert len(calm.heard("张伟", "T107")) == asked
    calm.at("03-09 09:00:01")
    assert calm.ticket(no)["close_code"] == "UNRATED"


def test_what_needs_a_visit_is_not_answered(calm: Lab) -> None:
    no = calm.report("钥匙忘带了，反锁在门外")
    assert calm.ticket(no)["type"] == "RQ"
    assert calm.code("answer", no, "赵静", text="您好，请联系开锁师傅上门") == "ANSWER_NOT_POSSIBLE"
    card = calm.report("门禁卡丢了，想补办一张")
    assert calm.do("answer", card, "赵静", text="请带身份证到客服中心办理补卡")["status"] == "PENDING_VISIT"


def test_waiting_is_renewed_once_and_thirty_days_are_the_manager_s(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    for until, then in (("03-09", "03-08"), ("03-15", "03-14")):
        calm.do("suspend", no, "吴刚", reason="等待配件", resume_at=f"2026-{until}T09:00:00+08:00")
        calm.at(f"{then} 09:00")
    third = {"reason": "等待配件", "resume_at": "2026-03-17T09:00:00+08:00"}
    assert calm.code("suspend", no, "吴刚", **third) == "SUSPEND_LIMIT"
    calm.do("resume", no, "陈师傅")
    long = {"reason": "等待审批或业主表决", "resume_at": "2026-04-20T09:00:00+08:00"}
    assert calm.code("suspend", no, "吴刚", **long) == "SUSPEND_LIMIT"
    assert calm.do("suspend", no, "周强", **long)["status"] == "SUSPENDED"


def test_an_urge_ends_the_waiting(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    calm.do("suspend", no, "陈师傅", reason="等待业主时间", resume_at="2026-03-04T09:00:00+08:00")
    assert calm.do("urge", no, "张伟")["status"] == "IN_PROGRESS"
    assert (len(calm.heard("陈师傅", "T214")), len(calm.heard("张伟", "T113"))) == (1, 1)


def test_passed_on_it_is_the_desk_s_until_it_is_taken(calm: Lab) -> None:
    calm.raw("POST", "/api/v1/accounts/staff/马师傅/check_in", "赵静")
    no = calm.report()
    calm.taken(no)
    assert calm.ticket(no)["accountable"] == "陈师傅"
    seen = calm.do("transfer", no, "吴刚", to="马师傅")
    assert (seen["status"], calm.ticket(no)["accountable"], calm.ticket(no)["handler"]) == (
        "DISPATCHED",
        "李敏",
        "马师傅",
    )
    calm.do("take", no, "马师傅", eta=10)
    assert calm.ticket(no)["accountable"] == "马师傅"
    calm.at("09:11")
    assert len(calm.heard("张伟", "T102")) == 1  # the second one within ten minutes is kept back (N8)


def test_from_the_first_level_on_the_leader_answers_whoever_works(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    calm.do("escalate", no, "赵静", to_level="L1", reason="业主着急")
    assert (calm.ticket(no)["accountable"], calm.ticket(no)["light"]) == ("吴刚", "RED")
    calm.do("start", no, "陈师傅", proof={"photo": PHOTO})
    assert (calm.ticket(no)["accountable"], calm.ticket(no)["handler"]) == ("吴刚", "陈师傅")
    assert calm.code("escalate", no, "赵静", to_level="L1", reason="再次") == "LEVEL_REACHED"
    calm.do("plan", no, "吴刚", plan_due_at="2026-03-09T09:00:00+08:00", reason="等待配件")
    calm.at("03-05 09:00")
    assert calm.ticket(no)["level"] == 1
    calm.at("03-09 09:00:01")
    assert (calm.ticket(no)["level"], calm.ticket(no)["accountable"]) == (2, "周强")


def test_the_pictures_of_each_stage_come_with_the_ticket(calm: Lab) -> None:
    no = calm.report(photos=[PHOTO])
    calm.finished(no)
    photos = calm.ticket(no, "张伟")["photos"]
    assert [one["stage"] for one in photos] == ["REPORT", "BEFORE", "AFTER"]
    picture = calm.raw("GET", photos[0]["url"], "张伟")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert calm.raw("GET", photos[0]["url"], "王秀英").status_code == 404


def test_missed_reactions_of_many_tickets_run_in_the_order_of_their_time(calm: Lab) -> None:
    first = calm.report("家里插座坏了")
    calm.at("09:05")
    second = calm.report("厨房水龙头一直滴漏", "王秀英")
    calm.at("11:30")
    breaches = sorted(
        (one["at"][11:19], no)
        for no in (first, second)
        for one in calm.ticket(no)["events"]
        if one["action"] == "breach"
    )
    assert breaches == [("09:15:01", first), ("09:20:01", second), ("11:00:01", first), ("11:05:01", second)]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/api/v1/tickets", 405),
        ("DELETE", "/api/v1/tickets/260302-0001", 405),
        ("GET", "/api/v1/tickets/260302-0001/accept", 405),
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/tickets/260302-9999", 404),
    ],
)
def test_every_error_is_a_code_and_a_message(calm: Lab, method: str, path: str, status: int) -> None:
    calm.report()
    answer = calm.raw(method, path, "李敏")
    assert (answer.status_code, set(answer.json())) == (status, {"code", "message", "fields"})
