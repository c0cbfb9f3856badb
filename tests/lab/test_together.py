"""Followers of a master, vendors, hand-overs and first contacts, through HTTP."""

import pytest

from tests.lab.driver import PHOTO, Lab

TRAPPED = "3栋一单元电梯里关住两个人，快点来"
DRIP = "地库车库顶滴水"


def followed(lab: Lab) -> list[str]:
    """A master and two who follow it: 张伟, 王秀英, 欧阳明."""
    return [lab.report(DRIP, who, place="G-B1") for who in ("张伟", "王秀英", "欧阳明")]


def test_a_master_taken_back_leaves_the_fault_to_those_who_followed(calm: Lab) -> None:
    master, eldest, other = followed(calm)
    calm.do("accept", master, "李敏")
    calm.at("09:10")
    calm.do("cancel", master, "张伟")
    assert [len(calm.heard(who, "T110")) for who in ("张伟", "王秀英", "欧阳明")] == [1, 0, 0]
    seen = calm.ticket(eldest)
    assert (seen["status"], seen["master"], seen["children"]) == ("ACCEPTED", None, [other])
    assert (seen["accountable"], seen["first_contact"]) == ("李敏", "李敏")
    assert calm.clock_of(eldest, "RED")["base"] == "2026-03-02T09:00:00+08:00"
    assert (calm.ticket(other)["status"], calm.ticket(other)["master"]) == ("ACCEPTED", eldest)
    calm.at("11:00:01")
    assert (calm.ticket(eldest)["light"], calm.clock_of(eldest, "RED")["state"]) == ("RED", "BREACHED")
    calm.do("dispatch", eldest, "李敏", to="陈师傅")
    assert calm.ticket(other)["status"] == "DISPATCHED"


def test_who_follows_has_the_first_contact_of_the_master(calm: Lab) -> None:
    master, child, _other = followed(calm)
    assert calm.ticket(child)["first_contact"] is None
    calm.do("accept", master, "李敏")
    assert calm.ticket(child)["first_contact"] == "李敏"
    late = calm.report(DRIP, "孙立", place="G-B1")
    assert (calm.ticket(late)["master"], calm.ticket(late)["first_contact"]) == (master, "李敏")
    own = calm.report(DRIP, "孙涛", place="G-B1")
    assert (calm.ticket(own)["master"], calm.ticket(own)["first_contact"]) == (master, "孙涛")


def test_everybody_hears_of_the_end_and_gives_his_own_stars(calm: Lab) -> None:
    master, child, _other = followed(calm)
    calm.finished(master)
    assert len(calm.heard("王秀英", "T106")) == 1
    calm.do("confirm", master, "张伟")
    assert calm.ticket(child)["status"] == "PENDING_VISIT"
    calm.do("rate", child, "王秀英", stars=4)
    assert [(calm.ticket(one, "郑洁")["rating"] or {}).get("stars") for one in (master, child)] == [None, 4]
    assert calm.code("finish", child, "陈师傅", result="更换阀芯，不再滴漏", photos=[PHOTO]) in (
        "MERGED",
        "STATE_CONFLICT",
    )


def test_the_vendor_takes_what_the_technician_declines(calm: Lab) -> None:
    no = calm.report(TRAPPED, asset="EL-0301-1")
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="高工")
    assert len(calm.heard("电梯公司", "T201")) == len(calm.heard("高工", "T201")) == 1
    seen = calm.do("decline", no, "高工", reason="在途")
    assert (seen["status"], seen["handler"]) == ("DISPATCHED", "电梯公司")
    assert calm.do("take", no, "电梯公司", eta=10)["handler"] == "电梯公司"
    assert calm.ticket(no)["accountable"] == "电梯公司"


def test_a_vendor_may_decline_and_the_technician_keeps_it(calm: Lab) -> None:
    no = calm.report(TRAPPED, asset="EL-0301-1")
    calm.do("accept", no, "李敏")
    calm.do("dispatch", no, "李敏", to="高工")
    assert calm.do("decline", no, "电梯公司", reason="在途")["handler"] == "高工"
    seen = calm.do("decline", no, "高工", reason="在途")
    assert (seen["status"], seen["handler"]) == ("ACCEPTED", None)


def test_nobody_on_duty_is_told_to_the_supervisor_by_hand_too(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    assert calm.raw("POST", "/api/v1/accounts/staff/陈师傅/check_out", "赵静").status_code == 200
    answers = [calm.raw("POST", f"/api/v1/tickets/{no}/dispatch", "李敏", "k", version=None) for _ in range(2)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "NO_CANDIDATE")] * 2
    assert calm.ticket(no)["status"] == "ACCEPTED"
    assert (len(calm.heard("吴刚", "T211")), len(calm.heard("赵静", "T211"))) == (1, 0)
    calm.at("09:05:01")
    assert len(calm.heard("赵静", "T211")) == 1


@pytest.mark.parametrize(
    ("text", "place", "handler"),
    [
        ("中心花园的树枝挡光，请修剪", "GARDEN", "蔡姐"),
        ("楼上一直跳绳跑跳，太吵了", None, "孙涛"),
        ("楼上漏水，天花板在滴水", None, "陈师傅"),
    ],
)
def test_every_department_finds_somebody(lab: Lab, text: str, place: str | None, handler: str) -> None:
    no = lab.report(text, **({"place": place} if place else {}))
    if lab.ticket(no)["status"] == "NEW":
        lab.do("accept", no, "李敏")
    assert (lab.ticket(no)["status"], lab.ticket(no)["handler"]) == ("DISPATCHED", handler)


def test_at20_0(calm: Lab) -> None:
    calm.at("09:03")
    no = calm.report("地下车库顶在滴水", "孙涛", place="G-B1")
    seen = calm.ticket(no)
    assert (seen["first_contact"], seen["leaf"], seen["lead_dept"]) == ("孙涛", "PW03", "ENG")
    calm.do("accept", no, "李敏")
    calm.at("09:10")
    calm.do("offer", no, "吴刚", dept="CLN", reason="冷凝水")
    assert calm.clock_of(no, "HANDOFF")["deadline"] == "2026-03-02T09:25:00+08:00"
    assert calm.ticket(no)["lead_dept"] == "ENG"
    calm.at("09:20")
    calm.do("receive", no, "周强")
    assert calm.ticket(no)["lead_dept"] == "CLN"
    calm.at("09:40")
    calm.do("offer", no, "李敏", dept="ENG", reason="管子在漏")
    seen = calm.ticket(no)
    assert (seen["locked"], seen["light"], len(calm.heard("周强", "T209"))) == (True, "RED", 1)
    assert calm.clock_of(no, "RULING")["deadline"] == "2026-03-02T10:10:00+08:00"
    calm.at("09:55")
    calm.do("rule", no, "周强", lead="ENG", co=["CLN"], subtasks=[{"dept": "ENG"}, {"dept": "CLN"}])
    assert (calm.ticket(no)["lead_dept"], calm.ticket(no)["accountable"]) == ("ENG", "吴刚")
    assert calm.code("offer", no, "吴刚", dept="CLN", reason="再转") == "HANDOFF_LOCKED"


@pytest.mark.parametrize(("second", "lead"), [("00", "ENG"), ("01", "SEC")])
def test_at20_2_silence_is_acceptance(calm: Lab, second: str, lead: str) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.do("offer", no, "吴刚", dept="SEC", reason="像是人为")
    calm.at(f"09:15:{second}")
    seen = calm.ticket(no)
    assert (seen["lead_dept"], seen["accountable"]) == (lead, "李敏" if lead == "ENG" else "何勇")


def test_at20_4_a_silent_manager_is_ruled_by_the_table(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.do("offer", no, "吴刚", dept="SEC", reason="像是人为")
    calm.do("receive", no, "何勇")
    calm.do("offer", no, "何勇", dept="ENG", reason="是水管")
    calm.at("09:30:00")
    assert calm.ticket(no)["locked"] is True
    calm.at("09:30:01")
    rule = next(one for one in calm.ticket(no)["events"] if one["action"] == "rule")
    assert (calm.ticket(no)["lead_dept"], rule["data"]["overdue"], rule["at"][11:19]) == ("ENG", True, "09:30:01")


def test_a_rejection_needs_proof_and_comes_once(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.do("offer", no, "吴刚", dept="SEC", reason="像是人为")
    assert calm.code("refuse", no, "何勇", reason="不是") == "REJECT_EVIDENCE_REQUIRED"
    calm.do("refuse", no, "何勇", reason="不是人为", evidence="水管老化照片")
    assert (calm.ticket(no)["lead_dept"], calm.ticket(no)["accountable"]) == ("ENG", "李敏")
    assert len(calm.heard("赵静", "T213")) == 1
    calm.do("offer", no, "吴刚", dept="SEC", reason="确是人为")
    assert calm.code("refuse", no, "何勇", reason="不是", evidence="照片") == "REJECT_TWICE"


def test_two_rejections_lock(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    for dept, chief in (("SEC", "何勇"), ("CLN", "周强")):
        calm.do("offer", no, "吴刚", dept=dept, reason="不归我们")
        calm.do("refuse", no, chief, reason="也不归我们", evidence="类别依据")
    assert (calm.ticket(no)["locked"], len(calm.heard("周强", "T209"))) == (True, 1)


def test_four_hours_between_departments_lock_the_next_hand_over(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    calm.at("20:30")
    calm.do("offer", no, "吴刚", dept="SEC", reason="像是人为")
    assert calm.clock_of(no, "HANDOFF")["deadline"] == "2026-03-03T09:00:00+08:00"
    calm.at("03-03 09:00:01")
    assert (calm.ticket(no)["lead_dept"], calm.ticket(no)["locked"]) == ("SEC", False)
    calm.do("offer", no, "何勇", dept="CLN", reason="要先打扫")
    assert calm.ticket(no)["locked"] is True


def test_a_hand_over_with_a_new_kind_is_counted_anew(calm: Lab) -> None:
    no = calm.report("楼道灯不亮了", place="B3-1")
    calm.do("accept", no, "李敏")
    calm.at("09:10")
    calm.do("offer", no, "吴刚", dept="SEC", reason="有人在楼道堆东西碰坏", leaf="FS04")
    calm.do("receive", no, "何勇")
    seen = calm.ticket(no)
    assert (seen["leaf"], seen["prio"], seen["lead_dept"], seen["accountable"]) == ("FS04", "P1", "SEC", "何勇")
    assert calm.clock_of(no, "ARRIVE")["deadline"] == "2026-03-02T10:00:00+08:00"
    assert calm.clock_of(no, "RESOLVE")["deadline"] == "2026-03-02T17:00:00+08:00"


def test_an_offer_ends_with_the_work(calm: Lab) -> None:
    no = calm.report()
    calm.begun(no)
    calm.do("offer", no, "吴刚", dept="SEC", reason="像是人为")
    calm.do("finish", no, "陈师傅", result="更换阀芯，不再滴漏", photos=[PHOTO])
    calm.do("reject", no, "张伟", reason="还在滴水")
    assert calm.code("receive", no, "何勇") == "STATE_CONFLICT"
    calm.do("offer", no, "吴刚", dept="SEC", reason="还是像人为")
    assert calm.clock_of(no, "HANDOFF")["state"] == "RUNNING"


def test_at20_1_who_was_told_first_and_did_not_record_it(calm: Lab) -> None:
    no = calm.report("车库顶滴水", "李敏", phone="13900122041", place="G-B1")
    assert calm.code("first_contact", no, "李敏", to="孙涛", reason="业主说早上告诉过保安") == "NOT_ALLOWED"
    assert calm.code("first_contact", no, "郑洁", to="孙涛") == "REASON_REQUIRED"
    seen = calm.do("first_contact", no, "郑洁", to="孙涛", reason="业主说早上告诉过保安")
    event = next(one for one in seen["events"] if one["action"] == "first_contact")
    assert seen["first_contact"] == "孙涛"
    assert {name: event["data"][name] for name in ("staff", "before", "breach")} == {
        "staff": "孙涛",
        "before": "李敏",
        "breach": "R20.1",
    }


def test_a_matter_of_an_outside_body_stays_with_us(calm: Lab) -> None:
    no = calm.report()
    calm.do("accept", no, "李敏")
    seen = calm.do("refer", no, "李敏", org="市自来水公司")
    assert (seen["status"], seen["accountable"]) == ("ACCEPTED", "李敏")
    (told,) = calm.heard("张伟", "T111")
    assert told["body"].endswith(f"由市自来水公司负责，我们已代为转报并持续跟进，工单号{no}")
