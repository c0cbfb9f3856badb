"""Clocks, lights, waiting and levels to the second (01, 04), through HTTP."""

import pytest

from tests.lab.driver import PHOTO, Lab

DAY = "2026-03-0"


def light(lab: Lab, no: str) -> str:
    return lab.ticket(no)["light"]


@pytest.mark.parametrize(
    ("until", "colour"),
    [("09:09:59", "GREEN"), ("09:10:00", "YELLOW"), ("11:00:00", "YELLOW"), ("11:00:01", "RED"), ("12:00", "RED")],
)
def test_r1_1_of_a_ticket_nobody_touches(calm: Lab, until: str, colour: str) -> None:
    no = calm.report()
    calm.at(until)
    assert light(calm, no) == colour


@pytest.mark.parametrize(("until", "colour"), [("10:29:59", "GREEN"), ("10:30:00", "YELLOW"), ("11:00:01", "RED")])
def test_r1_1_of_a_ticket_answered_at_once(calm: Lab, until: str, colour: str) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.at(until)
    assert light(calm, no) == colour


@pytest.mark.parametrize(
    ("until", "colour"), [("03-03 02:59:59", "GREEN"), ("03-03 03:00:00", "YELLOW"), ("03-03 09:00:01", "RED")]
)
def test_r1_1_a_quarter_of_the_time_to_resolve_is_left(calm: Lab, until: str, colour: str) -> None:
    no = calm.report()
    calm.begun(no)
    calm.at(until)
    assert light(calm, no) == colour


def test_r1_2_giving_back_does_not_begin_anew(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    calm.at("10:00")
    calm.do("return", no, "陈师傅", reason="缺工具")
    calm.do("dispatch", no, "李敏", to="陈师傅")
    assert calm.clock_of(no, "RED")["deadline"] == "2026-03-02T11:00:00+08:00"
    calm.do("take", no, "陈师傅", eta=10)
    calm.do("start", no, "陈师傅", proof={"photo": PHOTO})
    calm.at("10:30")
    calm.do("return", no, "陈师傅", reason="缺工具", photos=[PHOTO])
    assert calm.clock_of(no, "RED")["deadline"] == "2026-03-02T11:30:00+08:00"
    assert calm.ticket(no)["handoff_count"] == 2


@pytest.mark.parametrize(
    ("at", "status", "late", "state"),
    [
        (f"{DAY}1T08:59:59+08:00", 422, None, None),
        (f"{DAY}1T09:00:00+08:00", 201, True, "BREACHED"),
        (f"{DAY}2T08:29:59+08:00", 201, True, "BREACHED"),
        (f"{DAY}2T08:30:00+08:00", 201, False, "BREACHED"),
        (f"{DAY}2T08:50:00+08:00", 201, False, "RUNNING"),
    ],
)
def test_r1_4_late_entry(calm: Lab, at: str, status: int, late: bool | None, state: str | None) -> None:
    answer = calm.raw("POST", "/api/v1/tickets", "李敏", text="厨房水龙头一直滴漏", phone="13800005678", reported_at=at)
    assert answer.status_code == status
    if status == 201:
        no = answer.json()["no"]
        assert (calm.ticket(no)["late_entry"], calm.clock_of(no, "RESP")["state"]) == (late, state)
    if late:
        assert calm.code("confirm_late", no, "李敏", call_id="REC-1") == "NOT_ALLOWED"
        calm.do("confirm_late", no, "赵静", call_id="REC-1")
        assert calm.clock_of(no, "RESP")["state"] == "MET"


@pytest.mark.parametrize(
    ("text", "kinds", "template"),
    [
        ("表扬陈师傅，修得又快又好", {"RESP", "RESOLVE"}, "T120"),
        ("建议多开几次业主座谈会", {"RESP", "RESOLVE"}, "T120"),
        ("请问客服中心在哪", {"RESP", "RESOLVE", "RED", "ESC24"}, "T120"),
        ("厨房水龙头一直滴漏", {"RESP", "RESOLVE", "RED", "ESC24", "ARRIVE"}, "T101"),
    ],
)
def test_r1_6_clocks_and_first_words_by_type(calm: Lab, text: str, kinds: set[str], template: str) -> None:
    no = calm.report(text)
    assert {one["kind"] for one in calm.ticket(no)["clocks"]} == kinds
    assert len(calm.heard("张伟", template)) == 1


def test_an_offer_goes_to_the_next_and_then_to_the_supervisor(lab: Lab) -> None:
    assert lab.raw("POST", "/api/v1/accounts/staff/马师傅/check_in", "赵静").status_code == 200
    no = lab.report()
    first = lab.ticket(no)["handler"]
    lab.at("09:15:00")
    assert lab.ticket(no)["handler"] == first
    lab.at("09:15:01")
    second = lab.ticket(no)["handler"]
    assert {first, second} == {"陈师傅", "马师傅"}
    lab.at("09:30:01")
    assert lab.heard("吴刚", "T203") == []
    lab.at("09:30:02")
    assert len(lab.heard("吴刚", "T203")) == 1


def test_a_third_refusal_of_a_day_reaches_the_supervisor(calm: Lab) -> None:
    for time in range(3):
        no = calm.report(f"厨房水龙头一直滴漏{time}")
        calm.do("accept", no, "李敏")
        calm.do("dispatch", no, "李敏", to="陈师傅")
        calm.do("decline", no, "陈师傅", reason="不在岗")
        assert len(calm.heard("吴刚", "T203")) == (time == 2)


def test_nobody_has_more_than_eight(lab: Lab) -> None:
    numbers = [lab.report("厨房水龙头一直滴漏", who) for who in ("张伟", "王秀英") for _ in range(5)]
    assert [lab.ticket(no)["handler"] for no in numbers] == ["陈师傅"] * 8 + [None] * 2
    assert lab.ticket(numbers[9])["status"] == "ACCEPTED"
    assert len(lab.heard("吴刚", "T211")) == 2


@pytest.mark.parametrize(
    ("reason", "by_whom", "status"), [("等待业主时间", None, "SUSPENDED"), ("等待配件", "吴刚", "IN_PROGRESS")]
)
def test_who_waits_and_until_when(calm: Lab, reason: str, by_whom: str | None, status: str) -> None:
    no = calm.report()
    calm.begun(no)
    calm.at("10:00")
    until = f"{DAY}4T10:00:00+08:00"
    assert calm.do("suspend", no, "陈师傅", reason=reason, resume_at=until)["status"] == status
    if by_whom:
        assert calm.heard("张伟", "T105") == []
        assert calm.do("suspend", no, by_whom)["status"] == "SUSPENDED"
    assert (light(calm, no), calm.clock_of(no, "RESOLVE")["state"]) == ("GREY", "PAUSED")
    assert "03月04日10:00" in calm.heard("张伟", "T105")[0]["body"]
    calm.at("03-03 09:00:01")
    assert calm.ticket(no)["level"] == (0 if by_whom else 1)
    calm.at("03-04 09:59:59")
    assert calm.ticket(no)["status"] == "SUSPENDED"
    calm.at("03-04 10:00:00")
    assert (calm.ticket(no)["status"], len(calm.heard("陈师傅", "T214"))) == ("IN_PROGRESS", 1)
    assert calm.clock_of(no, "RESOLVE")["deadline"] == f"{DAY}5T09:00:00+08:00"


def test_an_urge_half_an_hour_apart(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    for number, moment in enumerate(("09:01:00", "09:31:00", "10:01:00")):
        calm.at(moment)
        calm.do("urge", no, "张伟")
        assert calm.code("urge", no, "张伟") == "URGE_TOO_SOON"
        assert len(calm.heard("吴刚", "T203")) == (number == 2)
    calm.at("10:30:59")
    assert calm.code("urge", no, "张伟") == "URGE_TOO_SOON"
    assert (calm.ticket(no)["urge_count"], len(calm.heard("张伟", "T113"))) == (3, 3)


def test_levels_one_two_three(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    steps = [("03-03 09:00:01", 1, "吴刚"), ("03-04 09:00:01", 1, "吴刚"), ("03-04 09:00:02", 2, "周强")]
    for moment, level, who in [*steps, ("03-05 09:00:02", 2, "周强"), ("03-05 09:00:03", 3, "周强")]:
        calm.at(moment)
        assert (calm.ticket(no)["level"], calm.ticket(no)["accountable"]) == (level, who), moment
    assert [len(calm.heard(who, "T205")) for who in ("吴刚", "周强", "郑洁")] == [1, 1, 1]
    assert calm.ticket(no)["handler"] == "陈师傅"


def test_praise_is_not_escalated(calm: Lab) -> None:
    no = calm.report("表扬陈师傅，修得又快又好")
    calm.at("03-03 10:00")
    assert (calm.ticket(no)["level"], light(calm, no) in ("YELLOW", "GREEN")) == (0, True)


def test_a_price_holds_for_two_days(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    calm.do("quote", no, "陈师傅", lines=[{"name": "阀芯", "fen": 8000}])
    calm.at("03-04 09:00:00")
    assert calm.ticket(no)["quote"]["state"] == "SENT"
    calm.at("03-04 09:00:01")
    assert calm.ticket(no)["quote"]["state"] == "EXPIRED"
    assert calm.code("confirm_quote", no, "张伟") == "QUOTE_GONE"
    assert calm.code("start", no, "陈师傅", proof={"photo": PHOTO}) == "QUOTE_NOT_CONFIRMED"


def test_a_milder_kind_is_not_later(calm: Lab) -> None:
    no = calm.report("家里厨房水管爆了，水止不住")
    before = [calm.clock_of(no, kind)["deadline"] for kind in ("ARRIVE", "RESOLVE", "RESP")]
    calm.do("classify", no, "李敏", leaf="IN04")
    assert [calm.clock_of(no, kind)["deadline"] for kind in ("ARRIVE", "RESOLVE", "RESP")] == before


def test_opened_again_it_is_more_urgent_and_the_supervisors(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("confirm", no, "张伟")
    calm.do("rate", no, "张伟", stars=5)
    calm.at("10:00")
    seen = calm.do("reopen", no, "张伟", reason="又漏了")
    assert (seen["status"], seen["accountable"], seen["first_contact"]) == ("ACCEPTED", "吴刚", "李敏")
    staff = calm.ticket(no)
    assert (staff["prio"], staff["reopen_count"], staff["handler"]) == ("P1", 1, None)
    ends = {kind: calm.clock_of(no, kind)["deadline"] for kind in ("RESP", "RED", "ESC24", "RESOLVE")}
    assert ends == {
        "RESP": f"{DAY}2T10:15:00+08:00",
        "RED": f"{DAY}2T12:00:00+08:00",
        "ESC24": f"{DAY}3T10:00:00+08:00",
        "RESOLVE": f"{DAY}2T22:00:00+08:00",
    }
    assert "吴主管" in calm.heard("张伟", "T109")[0]["body"]


def test_the_owner_sees_his_way_and_nothing_else(calm: Lab) -> None:
    no = calm.report()
    calm.do("note", no, "李敏", text="业主很着急，注意态度")
    calm.do("accept", no, "李敏")
    seen = calm.ticket(no, "张伟")
    assert not {"clocks", "light", "lead_dept", "dispatch_why", "level"} & set(seen)
    assert [one["action"] for one in seen["events"]] == ["report", "accept"]
    assert "业主很着急" not in str(seen)
    assert calm.raw("GET", f"/api/v1/tickets/{no}", "王秀英").status_code == 404
    assert calm.raw("GET", f"/api/v1/tickets/{no}", "孙涛").status_code == 403
    assert calm.raw("GET", f"/api/v1/tickets/{no}", "外包01").status_code == 403


def test_no_sms_is_longer_than_two_or_names_a_room(calm: Lab) -> None:
    calm.post("/lab/providers/wechat", mode="down")
    for text in ("厨房水龙头一直滴漏", "家里厨房水管爆了，水止不住", "请问客服中心在哪"):
        calm.report(text)
    calm.at("03-03 12:00")
    said = [one["body"] for one in calm.get("/lab/messages?channel=S")]
    assert len(said) > 5
    assert [body for body in said if len(body) > 2 * 67 or "1203" in body or "张伟" in body] == []
    assert all(body.startswith("【阳光物业】") for body in said)


def test_at1_1_by_sms_a_minute_later(calm: Lab) -> None:
    calm.post("/lab/providers/wechat", mode="ok", delay_s=61)
    calm.report()
    calm.at("09:01:00")
    assert [one["channel"] for one in calm.heard("张伟", "T101")] == ["W"]
    calm.at("09:01:01")
    assert [(one["channel"], one["at"][11:19]) for one in calm.heard("张伟", "T101")] == [
        ("W", "09:00:00"),
        ("S", "09:01:01"),
    ]
