"""AT4.x through HTTP: the life of a work order."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.lab.driver import PHOTO, Lab


def test_at4_0(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    calm.at("10:00")
    calm.do("start", no, "陈师傅", proof={"photo": PHOTO})
    calm.at("03-03 09:00:00")
    assert calm.ticket(no)["level"] == 0
    calm.at("03-03 09:00:01")
    seen = calm.ticket(no)
    assert (seen["accountable"], seen["handler"], seen["light"]) == ("吴刚", "陈师傅", "RED")
    assert len(calm.heard("吴刚", "T205")) == len(calm.heard("张伟", "T108")) == 1

    calm.do("plan", no, "吴刚", plan_due_at="2026-03-04T12:00:00+08:00", reason="等待配件")
    assert len(calm.heard("张伟", "T104")) == 1
    calm.at("03-04 12:00:00")
    assert calm.ticket(no)["accountable"] == "吴刚"
    calm.at("03-04 12:00:01")
    seen = calm.ticket(no)
    assert (seen["level"], seen["accountable"]) == (2, "周强")

    calm.at("03-04 13:00")
    done = calm.do("finish", no, "陈师傅", result="更换阀芯，不再滴漏", photos=[PHOTO])
    assert done["status"] == "PENDING_ACCEPTANCE"
    calm.at("03-06 13:00:00")
    assert calm.ticket(no)["status"] == "PENDING_ACCEPTANCE"
    calm.at("03-06 13:00:01")
    seen = calm.ticket(no)
    assert (seen["status"], seen["rating"]) == ("PENDING_VISIT", None)
    calm.at("03-13 13:00:02")
    seen = calm.ticket(no)
    assert (seen["status"], seen["close_code"], seen["rating"]) == ("CLOSED", "UNRATED", None)


def test_at4_0_variant_not_solved(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.at("14:00")
    seen = calm.do("reject", no, "张伟", reason="还在滴水")
    assert (seen["status"], seen["reopen_count"]) == ("IN_PROGRESS", 1)
    resolve = calm.clock_of(no, "RESOLVE")
    assert (resolve["base"], resolve["deadline"]) == ("2026-03-02T14:00:00+08:00", "2026-03-03T02:00:00+08:00")


def test_at4_1_the_first_of_two_wins(calm: Lab) -> None:
    calm.at("16:00")
    no = calm.report()
    calm.do("accept", no, "王芳")
    calm.do("dispatch", no, "王芳", to="马师傅")
    http = calm.raw("POST", "/api/v1/accounts/staff/陈师傅/check_in", "赵静")
    assert http.status_code == 200
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: calm.step("take", no, who, eta=20), ("马师傅", "陈师傅")))
    assert sorted(one.status_code for one in answers) == [200, 409]
    assert [one.json()["code"] for one in answers if one.status_code == 409] == ["ALREADY_TAKEN"]
    assert sum(row["verb"] == "tickets.take" for row in calm.get(f"/lab/journal?subject=ticket:{no}")) == 1


def test_at4_3_a_repair_ends_with_a_photo(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    assert calm.code("finish", no, "陈师傅", result="更换阀芯，不再滴漏") == "PHOTO_REQUIRED"
    assert calm.code("finish", no, "陈师傅", result="好了", photos=[PHOTO]) == "RESULT_REQUIRED"


@pytest.mark.parametrize(("second", "fine"), [("00", True), ("01", False)])
def test_at4_4_seven_days_to_reopen(calm: Lab, second: str, fine: bool) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("confirm", no, "张伟")
    calm.at("03-10 10:00")
    assert calm.ticket(no)["status"] == "CLOSED"
    closed_at = calm.ticket(no)["closed_at"]
    assert closed_at == "2026-03-09T09:00:01+08:00"
    calm.at(f"03-16 09:00:0{1 if fine else 2}")
    if fine:
        seen = calm.do("reopen", no, "张伟", reason="又漏了")
        assert (seen["status"], seen["prio"], seen["reopen_count"]) == ("ACCEPTED", "P1", 1)
        assert calm.ticket(no)["accountable"] == "吴刚"
    else:
        assert calm.code("reopen", no, "张伟", reason="又漏了") == "REOPEN_EXPIRED"


def test_at4_6_paid_work_waits_for_the_answer(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    lines = [{"name": "阀芯", "kind": "material", "fen": 3000}, {"name": "人工", "kind": "labour", "fen": 5000}]
    calm.do("quote", no, "陈师傅", lines=lines)
    assert "80.00" in calm.heard("张伟", "T116")[0]["body"]
    assert calm.code("start", no, "陈师傅", proof={"photo": PHOTO}) == "QUOTE_NOT_CONFIRMED"
    calm.do("confirm_quote", no, "张伟")
    assert calm.do("start", no, "陈师傅", proof={"photo": PHOTO})["status"] == "IN_PROGRESS"


def test_at4_7_a_wrong_kind_never_makes_it_later(calm: Lab) -> None:
    no = calm.report()
    calm.at("09:05")
    calm.do("accept", no, "李敏")
    calm.at("09:30")
    seen = calm.do("classify", no, "李敏", leaf="IN03")
    assert (seen["prio"], calm.clock_of(no, "ARRIVE")["deadline"]) == ("P0", "2026-03-02T09:30:00+08:00")
    assert [one["at"][11:19] for one in calm.heard("陈师傅", "T207")] == ["09:30:00"]  # the chain starts now
    calm.at("09:30:01")
    arrive = calm.clock_of(no, "ARRIVE")
    assert (arrive["state"], arrive["why"], calm.ticket(no)["light"]) == ("BREACHED", "改派", "RED")


def test_at6_1_a_forged_code(calm: Lab) -> None:
    no = calm.report("电梯按钮按不动", asset="EL-0301-1")
    codes = calm.get("/lab/codes")
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="高工")
    calm.do("take", no, "高工", eta=10)
    assert calm.code("start", no, "高工", proof={"qr": codes["EL-0301-1"][:-1] + "x"}) == "QR_INVALID"
    assert calm.code("start", no, "高工", proof={"qr": codes["BAR-N"]}) == "QR_OTHER_PLACE"
    assert calm.do("start", no, "高工", proof={"qr": codes["EL-0301-1"]})["status"] == "IN_PROGRESS"


def test_an_emergency_is_called_out_before_anybody_confirms(lab: Lab) -> None:
    no = lab.report("3栋一单元电梯里关住两个人，快点来", asset="EL-0301-1")
    seen = lab.ticket(no)
    assert (seen["leaf"], seen["prio"], seen["status"]) == ("EL01", "P0", "NEW")
    assert {one["channel"] for one in lab.heard("张伟", "T121")} == {"W", "S"}
    assert lab.heard("高工", "T206")
    lab.at("09:03:01")
    assert lab.clock_of(no, "RESP")["state"] == "BREACHED"
    lab.at("09:10:01")
    assert (lab.ticket(no)["light"], len(lab.heard("何勇", "T208"))) == ("RED", 1)


def test_by_itself_from_report_to_offer(lab: Lab) -> None:
    seen = lab.ticket(lab.report())
    assert (seen["status"], seen["accountable"], seen["handler"]) == ("DISPATCHED", "李敏", "陈师傅")
    assert seen["dispatch_why"]["on_shift"] is True
    assert lab.clock_of(seen["no"], "RESP")["state"] == "RUNNING"
    assert len(lab.heard("陈师傅", "T201")) == 1


def test_a_key_does_a_thing_once(lab: Lab) -> None:
    made = [lab.post("/api/v1/tickets", "张伟", key="k1", text="家里插座坏了")["no"] for _time in range(2)]
    assert made == ["260302-0001"] * 2
    other = lab.raw("POST", "/api/v1/tickets", "张伟", "k1", text="家里开关坏了")
    assert (other.status_code, other.json()["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")


def test_an_old_version_is_a_conflict(calm: Lab) -> None:
    no = calm.report()
    version = calm.ticket(no)["version"]
    calm.do("note", no, "李敏", text="已联系业主")
    assert calm.code("accept", no, "李敏", version=version) == "STATE_CONFLICT"


def test_the_story_has_no_gaps_and_always_one_who_answers(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    calm.do("confirm", no, "张伟")
    rows = calm.get(f"/lab/journal?subject=ticket:{no}")
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert calm.ticket(no)["accountable"] == "陈师傅"
