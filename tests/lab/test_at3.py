"""AT3.0 and its variants through HTTP: one button, the bulletin grid and a drill's score to the second."""

from typing import Any

import httpx2
import pytest

from tests.lab.driver import PHOTO, Lab

DARK = "整栋停电了，楼里全黑"
BASE = "/api/v1/incidents"


class Desk:
    """Short words for incidents of a lab."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        self.no = ""

    def open(self, who: str, **body: Any) -> dict[str, Any]:
        seen = self.lab.post(BASE, who, **body)
        self.no = seen["no"]
        return seen

    def see(self, who: str = "何勇") -> dict[str, Any]:
        return self.lab.get(f"{BASE}/{self.no}", who)

    def try_(self, action: str, who: str, **body: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.lab.tokens[who]}"}
        return self.lab.http.post(f"{BASE}/{self.no}/{action}", json=body, headers=headers)

    def do(self, action: str, who: str, **body: Any) -> dict[str, Any]:
        answer = self.try_(action, who, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def code(self, action: str, who: str, **body: Any) -> str:
        answer = self.try_(action, who, **body)
        assert answer.status_code >= 400, answer.text
        return answer.json()["code"]

    def times(self, to: str, template: str) -> list[str]:
        heard = self.lab.heard(to, template)
        return sorted({one["at"][11:19] for one in heard})

    def slots(self) -> list[str]:
        return [one["state"] for one in self.see()["slots"]]


@pytest.fixture
def desk(lab: Lab) -> Desk:
    return Desk(lab)


@pytest.fixture
def dark(desk: Desk) -> Desk:
    """Three reports of building 3, at 18:55, 18:58 and 19:00."""
    numbers = []
    for at, who in (("18:55", "张伟"), ("18:58", "王秀英"), ("19:00:00", "李建国")):
        desk.lab.at(at)
        numbers.append(desk.lab.report(DARK, who))
    assert {desk.lab.ticket(no)["leaf"] for no in numbers} == {"PE01"}
    (found,) = desk.lab.get(BASE, "何勇")["items"]
    desk.no = found["no"]
    return desk


def test_at3_0(dark: Desk) -> None:
    lab = dark.lab
    seen = dark.see()
    assert (seen["plan"], seen["state"], seen["opened_at"]) == ("停电", "OPEN", "2026-03-02T19:00:00+08:00")
    parts = {one["role"]: one["staff"] for one in seen["role_assignments"]}
    assert (parts["CS"], parts["ENG"], parts["SEC"]) == ("王芳", "刘工", "丁浩")
    assert (seen["commander"], seen["place"], len(seen["tickets"])) == ("何勇", "3栋", 3)
    assert seen["group_id"]
    for who in ("王芳", "刘工", "丁浩", "何勇"):
        assert dark.times(who, "T310") == ["19:00:00"]
    for who in ("张伟", "王秀英", "李建国", "陈静"):
        assert {one["channel"] for one in lab.heard(who, "T301")} == {"W", "S"}
        assert dark.times(who, "T301") == ["19:00:00"]
    assert lab.heard("欧阳明", "T301") == []

    for at in ("19:09", "19:12"):
        lab.at(at)
        dark.do("bulletin", "王芳", progress="电工正在排查", audience="RESIDENTS")
    lab.at("19:20:01")
    assert dark.slots()[:2] == ["MET", "MET"]
    assert len(lab.heard("张伟", "T302")) == 2

    lab.at("19:28:00")
    assert dark.times("王芳", "T311") == ["19:08:00", "19:28:00"]
    lab.at("19:30:00")
    assert (dark.slots()[2], lab.heard("何勇", "T312"), dark.see()["eta_required"]) == ("OPEN", [], False)
    lab.at("19:30:01")
    assert (dark.slots()[2], dark.times("何勇", "T312"), dark.see()["eta_required"]) == ("MISSED", ["19:30:01"], True)
    lab.at("19:35:00")
    assert lab.heard("周强", "T312") == []
    lab.at("19:35:01")
    assert dark.times("周强", "T312") == ["19:35:01"]

    eta = "2026-03-02T20:15:00+08:00"
    dark.do("eta", "何勇", cause="进线开关烧损", missing="备件在途", eta=eta)
    assert (dark.see()["eta_required"], dark.see()["eta"]) == (False, eta)
    told = lab.heard("张伟", "T304")
    assert {one["channel"] for one in told} == {"W", "S"}
    assert "20:15" in told[0]["body"]


def test_at3_0_the_end(dark: Desk) -> None:
    lab = dark.lab
    lab.at("20:05")
    assert dark.code("restore", "何勇", conditions=True) == "STATE_ORDER"
    assert dark.code("control", "王芳") == "NOT_ALLOWED"
    dark.do("control", "何勇")
    assert dark.code("restore", "何勇") == "CONDITIONS_OPEN"
    seen = dark.do("restore", "何勇", conditions=[one["text"] for one in dark.see()["close_conditions"]])
    assert (seen["state"], seen["review_due_on"]) == ("RESTORED", "2026-03-05")
    assert dark.times("张伟", "T303") == ["20:05:00"]
    assert [lab.ticket(no)["status"] for no in seen["tickets"]] == ["PENDING_ACCEPTANCE"] * 3
    for who in ("张伟", "王秀英", "李建国"):
        assert len(lab.heard(who, "T106")) > 0


def test_at3_2_one_bulletin_per_slot(desk: Desk) -> None:
    lab = desk.lab
    desk.open("李敏", plan="停电", place="B3")
    lab.at("09:00:01")
    desk.do("bulletin", "李敏", progress="电工已到场")
    lab.at("09:19:59")
    desk.do("bulletin", "李敏", no_news=True)
    desk.do("bulletin", "李敏", no_news=True)
    lab.at("09:20:01")
    assert desk.slots() == ["MET", "MET", "OPEN"]
    assert [one["slot"] for one in desk.see()["bulletins"]] == [1, 2, None]
    lab.at("09:33")
    assert desk.slots() == ["MET", "MET", "MISSED", "OPEN"]


@pytest.fixture
def practised(desk: Desk) -> Desk:
    """A fire drill, everything done in time but step 3."""
    desk.open("孙涛", plan="火警", place="B3", is_drill=True)
    for who in ("何勇", "李敏", "孙涛", "高工"):
        desk.try_("ack", who)
    desk.do("bulletin", "李敏", progress="演练中")
    for one in desk.see()["step_logs"]:
        if one["no"] != 3 and one["done_at"] is None:
            desk.do(f"steps/{one['no']}/done", "孙涛", text="已完成", photo=PHOTO)
    return desk


def test_at3_3_a_missed_veto_step_is_59_at_most(practised: Desk) -> None:
    practised.lab.at("09:09")
    practised.do("control", "何勇")
    practised.do("restore", "何勇", conditions=True)
    practised.do("marks", "郑洁", speech=[2] * 5, records=[1] * 10)
    practised.do("review", "何勇", text="第3步漏做")
    score = practised.lab.get(f"{BASE}/{practised.no}/report", "何勇")["score"]
    assert (score["veto"], score["total"], score["passed"], score["repeat_by"]) == ([3], 59, False, "2026-04-01")
    assert score["parts"]["speech"] == score["parts"]["records"] == 10
    assert practised.do("close", "何勇")["state"] == "CLOSED"


def test_nothing_of_a_drill_reaches_residents(practised: Desk) -> None:
    everything = practised.lab.get("/lab/messages")
    names = {"张伟", "王秀英", "李建国", "陈静", "欧阳明", "孙立"}
    assert [one for one in everything if one["to"] in names] == []
    assert all("演练" in one["body"] for one in everything if one["template"] == "T310")


def test_a_real_emergency_ends_a_drill(practised: Desk) -> None:
    lab = practised.lab
    lab.report("3栋一单元电梯里关住两个人，快点来", asset="EL-0301-1")
    assert practised.see()["real_mix"] is True
    assert len(lab.heard("何勇", "T206")) == 1
    seen = practised.do("abort", "何勇")
    assert seen["state"] == "CANCELLED"
    again = lab.raw("POST", BASE, "孙涛", plan="火警", place="B3", is_drill=True)
    assert (again.status_code, again.json()["code"]) == (409, "DRILL_REAL_MIX")


def test_at3_5_own_staff_without_a_licence_open_no_lift(desk: Desk) -> None:
    desk.open("孙涛", plan="电梯困人", asset="EL-0301-1")
    seen = desk.do("steps/7/done", "孙涛", text="扒门", photo=PHOTO)
    assert seen["veto"] == [7]
    assert seen["step_logs"][6]["done_at"] is None
    assert desk.times("周强", "T206") == ["09:00:00"]
    desk.do("steps/7/done", "电梯公司", text="持证到场", photo=PHOTO)
    assert desk.see()["step_logs"][6]["by"] == "电梯公司"


def test_the_same_kind_at_the_same_place_is_one_incident(desk: Desk) -> None:
    desk.open("李敏", plan="停电", place="B3")
    again = desk.lab.raw("POST", BASE, "孙涛", leaf="PE01", place="B3-1")
    assert (again.status_code, again.json()["code"], again.json()["data"]["no"]) == (409, "INCIDENT_DUP", desk.no)
    other = desk.lab.raw("POST", BASE, "孙涛", leaf="PE01", place="B5")
    assert other.status_code == 201


def test_the_shift_changes_in_the_middle(desk: Desk) -> None:
    lab = desk.lab
    lab.at("15:58")
    desk.open("李敏", plan="停电", place="B3")
    for who in ("何勇", "李敏", "孙涛", "高工"):
        desk.do("ack", who)
    lab.at("16:00:00")
    now = {one["role"]: one["staff"] for one in desk.see()["role_assignments"] if one["state"] == "CALLED"}
    assert (now["CS"], now["SEC"], now["ENG"]) == ("王芳", "丁浩", "刘工")
    assert desk.times("王芳", "T310") == ["16:00:00"]
