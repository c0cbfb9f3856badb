"""AT1.x through HTTP: fifteen minutes, two hours, messages and their fallback."""

import pytest

from tests.lab.driver import Lab


def test_at1_0(lab: Lab) -> None:
    lab.freeze("accept", "dispatch")
    no = lab.report("厨房水龙头一直滴漏")
    seen = lab.ticket(no)
    assert (no, seen["leaf"], seen["prio"], seen["light"]) == ("260302-0001", "IN04", "P2", "GREEN")
    assert lab.at("09:01") == 0
    assert [one["at"][11:19] for one in lab.heard("张伟", "T101")] == ["09:00:00"]

    lab.at("09:10")
    assert lab.ticket(no)["light"] == "YELLOW"
    assert [one["channel"] for one in lab.heard("李敏", "T202")] == ["W"]
    lab.at("09:15:00")
    assert lab.clock_of(no, "RESP")["state"] == "RUNNING"
    lab.at("09:15:01")
    assert lab.clock_of(no, "RESP")["state"] == "BREACHED"
    assert len(lab.heard("赵静", "T203")) == 1

    lab.at("09:18")
    lab.do("accept", no, "赵静")
    lab.do("dispatch", no, "赵静", to="陈师傅")
    lab.at("09:20")
    assert lab.do("take", no, "陈师傅", eta=60)["status"] == "TAKEN"
    assert lab.ticket(no)["light"] == "YELLOW"
    lab.at("11:00:00")
    assert lab.ticket(no)["light"] == "YELLOW"
    lab.at("11:00:01")
    assert lab.ticket(no)["light"] == "RED"
    assert [len(lab.heard(name, "T204")) for name in ("陈师傅", "吴刚", "赵静")] == [1, 1, 1]

    lab.at("11:05")
    lab.do("start", no, "陈师傅", proof={"geo": {"lat": 31.2, "lng": 121.4}})
    seen = lab.ticket(no)
    assert (seen["light"], seen["was_red"], lab.clock_of(no, "RED")["state"]) == ("YELLOW", True, "BREACHED")
    owner = lab.ticket(no, "张伟")
    assert owner["status_label"] == "处理中"
    assert not {"clocks", "light", "was_red"} & set(owner)


def test_at1_1_sms_follows_when_wechat_does_not_arrive(lab: Lab) -> None:
    lab.post("/lab/providers/wechat", mode="ok", delay_s=300)
    lab.report()
    lab.at("09:01:00")
    assert [one["channel"] for one in lab.heard("张伟", "T101")] == ["W"]
    lab.at("09:01:01")
    assert [(one["channel"], one["at"][11:19]) for one in lab.heard("张伟", "T101")] == [
        ("W", "09:00:00"),
        ("S", "09:01:01"),
    ]


def test_at1_1_no_sms_when_wechat_arrives(lab: Lab) -> None:
    lab.report()
    lab.at("09:10")
    assert [one["channel"] for one in lab.heard("张伟", "T101")] == ["W"]


def test_at1_1_without_wechat_the_sms_comes_at_once(lab: Lab) -> None:
    lab.post("/api/v1/tickets", "李敏", text="楼道灯坏了，三楼", phone="13911112222")
    assert [(one["channel"], one["at"][11:19]) for one in lab.heard("13911112222", "T101")] == [("S", "09:00:00")]


def test_at1_4_an_appointment_holds_the_red_clock(lab: Lab) -> None:
    lab.freeze("accept", "dispatch")
    when = {"start": "2026-03-02T14:00:00+08:00", "end": "2026-03-02T16:00:00+08:00"}
    no = lab.report(appointment=when)
    lab.at("13:59")
    assert lab.clock_of(no, "RED")["used_s"] == 0
    assert lab.clock_of(no, "RED")["deadline"] == "2026-03-02T16:00:00+08:00"
    assert lab.clock_of(no, "ARRIVE")["deadline"] == "2026-03-02T16:00:00+08:00"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": "坏"}, "DESC_EMPTY"),
        ({"text": "　　"}, "DESC_EMPTY"),
        ({"text": "水" * 1001}, "DESC_TOO_LONG"),
        ({"text": "楼道灯坏了", "phone": "1380000567"}, "PHONE_INVALID"),
        ({"text": "楼道灯坏了", "room": "5-2-0501"}, "ROOM_NOT_YOURS"),
        ({"text": "楼道灯坏了", "reported_at": "2026-03-02T09:00:01+08:00"}, "REPORTED_AT_FUTURE"),
        ({"text": "楼道灯坏了", "photos": ["x"] * 10}, "PHOTO_LIMIT"),
    ],
)
def test_at1_6_bad_reports_store_nothing(lab: Lab, body: dict[str, object], code: str) -> None:
    answer = lab.raw("POST", "/api/v1/tickets", "张伟", **body)
    assert (answer.json()["code"], answer.status_code // 100) == (code, 4)
    assert lab.get("/api/v1/tickets", "赵静")["items"] == []


def test_a_broken_photo_never_loses_the_text(lab: Lab) -> None:
    made = lab.post("/api/v1/tickets", "张伟", text="楼道灯坏了", photos=["bm90IGEgcGhvdG8="])
    assert made["no"] == "260302-0001"
    assert [one["index"] for one in made["photo_errors"]] == [0]


def test_ten_a_day_but_emergencies_always(lab: Lab) -> None:
    for number in range(10):
        lab.report(f"家里插座坏了，第{number}个")
    answer = lab.raw("POST", "/api/v1/tickets", "张伟", text="家里插座坏了")
    assert (answer.status_code, answer.json()["code"]) == (429, "TOO_MANY")
    assert lab.ticket(lab.report("家里厨房水管爆了，水止不住"))["prio"] == "P0"


def test_one_step_of_three_hours_leaves_the_records_of_three(lab: Lab) -> None:
    def story(*steps: str) -> object:
        lab.reset()
        no = lab.report()
        for step in steps:
            lab.at(step)
        journal = lab.get(f"/lab/journal?subject=ticket:{no}")
        return [(row["seq"], row["verb"], row["at"]) for row in journal], [
            (one["template"], one["to"], one["at"], one["channel"]) for one in lab.get("/lab/messages")
        ]

    assert story("12:00") == story("10:00", "11:00", "12:00")


def test_the_clock_goes_forward_only(lab: Lab) -> None:
    lab.at("10:00")
    assert lab.raw("POST", "/lab/clock", set="2026-03-02T09:59:59+08:00").status_code == 409
