"""AT16.x through HTTP: who sees what, looks for a reason, and every look on record."""

import io
import json
import re

import pytest
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook

from tests.lab.driver import Lab

PHONE = "13800005678"


@pytest.fixture
def calm(lab: Lab) -> Lab:
    """A lab in which nothing is accepted or dispatched by itself."""
    lab.freeze("accept", "dispatch")
    return lab


def accepted(lab: Lab, text: str = "厨房水龙头一直滴漏") -> str:
    """张伟 has reported, and 李敏 has it in hand."""
    no = lab.report(text)
    lab.do("accept", no, "李敏")
    return no


def look(lab: Lab, no: str, who: str = "李敏", **body):
    body = {"ticket": no, "field": "phone", "reason": "回访", "text": "问漏水修好没有"} | body
    return lab.raw("POST", "/api/v1/privacy/reveals", who, **{k: v for k, v in body.items() if v is not None})


def code(answer) -> str:
    assert answer.status_code >= 400, answer.text
    return answer.json()["code"]


def test_at16_0_what_she_sees_and_what_she_reveals(calm: Lab) -> None:
    no = accepted(calm, "我电话13800005678，厨房水龙头一直滴漏")
    answer = calm.raw("GET", f"/api/v1/tickets/{no}", "李敏")
    seen = answer.json()
    assert seen["reporter"] == {"name": "张*", "phone": "138****5678", "room": "**03"}
    assert "138****5678" in seen["text"]
    assert "1203" not in answer.text
    assert PHONE not in answer.text
    assert "张伟" not in answer.text

    assert code(look(calm, no, reason=None)) == "REVEAL_REASON_REQUIRED"
    assert code(look(calm, no, text=None)) == "REVEAL_REASON_REQUIRED"
    assert code(look(calm, no, ticket=None)) == "REVEAL_NO_TICKET"
    shown = look(calm, no)
    assert shown.status_code == 201, shown.text
    found = shown.json()
    assert (found["value"], found["seconds"], found["left"]) == (PHONE, 60, 19)
    assert found["until"] == "2026-03-02T09:01:00+08:00"

    views = calm.get("/api/v1/privacy/views", "张伟")
    assert [one["words"] for one in views] == ["客服 因 回访 查看了 电话"]
    assert "李敏" not in json.dumps(views, ensure_ascii=False)
    assert calm.get("/api/v1/privacy/views", "王秀英") == []
    log = calm.get("/api/v1/privacy/log", "林悦")["items"]
    assert [(one["seq"], one["staff"], one["role"], one["field"], one["reason"]) for one in log] == [
        (1, "李敏", "CS", "phone", "REVISIT")
    ]


def test_at16_0_the_21st_look_of_the_day(calm: Lab) -> None:
    no = accepted(calm)
    for number in range(20):
        assert look(calm, no).json()["left"] == 19 - number
    assert code(look(calm, no)) == "REVEAL_QUOTA"
    asked = look(calm, no, ask=True)
    assert (asked.status_code, asked.json()["value"]) == (202, None)
    mine = asked.json()["id"]
    assert code(calm.raw("POST", f"/api/v1/privacy/reveals/{mine}/show", "李敏")) == "REVEAL_OVER"
    assert code(calm.raw("POST", f"/api/v1/privacy/reveals/{mine}/approve", "李敏")) == "NOT_ALLOWED"
    assert [one["id"] for one in calm.get("/api/v1/privacy/reveals", "赵静")] == [mine]
    assert calm.raw("POST", f"/api/v1/privacy/reveals/{mine}/approve", "赵静").status_code == 200
    shown = calm.raw("POST", f"/api/v1/privacy/reveals/{mine}/show", "李敏").json()
    assert shown["value"] == PHONE
    calm.at("09:15:01")
    assert code(calm.raw("POST", f"/api/v1/privacy/reveals/{mine}/show", "李敏")) == "REVEAL_OVER"
    calm.at("03-03 09:00")
    assert look(calm, no).json()["left"] == 19


def test_at16_0_search_and_a_foreign_ticket(calm: Lab) -> None:
    no = accepted(calm)
    for words in ("12", "1203", "3栋1单元", "1380000"):
        assert code(calm.raw("GET", f"/api/v1/tickets?q={words}", "李敏")) == "SEARCH_TOO_BROAD"
    assert [one["no"] for one in calm.get("/api/v1/tickets?q=3-1-1203", "李敏")["items"]] == [no]
    assert [one["no"] for one in calm.get(f"/api/v1/tickets?q={PHONE}", "李敏")["items"]] == [no]
    foreign = calm.raw("GET", f"/api/v1/tickets/{no}", "外包01")
    assert foreign.status_code == 403
    found = calm.get("/api/v1/privacy/findings", "林悦")
    assert [(one["kind"], one["staff"], one["ticket"]) for one in found] == [("FOREIGN", "外包01", no)]
    assert "访问不属于自己的工单" in calm.heard("林悦", "T907")[0]["body"]
    settled = calm.post(f"/api/v1/privacy/findings/{found[0]['id']}/settle", "林悦", verdict="误点，已提醒")
    assert (settled["state"], settled["verdict"]) == ("SETTLED", "误点，已提醒")


def test_at16_2_an_address_is_checked_and_never_browsed(lab: Lab) -> None:
    def check(address: str, call: str = "c1", **more: str):
        return lab.raw("POST", "/api/v1/privacy/identity", "李敏", address=address, call=call, **more)

    assert check("3-1-1203").json() == {"match": True, "result": "匹配", "left": 4}
    assert check("3栋1单元1203室").json() == {"match": True, "result": "匹配", "left": 3}
    assert check("3-1-1204").json()["result"] == "不匹配"
    assert code(check("12")) == "SEARCH_TOO_BROAD"
    assert check("3-1-1203", phone="13900122041").json() == {"match": False, "result": "不匹配", "left": 0}
    assert code(check("3-1-1203")) == "IDENTITY_TRIES"
    assert check("3-1-1203", call="c2", phone=PHONE).json()["match"] is True
    assert [one["kind"] for one in lab.get("/api/v1/privacy/findings", "林悦")] == ["PROBING"]
    assert code(lab.raw("POST", "/api/v1/privacy/identity", "陈师傅", address="3-1-1203")) == "NOT_ALLOWED"


TEXT = "一、只为工作使用业主信息；二、不得转发、截屏、私存；三、离职后继续保密。"


def test_at16_4_overdue_means_masks_only_from_that_minute(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    assert calm.ticket(no, "陈师傅")["reporter"] == {"name": "张先生/女士", "phone": "", "room": "3-1-1203"}
    made = calm.post("/api/v1/privacy/agreement/publish", "林悦", body=TEXT, due_on="2026-03-02")
    assert made == {"version": 2, "due_on": "2026-03-02"}
    assert "03月02日" in calm.heard("李敏", "T904")[0]["body"]
    assert look(calm, no).status_code == 201

    calm.at("03-03 00:00")
    seen = calm.ticket(no, "李敏")
    assert seen["reporter"] == {"name": "张*", "phone": "138****5678", "room": "**03"}
    assert code(look(calm, no)) == "NDA_UNSIGNED"
    assert calm.ticket(no, "陈师傅")["reporter"] == {"name": "张*", "phone": "", "room": "**03"}

    text = calm.get("/api/v1/privacy/agreement", "陈师傅")
    assert (text["version"], text["signed"], text["body"]) == (2, False, TEXT)
    for version, signature, refusal in ((1, "陈师傅", "NDA_VERSION"), (2, "别人", "NDA_SIGNATURE")):
        answer = calm.raw("POST", "/api/v1/privacy/agreement/sign", "陈师傅", version=version, signature=signature)
        assert code(answer) == refusal
    signed = calm.post("/api/v1/privacy/agreement/sign", "陈师傅", version=2, signature="陈师傅")
    assert signed["valid_to"] == "2027-03-03"
    assert calm.ticket(no, "陈师傅")["reporter"] == {"name": "张先生/女士", "phone": "", "room": "3-1-1203"}
    calm.post("/api/v1/privacy/agreement/sign", "李敏", version=2, signature="李敏")
    assert look(calm, no).status_code == 201


def test_at16_5_the_room_is_masked_again_when_the_ticket_is_closed(calm: Lab) -> None:
    no = calm.report()
    calm.finished(no)
    open_now = calm.ticket(no, "陈师傅")
    assert (open_now["reporter"]["room"], open_now["where"]) == ("3-1-1203", "3栋1单元1203")
    calm.do("confirm", no, "张伟")
    calm.post(f"/api/v1/tickets/{no}/rate", "张伟", stars=5)
    closed = calm.raw("GET", f"/api/v1/tickets/{no}", "陈师傅")
    assert closed.json()["reporter"]["room"] == "**03"
    assert "1203" not in closed.text


def test_looks_that_are_not_allowed(calm: Lab) -> None:
    no = accepted(calm)
    assert code(look(calm, no, field="id_no")) == "NOT_ALLOWED"
    assert code(look(calm, no, field="birthday")) == "REVEAL_FIELD"
    assert code(look(calm, no, reason="好奇")) == "REVEAL_REASON_REQUIRED"
    assert code(look(calm, no, who="外包01")) == "NOT_ALLOWED"
    assert code(look(calm, no, who="陈师傅")) == "NOT_ALLOWED"
    assert code(look(calm, no, who="王芳")) == "REVEAL_NO_TICKET"
    assert code(look(calm, no, who="张伟")) == "NOT_ALLOWED"
    assert code(look(calm, no, who="郑洁")) == "NOT_ALLOWED"
    calm.do("cancel", no, "李敏", reason="报错了")
    assert code(look(calm, no)) == "REVEAL_NO_TICKET"


COLUMNS = ["room", "name", "phone"]


def ask(lab: Lab, who: str = "钱丽", **more):
    body = {"kind": "RESIDENTS", "fields": COLUMNS, "purpose": "核对2026年物业费账单"} | more
    return lab.raw("POST", "/api/v1/privacy/exports", who, **body)


def opened(content: bytes, password: str) -> list[list[str]]:
    """The rows of an encrypted workbook."""
    plain = io.BytesIO()
    wrong = OfficeFile(io.BytesIO(content))
    with pytest.raises(InvalidKeyError):
        wrong.load_key(password="guessed", verify_password=True)
    book = OfficeFile(io.BytesIO(content))
    book.load_key(password=password, verify_password=True)
    book.decrypt(plain)
    return [[str(cell.value or "") for cell in row] for row in load_workbook(plain).active.rows]


def test_an_export_is_encrypted_marked_and_its_password_comes_by_sms(lab: Lab) -> None:
    made = ask(lab).json()
    assert (made["no"], made["state"], made["rows"], made["missing"]) == ("E260302-01", "GENERATED", 6, [])
    assert made["expires_at"] == "2026-03-09T09:00:00+08:00"
    told = lab.heard("钱丽", "T905")[0]
    assert told["channel"] == "W"
    assert "E260302-01" in told["body"]
    by_sms = lab.heard("钱丽", "T906")[0]
    assert by_sms["channel"] == "S"
    password = re.search(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", by_sms["body"])[0]

    file = lab.raw("GET", "/api/v1/privacy/exports/E260302-01/file", "钱丽")
    assert file.status_code == 200
    for canary in (PHONE.encode(), "张伟".encode(), b"1203"):
        assert canary not in file.content
    rows = opened(file.content, password)
    assert "钱丽" in rows[0][0]
    assert "2026-03-02 09:00" in rows[0][0]
    assert rows[1] == ["房屋", "姓名", "电话"]
    assert ["3-1-1203", "张*", "138****5678"] in rows
    assert code(lab.raw("GET", "/api/v1/privacy/exports/E260302-01/file", "周强")) == "NOT_ALLOWED"
    assert lab.get("/api/v1/privacy/views", "张伟")[0]["words"] == "财务 因 办理业务 导出了 房屋、姓名、电话"

    lab.at("03-09 09:00:01")
    assert code(lab.raw("GET", "/api/v1/privacy/exports/E260302-01/file", "钱丽")) == "EXPORT_EXPIRED"


def test_unmasked_values_need_compliance(lab: Lab) -> None:
    made = ask(lab, full=True).json()
    assert (made["state"], made["missing"]) == ("REQUESTED", ["COMP"])
    no = made["no"]
    assert code(lab.raw("GET", f"/api/v1/privacy/exports/{no}/file", "钱丽")) == "EXPORT_NOT_APPROVED"
    assert code(lab.raw("POST", f"/api/v1/privacy/exports/{no}/approve", "钱丽")) == "NOT_ALLOWED"
    assert lab.raw("POST", f"/api/v1/privacy/exports/{no}/approve", "周强").json()["missing"] == ["COMP"]
    assert code(lab.raw("POST", f"/api/v1/privacy/exports/{no}/approve", "周强")) == "APPROVED_ALREADY"
    assert lab.raw("POST", f"/api/v1/privacy/exports/{no}/approve", "林悦").json()["state"] == "GENERATED"


def test_exports_that_are_refused(lab: Lab) -> None:
    assert code(ask(lab, "李敏")) == "NOT_ALLOWED"
    assert code(ask(lab, purpose="")) == "EXPORT_PURPOSE_REQUIRED"
    assert code(ask(lab, fields=[])) == "EXPORT_FIELDS"
    assert code(ask(lab, fields=["name", "secret"])) == "EXPORT_FIELDS"
    assert code(ask(lab, kind="STAFF")) == "EXPORT_KIND"
    assert code(ask(lab, building="99")) == "EXPORT_EMPTY"
    no = ask(lab, full=True).json()["no"]
    assert lab.raw("POST", f"/api/v1/privacy/exports/{no}/reject", "林悦").json()["state"] == "REJECTED"
    assert code(lab.raw("POST", f"/api/v1/privacy/exports/{no}/approve", "林悦")) == "STATE_CONFLICT"
    assert code(lab.raw("GET", "/api/v1/privacy/exports/E260302-09/file", "钱丽")) == "NOT_FOUND"


def test_a_person_sees_agrees_copies_and_asks(calm: Lab) -> None:
    no = calm.report()
    stored = calm.get("/api/v1/privacy/register", "张伟")
    assert {one["whom"] for one in stored} == {"住户"}
    given = calm.raw("POST", "/api/v1/privacy/consents/marketing/give", "张伟").json()
    assert [one["given"] for one in given if one["purpose"] == "MARKETING"] == [True]
    taken = calm.raw("POST", "/api/v1/privacy/consents/marketing/withdraw", "张伟").json()
    assert [one["given"] for one in taken] == [False] * 5
    copy = calm.get("/api/v1/privacy/me", "张伟")
    assert (copy["姓名"], copy["报事"][0]["工单"]) == ("张伟", no)
    assert code(calm.raw("GET", "/api/v1/privacy/me", "李敏")) == "NOT_ALLOWED"

    asked = calm.raw("POST", "/api/v1/privacy/requests", "张伟", key="k1", kind="DELETE", text="请删除").json()
    again = calm.raw("POST", "/api/v1/privacy/requests", "张伟", key="k1", kind="DELETE", text="请删除").json()
    assert (asked["no"], again["no"], asked["due_at"]) == ("R260302-01", "R260302-01", "2026-03-17T09:00:00+08:00")
    assert len(asked["holds"]) == 2
    assert code(calm.raw("POST", "/api/v1/privacy/requests/R260302-01/answer", "李敏", agree=True)) == "NOT_FOUND"
    calm.at("03-17 09:00:01")
    assert calm.get("/api/v1/privacy/requests", "林悦")[0]["late"] is True
    done = calm.raw("POST", "/api/v1/privacy/requests/R260302-01/answer", "林悦", agree=True, text="依法保存").json()
    assert done["state"] == "RESTRICTED"
    assert "R260302-01" in calm.heard("张伟", "T908")[0]["body"]


def test_a_breach_and_its_clocks(calm: Lab) -> None:
    no = accepted(calm)
    look(calm, no)
    made = calm.raw("POST", "/api/v1/privacy/leaks", "孙涛", item="电话", scope="业主群里有名单", staff="李敏")
    assert made.json() == {"no": "L260302-01"}
    calm.raw("POST", "/api/v1/privacy/leaks/L260302-01/know", "林悦")
    calm.at("10:00:01")
    (row,) = calm.get("/api/v1/privacy/leaks", "周强")
    assert (row["late_known"], row["people"], row["late_decided"]) == (True, 1, False)
    path = "/api/v1/privacy/leaks/L260302-01/decide"
    assert code(calm.raw("POST", path, "林悦", tell=False, measures="已撤回")) == "LEAK_WHY"
    assert calm.raw("POST", path, "林悦", tell=True, measures="已撤回").json()["state"] == "DECIDED"
    assert len(calm.heard("张伟", "T903")) >= 1
    assert calm.heard("王秀英", "T903") == []


def test_who_leaves_has_nothing_left_in_the_same_minute(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    left = calm.raw("POST", "/api/v1/accounts/staff/陈师傅/leave", "韩梅").json()
    assert left == {"login": "陈师傅", "moved": 1}
    assert calm.raw("GET", f"/api/v1/tickets/{no}", "陈师傅").status_code == 401
    seen = calm.ticket(no)
    assert seen["handler"] != "陈师傅"
    assert seen["accountable"] not in (None, "陈师傅")
