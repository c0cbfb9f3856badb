"""AT2.0 and its variants through HTTP: the emergency chain to the second."""

import httpx2
import pytest

from tests.lab.driver import Lab

WORDS = "家里厨房水管爆了，水止不住"


@pytest.fixture
def night(lab: Lab) -> Lab:
    """Tuesday 3 March 2026, 02:00:00: the outside service answers, 陈师傅 is on call."""
    lab.at("03-03 02:00:00")
    return lab


def recorded(lab: Lab) -> str:
    """外包01 records what 张伟 says on the phone."""
    return lab.report(WORDS, "外包01", room="3-1-1203", phone="13800005678")


def said(lab: Lab, who: str, since: str = "2026-03-03T02:00:00+08:00") -> list[tuple[str, str, str]]:
    """What the emergency chain told somebody: template, channel, time."""
    heard = lab.http.get("/lab/messages", params={"to": who, "since": since}).json()
    return [(one["template"], one["channel"], one["at"][11:19]) for one in heard if one["template"] in CHAIN]


CHAIN = ("T102", "T121", "T206", "T207", "T208")


def pressed(lab: Lab, who: str, key: str, minutes: int | None = None) -> httpx2.Response:
    """Somebody presses a key in the call; the telephone platform tells it."""
    return lab.http.post("/lab/inbound/phone", json={"from": who, "event": "key", "key": key, "minutes": minutes})


def press(lab: Lab, who: str, key: str, minutes: int | None = None) -> None:
    answer = pressed(lab, who, key, minutes)
    assert answer.status_code == 200, answer.text


def callout(lab: Lab, who: str = "何勇") -> dict:
    return lab.get("/api/v1/duty/callouts", who)["items"][0]


def test_at2_0(night: Lab) -> None:
    no = recorded(night)
    seen = night.ticket(no)
    assert (seen["leaf"], seen["prio"], callout(night)["state"]) == ("IN03", "P0", "RUNNING")
    assert sorted(said(night, "张伟")) == [("T121", "S", "02:00:00"), ("T121", "W", "02:00:00")]
    assert said(night, "陈师傅") == [("T206", "S", "02:00:00"), ("T207", "V", "02:00:00")]
    assert night.ticket(no, "外包01")["reporter"]["room"].endswith("**03")

    night.at("02:03:00")
    assert said(night, "吴刚") == []
    night.at("02:03:01")
    assert said(night, "吴刚") == [("T206", "S", "02:03:01"), ("T207", "V", "02:03:01")]
    assert [(one["step"], one["staff"], one["result"]) for one in callout(night)["attempts"]] == [
        (1, "陈师傅", "NO_ANSWER"),
        (3, "吴刚", "RINGING"),
    ]

    night.at("02:04:00")
    press(night, "吴刚", "1", 20)
    run = callout(night)
    assert (run["state"], run["acked_by"], run["eta"]) == ("ACKED", "吴刚", "2026-03-03T02:24:00+08:00")
    seen = night.ticket(no)
    assert (seen["status"], seen["handler"], seen["accountable"]) == ("TAKEN", "吴刚", "吴刚")
    told = night.heard("张伟", "T102")
    assert len(told) == 1
    assert "02:24" in told[0]["body"]

    night.at("02:26:00")
    codes = night.get("/lab/codes")
    night.do("start", no, "吴刚", proof={"qr": codes["B3"]})
    run = night.get("/api/v1/duty/callouts?open=false", "何勇")["items"][0]
    assert (run["state"], run["arrived_at"]) == ("ARRIVED", "2026-03-03T02:26:00+08:00")
    arrive = night.clock_of(no, "ARRIVE")
    assert (arrive["state"], arrive["met_at"]) == ("MET", "2026-03-03T02:26:00+08:00")
    night.at("02:45")
    assert said(night, "何勇") == said(night, "周强") == []


def test_at2_0_variant_nobody_scans(night: Lab) -> None:
    no = recorded(night)
    night.at("02:04:00")
    press(night, "吴刚", "1", 20)
    night.at("02:30:00")
    assert (night.heard("何勇", "T208"), night.heard("周强", "T208")) == ([], [])
    assert night.ticket(no)["light"] != "RED"
    night.at("02:30:01")
    for name in ("何勇", "周强"):
        assert [one["at"][11:19] for one in night.heard(name, "T208")] == ["02:30:01"]
    assert night.ticket(no)["light"] == "RED"


def test_at2_6_pressed_1_and_did_not_come(night: Lab) -> None:
    recorded(night)
    night.at("02:01")
    press(night, "陈师傅", "1", 15)
    night.at("02:19:59")
    assert len(night.heard("陈师傅", "T207")) == 1
    night.at("02:20:00")
    assert [one["at"][11:19] for one in night.heard("陈师傅", "T207")] == ["02:00:00", "02:20:00"]
    night.at("02:30:01")
    run = callout(night)
    assert [(one["staff"], one["result"]) for one in run["attempts"]][:2] == [("陈师傅", "FAILED"), ("吴刚", "RINGING")]
    assert (run["state"], run["acked_by"]) == ("RUNNING", None)
    assert said(night, "吴刚") == [("T206", "S", "02:30:01"), ("T207", "V", "02:30:01")]


def test_key_2_goes_on_at_once_and_the_end_calls_everybody(night: Lab) -> None:
    no = recorded(night)
    night.at("02:00:30")
    press(night, "陈师傅", "2")
    assert [one[2] for one in said(night, "吴刚")] == ["02:00:30"] * 2
    night.at("02:03:31")
    assert [one[2] for one in said(night, "何勇")] == ["02:03:31"] * 2
    night.at("02:08:32")
    assert [one[2] for one in said(night, "周强")] == ["02:08:32"] * 2
    night.at("02:13:32")
    assert callout(night)["state"] == "RUNNING"
    night.at("02:13:33")
    assert callout(night)["state"] == "EXHAUSTED"
    for name in ("陈师傅", "吴刚", "何勇", "周强"):
        assert night.heard(name, "T207")[-1]["at"][11:19] == "02:13:33"
    assert [one["at"][11:19] for one in night.heard("外包01", "T211")] == ["02:13:33"]
    night.at("02:14")
    press(night, "周强", "1", 30)
    assert (callout(night)["state"], night.ticket(no)["handler"]) == ("ACKED", "周强")


def test_far_away_somebody_nearer_is_looked_for(night: Lab) -> None:
    no = recorded(night)
    night.at("02:01")
    press(night, "陈师傅", "1", 45)
    assert (callout(night)["state"], callout(night)["acked_by"]) == ("ACKED", "陈师傅")
    assert [one[2] for one in said(night, "吴刚")] == ["02:01:00"] * 2
    night.at("02:02")
    press(night, "吴刚", "1", 10)
    run = callout(night)
    assert (run["acked_by"], run["eta"][11:16]) == ("吴刚", "02:12")
    assert [(one["staff"], one["result"]) for one in run["attempts"]] == [("陈师傅", "RELIEVED"), ("吴刚", "ACK")]
    assert night.ticket(no)["handler"] == "吴刚"
    night.at("02:10")
    assert said(night, "何勇") == []


@pytest.mark.parametrize("minutes", [None, 0, 61])
def test_an_eta_is_1_to_60_minutes(night: Lab, minutes: int | None) -> None:
    recorded(night)
    answer = pressed(night, "陈师傅", "1", minutes)
    assert (answer.status_code, answer.json()["code"]) == (422, "ETA_RANGE")
    assert callout(night)["state"] == "RUNNING"


def test_two_emergencies_and_one_plumber(night: Lab) -> None:
    recorded(night)
    night.report("3栋水管爆裂，水喷出来了", "外包01", room="5-2-0501", leaf="IN03", phone="13400099004")
    second = callout(night)
    assert [(one["step"], one["staff"]) for one in second["attempts"]] == [(3, "吴刚")]


def test_at2_7_the_outside_service_neither_quotes_nor_closes(night: Lab) -> None:
    no = recorded(night)
    for action, body in (("quote", {"lines": [{"name": "水管", "kind": "material", "fen": 100}]}), ("close", {})):
        answer = night.step(action, no, "外包01", **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    seen = night.ticket(no, "外包01")
    assert (seen["reporter"]["phone"], {"quote", "close", "cancel"} & set(seen["next"])) == ("138****5678", set())
    assert "1203" not in str(seen)


def test_the_residents_code_proves_the_arrival(night: Lab) -> None:
    no = night.report(WORDS, "张伟")
    press(night, "陈师傅", "1", 20)
    code = night.ticket(no, "张伟")["arrival_code"]
    assert "arrival_code" not in night.ticket(no, "陈师傅")
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    night.at("02:19")
    for _try in range(5):
        assert night.code("start", no, "陈师傅", proof={"code": wrong}) == "ARRIVAL_CODE_WRONG"
    assert night.code("start", no, "陈师傅", proof={"code": code}) == "ARRIVAL_CODE_TRIES"

    night.reset()
    night.at("03-03 02:00:00")
    no = night.report(WORDS, "张伟")
    press(night, "陈师傅", "1", 20)
    night.at("02:20")
    night.do("start", no, "陈师傅", proof={"code": night.ticket(no, "张伟")["arrival_code"]})
    arrive = night.clock_of(no, "ARRIVE")
    assert (arrive["state"], arrive["met_at"]) == ("MET", "2026-03-03T02:20:00+08:00")
    assert night.get("/api/v1/duty/callouts?open=false", "何勇")["items"][0]["state"] == "ARRIVED"


def test_in_the_morning_the_night_goes_to_the_day_team(night: Lab) -> None:
    no = night.report("家里水龙头滴漏", "外包01", room="3-1-1203", phone="13800005678")
    night.at("08:00")
    assert [(one["channel"], one["at"][11:19]) for one in night.heard("赵静", "T230")] == [("W", "08:00:00")]
    assert night.ticket(no)["first_contact"] == "李敏"
    night.at("08:30")
    assert night.heard("赵静", "T231") == []
    night.at("08:30:01")
    for name in ("赵静", "何勇"):
        assert {one["at"][11:19] for one in night.heard(name, "T231")} == {"08:30:01"}


def test_one_long_jump_leaves_the_same_as_many_short_ones(night: Lab) -> None:
    recorded(night)
    night.at("03:00")
    jumped = [(one["step"], one["staff"], one["at"], one["result"]) for one in callout(night)["attempts"]]
    night.reset()
    night.at("03-03 02:00:00")
    recorded(night)
    for minute in range(1, 61):
        night.at(f"{2 + minute // 60:02d}:{minute % 60:02d}")
    assert [(one["step"], one["staff"], one["at"], one["result"]) for one in callout(night)["attempts"]] == jumped
