"""The table of domain file 04, typed in once, through HTTP: every action in every status."""

from typing import Any

import pytest

from tests.lab.driver import PHOTO, Lab

OPEN = "NEW ACCEPTED DISPATCHED TAKEN IN_PROGRESS SUSPENDED PENDING_ACCEPTANCE PENDING_VISIT"
UNFINISHED = "NEW ACCEPTED DISPATCHED TAKEN IN_PROGRESS SUSPENDED"
SOON, RESULT = "2026-03-03T09:00:00+08:00", {"result": "更换阀芯，不再滴漏", "photos": [PHOTO]}

# action: (from, to; "" stays, who, body)
TABLE: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "accept": ("NEW", "ACCEPTED", "李敏", {}),
    "dispatch": ("ACCEPTED", "DISPATCHED", "李敏", {"to": "陈师傅"}),
    "take": ("DISPATCHED", "TAKEN", "陈师傅", {"eta": 20}),
    "decline": ("DISPATCHED", "ACCEPTED", "陈师傅", {"reason": "在途"}),
    "start": ("TAKEN", "IN_PROGRESS", "陈师傅", {"proof": {"photo": PHOTO}}),
    "return": ("TAKEN IN_PROGRESS", "ACCEPTED", "陈师傅", {"reason": "缺工具", "photos": [PHOTO]}),
    "transfer": ("DISPATCHED TAKEN IN_PROGRESS", "DISPATCHED", "吴刚", {"to": "马师傅"}),
    "suspend": ("TAKEN IN_PROGRESS SUSPENDED", "SUSPENDED", "吴刚", {"reason": "等待配件", "resume_at": SOON}),
    "resume": ("SUSPENDED", "IN_PROGRESS", "陈师傅", {}),
    "finish": ("IN_PROGRESS", "PENDING_ACCEPTANCE", "陈师傅", RESULT),
    "confirm": ("PENDING_ACCEPTANCE", "PENDING_VISIT", "张伟", {}),
    "reject": ("PENDING_ACCEPTANCE", "IN_PROGRESS", "张伟", {"reason": "还在滴水"}),
    "close": ("PENDING_VISIT", "CLOSED", "赵静", {}),
    "reopen": ("CLOSED", "ACCEPTED", "张伟", {"reason": "又漏了"}),
    "cancel": ("NEW ACCEPTED DISPATCHED TAKEN", "CANCELLED", "张伟", {}),
    "urge": (OPEN, "", "张伟", {}),
    "escalate": (OPEN, "", "赵静", {"reason": "业主着急", "to_level": "L1"}),
    "merge": (UNFINISHED, "NEW", "李敏", {"master": "260302-0001"}),
    "answer": ("NEW ACCEPTED", "PENDING_VISIT", "赵静", {"text": "您好，这件事我们已经记下，会尽快改进"}),
    "quote": ("TAKEN IN_PROGRESS", "", "陈师傅", {"lines": [{"name": "阀芯", "fen": 8000}]}),
    "plan": (UNFINISHED, "", "吴刚", {"plan_due_at": SOON, "reason": "等待配件"}),
    "offer": ("ACCEPTED DISPATCHED TAKEN IN_PROGRESS", "", "吴刚", {"dept": "SEC", "reason": "像是人为"}),
    "refer": (UNFINISHED, "", "李敏", {"org": "市自来水公司"}),
}
PATH = ("accept", "dispatch", "take", "start", "finish", "confirm", "close")
WAY: dict[str, tuple[str, ...]] = {
    "NEW": (),
    "ACCEPTED": PATH[:1],
    "DISPATCHED": PATH[:2],
    "TAKEN": PATH[:3],
    "IN_PROGRESS": PATH[:4],
    "SUSPENDED": (*PATH[:4], "suspend"),
    "PENDING_ACCEPTANCE": PATH[:5],
    "PENDING_VISIT": PATH[:6],
    "CLOSED": PATH,
    "CANCELLED": ("cancel",),
}


def act(lab: Lab, action: str, no: str) -> Any:
    _from, _to, who, body = TABLE[action]
    return lab.step(action, no, who, **body)


def brought_to(lab: Lab, status: str, text: str = "厨房水龙头一直滴漏") -> str:
    """A new ticket in this state. Residents may report ten a day, so an agent does it for him."""
    no = lab.report(text, "李敏", phone="13800005678", room="3-1-1203")
    for action in WAY[status]:
        assert act(lab, action, no).status_code == 200, (status, action)
    assert lab.ticket(no)["status"] == status
    return no


def _after(action: str, status: str) -> str:
    """An urge ends a suspension (transition i)."""
    return "IN_PROGRESS" if (action, status) == ("urge", "SUSPENDED") else TABLE[action][1] or status


@pytest.fixture
def table(calm: Lab) -> Lab:
    """马师傅 is here too, so that there is somebody to transfer to; 0001 is a master to merge into."""
    assert calm.raw("POST", "/api/v1/accounts/staff/马师傅/check_in", "赵静").status_code == 200
    assert calm.report("家里插座坏了", "王秀英") == "260302-0001"
    return calm


@pytest.mark.parametrize("status", WAY)
def test_what_the_table_lists_is_done(table: Lab, status: str) -> None:
    for action, (states, _to, _who, _body) in TABLE.items():
        if status not in states.split():
            continue
        text = "建议多开几次业主座谈会" if action == "answer" else "厨房水龙头一直滴漏"
        no = brought_to(table, status, text)
        done = act(table, action, no)
        assert (done.status_code, done.json().get("status")) == (200, _after(action, status)), (action, done.text)


@pytest.mark.parametrize("status", WAY)
def test_what_the_table_does_not_list_changes_nothing(table: Lab, status: str) -> None:
    no = brought_to(table, status)
    before = table.ticket(no), table.get(f"/lab/journal?subject=ticket:{no}"), len(table.get("/lab/messages"))
    for action, (states, _to, _who, _body) in TABLE.items():
        if status in states.split() or (action == "answer" and status in ("NEW", "ACCEPTED")):
            continue
        answer = act(table, action, no)
        too_late = action == "take" and status in ("TAKEN", "IN_PROGRESS")
        wanted = {"ALREADY_TAKEN", "STATE_CONFLICT"} if too_late else {"STATE_CONFLICT"}
        assert (answer.status_code, answer.json()["code"] in wanted) == (409, True), (action, answer.text)
        assert answer.json()["message"] == "工单状态已变化，请刷新" or too_late
    assert (
        table.ticket(no),
        table.get(f"/lab/journal?subject=ticket:{no}"),
        len(table.get("/lab/messages")),
    ) == before


REFUSED: list[tuple[str, str, str, dict[str, Any], int, str]] = [
    ("ACCEPTED", "dispatch", "李敏", {"to": "孙涛"}, 422, "OTHER_DEPT"),
    ("ACCEPTED", "dispatch", "李敏", {"to": "刘工"}, 422, "NOT_ON_DUTY"),
    ("ACCEPTED", "dispatch", "李敏", {"to": "高工"}, 422, "SKILL_MISSING"),
    ("ACCEPTED", "dispatch", "李敏", {"to": "谁也不是"}, 422, "STAFF_UNKNOWN"),
    ("DISPATCHED", "take", "陈师傅", {}, 422, "ETA_REQUIRED"),
    ("DISPATCHED", "take", "陈师傅", {"eta": "2026-03-02T08:59:59+08:00"}, 422, "ETA_PAST"),
    ("DISPATCHED", "take", "孙涛", {"eta": 10}, 403, "NOT_ALLOWED"),
    ("DISPATCHED", "decline", "陈师傅", {}, 422, "REASON_REQUIRED"),
    ("DISPATCHED", "decline", "陈师傅", {"reason": "不想去"}, 422, "REASON_REQUIRED"),
    ("TAKEN", "start", "陈师傅", {}, 422, "PROOF_REQUIRED"),
    ("TAKEN", "start", "陈师傅", {"proof": {"geo": {"lat": 91, "lng": 0}}}, 422, "GEO_INVALID"),
    ("TAKEN", "return", "陈师傅", {}, 422, "REASON_REQUIRED"),
    ("IN_PROGRESS", "return", "陈师傅", {"reason": "缺工具"}, 422, "PHOTO_REQUIRED"),
    ("TAKEN", "transfer", "李敏", {"to": "陈师傅"}, 422, "SAME_HANDLER"),
    ("TAKEN", "transfer", "李敏", {"to": "孙涛"}, 422, "OTHER_DEPT"),
    ("TAKEN", "suspend", "陈师傅", {"resume_at": SOON}, 422, "REASON_REQUIRED"),
    ("TAKEN", "suspend", "陈师傅", {"reason": "累了", "resume_at": SOON}, 422, "REASON_REQUIRED"),
    ("TAKEN", "suspend", "陈师傅", {"reason": "天气"}, 422, "RESUME_PAST"),
    ("TAKEN", "suspend", "陈师傅", {"reason": "天气", "resume_at": "2026-03-02T09:00:00+08:00"}, 422, "RESUME_PAST"),
    ("TAKEN", "suspend", "陈师傅", {"reason": "天气", "resume_at": "2026-03-05T09:00:01+08:00"}, 422, "SUSPEND_LIMIT"),
    (
        "TAKEN",
        "suspend",
        "陈师傅",
        {"reason": "等待配件", "resume_at": "2026-03-09T09:00:01+08:00"},
        422,
        "SUSPEND_LIMIT",
    ),
    ("IN_PROGRESS", "finish", "陈师傅", {"result": "换好了", "photos": [PHOTO]}, 422, "RESULT_REQUIRED"),
    ("IN_PROGRESS", "finish", "陈师傅", {"result": "更换阀芯不漏"}, 422, "PHOTO_REQUIRED"),
    ("IN_PROGRESS", "finish", "马师傅", RESULT, 403, "NOT_ALLOWED"),
    ("PENDING_ACCEPTANCE", "confirm", "李敏", {}, 422, "PROOF_REQUIRED"),
    ("PENDING_ACCEPTANCE", "confirm", "王秀英", {}, 404, "NOT_FOUND"),
    ("PENDING_ACCEPTANCE", "reject", "张伟", {"reason": "  "}, 422, "REASON_REQUIRED"),
    ("PENDING_VISIT", "rate", "张伟", {"stars": 0}, 422, "STARS_RANGE"),
    ("PENDING_VISIT", "rate", "张伟", {"stars": 6}, 422, "STARS_RANGE"),
    ("PENDING_VISIT", "rate", "李敏", {"stars": 5}, 403, "RATING_NOT_YOURS"),
    ("PENDING_VISIT", "rate", "陈师傅", {"stars": 5, "call_id": "REC-1"}, 403, "RATING_NOT_YOURS"),
    ("CLOSED", "reopen", "张伟", {}, 422, "REASON_REQUIRED"),
    ("CLOSED", "reopen", "李敏", {"reason": "又漏了"}, 403, "NOT_ALLOWED"),
    ("NEW", "cancel", "李敏", {}, 422, "REASON_REQUIRED"),
    ("NEW", "escalate", "赵静", {}, 422, "REASON_REQUIRED"),
    ("NEW", "merge", "李敏", {"master": "260302-9999"}, 404, "NOT_FOUND"),
    ("NEW", "answer", "赵静", {"text": "您好，这件事我们会尽快处理"}, 422, "ANSWER_NOT_POSSIBLE"),
    ("NEW", "accept", "陈师傅", {}, 403, "NOT_ALLOWED"),
    ("NEW", "accept", "李敏", {"leaf": "XX99"}, 422, "LEAF_UNKNOWN"),
    ("TAKEN", "quote", "陈师傅", {"lines": []}, 422, "QUOTE_EMPTY"),
    ("ACCEPTED", "offer", "吴刚", {"dept": "SEC"}, 422, "HANDOFF_REASON_REQUIRED"),
    ("ACCEPTED", "offer", "吴刚", {"dept": "ENG", "reason": "不知道"}, 422, "SAME_DEPT"),
    ("ACCEPTED", "offer", "陈师傅", {"dept": "SEC", "reason": "不归我管"}, 403, "NOT_ALLOWED"),
    ("ACCEPTED", "receive", "何勇", {}, 409, "STATE_CONFLICT"),
    ("ACCEPTED", "rule", "周强", {"lead": "ENG"}, 409, "NOT_LOCKED"),
    ("ACCEPTED", "refer", "李敏", {"org": " "}, 422, "ORG_REQUIRED"),
    ("ACCEPTED", "plan", "吴刚", {"plan_due_at": "2026-03-09T09:00:01+08:00"}, 422, "PLAN_TOO_LONG"),
]


@pytest.mark.parametrize("status", dict.fromkeys(one[0] for one in REFUSED))
def test_what_a_step_needs(table: Lab, status: str) -> None:
    no = brought_to(table, status)
    before = table.ticket(no)
    for _status, action, who, body, http, code in (one for one in REFUSED if one[0] == status):
        answer = table.step(action, no, who, **body)
        assert (answer.status_code, answer.json()["code"]) == (http, code), (action, body, answer.text)
        assert answer.json()["message"]
    assert table.ticket(no) == before
