"""The API's promises through HTTP: once, versions, lists, phones without a network, kills."""

from typing import Any

import pytest

from tests.lab.driver import PHOTO, Lab


def visit_of(lab: Lab) -> str:
    return f"/api/v1/feedback/revisits/{lab.get('/api/v1/feedback/revisits', '郑洁')[0]['id']}"


def low(lab: Lab) -> str:
    """A ticket with low stars; somebody owes a call."""
    no = lab.report()
    lab.finished(no)
    lab.do("confirm", no, "张伟")
    lab.do("rate", no, "张伟", stars=2)
    return visit_of(lab)


def waiting_for_stars(lab: Lab) -> str:
    no = lab.report()
    lab.finished(no)
    lab.do("confirm", no, "张伟")
    return f"/api/v1/tickets/{no}/rate"


@pytest.mark.parametrize(
    ("path", "who", "body"),
    [
        (lambda lab: "/api/v1/files", "张伟", {"data": PHOTO}),
        (lambda lab: "/api/v1/accounts/staff/陈师傅/check_out", "赵静", {}),
        (waiting_for_stars, "张伟", {"stars": 5, "chips": ["FIXED"]}),
        (low, "郑洁", {"result": "无法联系"}),
        (low, "郑洁", {"to": "赵静"}),
        (lambda lab: f"/api/v1/tickets/{lab.report()}/note", "张伟", {"text": "下午在家"}),
    ],
    ids=["files", "check_out", "rate", "record", "assign", "note"],
)
def test_a_key_does_everything_once(calm: Lab, path: Any, who: str, body: dict[str, Any]) -> None:
    url = path(calm) + {"result": "/record", "to": "/assign"}.get(next(iter(body), ""), "")
    first, second = (calm.raw("POST", url, who, "once", **body) for _ in range(2))
    assert first.status_code in (200, 201), first.text
    assert (second.status_code, second.json()) == (first.status_code, first.json())
    if body:
        other = calm.raw("POST", url, who, "once", **{name: "别的" for name in body if name != "stars"} | {"data": ""})
        assert other.status_code in (409, 422)


def test_a_call_that_failed_is_counted_once_per_key(calm: Lab) -> None:
    url = low(calm)
    for _ in range(3):
        calm.raw("POST", f"{url}/record", "郑洁", "k", result="无法联系")
    assert len(calm.heard("张伟", "T114")) == 0
    assert calm.get("/api/v1/feedback/revisits", "郑洁")[0]["due_at"] == "2026-03-03T09:00:00+08:00"


@pytest.mark.parametrize(
    ("at", "now", "believed", "doubt"),
    [
        ("10:20", "11:00", True, ""),
        ("10:20", "11:02", True, ""),
        ("10:20", "11:02:01", False, "SKEW"),
        ("10:20", "10:57:59", False, "SKEW"),
        ("11:02:01", None, False, "FUTURE"),
        ("03-01 11:00", None, True, ""),
        ("03-01 10:59:59", None, False, "LATE"),
    ],
)
def test_what_a_phone_did_in_the_basement(calm: Lab, at: str, now: str | None, believed: bool, doubt: str) -> None:
    def moment(text: str) -> str:
        day, _space, hour = text.rpartition(" ")
        return f"2026-{day or '03-02'}T{hour if hour.count(':') == 2 else hour + ':00'}+08:00"

    no = calm.report()
    calm.taken(no)
    calm.at("11:00")
    more = {"client_now": moment(now)} if now else {}
    seen = calm.do("start", no, "陈师傅", proof={"photo": PHOTO}, client_at=moment(at), **more)
    event = next(one for one in seen["events"] if one["action"] == "start")
    assert (event["client_at"], event["doubt"]) == (moment(at) if believed else None, doubt)
    assert event["at"] == moment("11:00")
    assert event["data"].get("phone_time") is None or doubt


def test_a_search_keeps_the_other_filters_and_turns_pages(calm: Lab) -> None:
    numbers = [calm.report(f"家里插座坏了{number}") for number in range(5)]
    calm.do("cancel", numbers[0], "张伟")
    base = "/api/v1/tickets?q=插座&limit=2"
    assert [one["no"] for one in calm.get(f"{base}&status=CANCELLED", "李敏")["items"]] == [numbers[0]]
    assert calm.get(f"{base}&leaf=IN04", "李敏")["items"] == []
    found, cursor = [], ""
    while True:
        page = calm.get(f"{base}&status=NEW&cursor={cursor}", "李敏")
        found += [one["no"] for one in page["items"]]
        cursor = page["cursor"]
        if not cursor:
            break
    assert found == numbers[:0:-1]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("created_at", [0, 1, 2]), ("-created_at", [2, 1, 0]), ("light", [1, 0, 2]), ("due_at", [1, 0, 2])],
)
def test_the_orders_of_a_list(calm: Lab, sort: str, order: list[int]) -> None:
    numbers = [calm.report("家里插座坏了")]
    numbers.append(calm.report("家里厨房水管爆了，水止不住"))
    calm.at("09:01")
    numbers.append(calm.report("厨房水龙头一直滴漏"))
    found, cursor = [], ""
    for _ in order:
        page = calm.get(f"/api/v1/tickets?sort={sort}&limit=1&cursor={cursor}", "李敏")
        found += [numbers.index(one["no"]) for one in page["items"]]
        cursor = page["cursor"]
    assert (found, cursor) == (order, "")


def test_a_patch_minds_the_version(calm: Lab) -> None:
    no = calm.report()
    version = calm.ticket(no)["version"]

    def patch(match: str) -> Any:
        headers = {"Authorization": f"Bearer {calm.tokens['李敏']}", "If-Match": match}
        return calm.http.patch(f"/api/v1/tickets/{no}", json={"leaf": "IN02"}, headers=headers)

    refused = patch(f'"{version - 1}"')
    assert (refused.status_code, refused.json()["code"]) == (409, "STATE_CONFLICT")
    assert (patch("x").status_code, patch(f'W/"{version}"').json()["leaf"]) == (422, "IN02")


def test_what_the_api_says_in_english(calm: Lab) -> None:
    no = calm.report()
    calm.taken(no)
    calm.at("11:00:01")
    headers = {"Authorization": f"Bearer {calm.tokens['李敏']}", "Cookie": "anju_lang=en"}
    events = calm.http.get(f"/api/v1/tickets/{no}", headers=headers).json()["events"]
    assert {one["actor"] for one in events} == {"Reporter", "System", "李敏", "陈师傅"}


def test_a_reset_keeps_the_seed(lab: Lab) -> None:
    assert lab.post("/lab/reset", fixture="sunshine-garden")["seed"] == 7
    lab.meet()


@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_report_survives_a_kill_with_its_key(calm: Lab, point: str) -> None:
    calm.post("/lab/crash", at=point)
    answers = [calm.raw("POST", "/api/v1/tickets", "张伟", "k", text="家里插座坏了") for _ in range(2)]
    assert [(one.status_code, one.json().get("no")) for one in answers] == [(503, None), (201, "260302-0001")]
    assert len(calm.get("/api/v1/tickets", "李敏")["items"]) == 1
    calm.at("09:05")
    assert [one["channel"] for one in calm.heard("张伟", "T101")] == ["W"]


@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_step_survives_a_kill_with_its_key(calm: Lab, point: str) -> None:
    no = calm.report()
    calm.post("/lab/crash", at=point)
    answers = [calm.raw("POST", f"/api/v1/tickets/{no}/accept", "李敏", "k", leaf="IN04") for _ in range(2)]
    assert [one.status_code for one in answers] == [503, 200]
    story = calm.get(f"/lab/journal?subject=ticket:{no}")
    assert sum(row["verb"] == "tickets.accept" for row in story) == 1


@pytest.mark.parametrize("point", ["before-commit", "after-commit"])
def test_a_timer_survives_a_kill(calm: Lab, point: str) -> None:
    no = calm.report()
    calm.at("10:59")
    calm.post("/lab/crash", at=point)
    calm.at("11:10")
    red = calm.clock_of(no, "RED")
    assert (red["state"], red["breached_at"]) == ("BREACHED", "2026-03-02T11:00:01+08:00")
    assert len(calm.heard("赵静", "T204")) == 1


@pytest.mark.parametrize(
    ("point", "sms"), [("before-commit", 2), ("after-commit", 1), ("before-send", 1), ("after-send", 2)]
)
def test_a_delivery_survives_a_kill(calm: Lab, point: str, sms: int) -> None:
    """With a key nothing is doubled; an SMS at most once per kill (F1)."""
    for provider in ("wechat", "sms"):
        calm.post(f"/lab/providers/{provider}", mode="down")
    calm.report("家里厨房水管爆了，水止不住")
    for provider in ("wechat", "sms"):
        calm.post(f"/lab/providers/{provider}", mode="ok")
    calm.at("09:00:30")
    calm.post("/lab/crash", at=point)
    calm.at("09:10")
    told = [one["channel"] for one in calm.get("/lab/messages?to=张伟&template=T121")]
    assert told.count("W") == 1
    assert told.count("S") <= sms


@pytest.mark.parametrize(
    ("mode", "wechat", "sms"), [("error", 1, 1), ("timeout", 1, 1), ("accept_then_timeout", 1, 2), ("down", 1, 1)]
)
def test_a_provider_that_fails_and_comes_back(calm: Lab, mode: str, wechat: int, sms: int) -> None:
    """Nothing is lost; a lost answer doubles an SMS once, and nothing where the provider honours our key (P4, F16)."""
    for provider in ("wechat", "sms"):
        calm.post(f"/lab/providers/{provider}", mode=mode)
    no = calm.report("家里厨房水管爆了，水止不住")
    calm.at("09:00:30")
    for provider in ("wechat", "sms"):
        calm.post(f"/lab/providers/{provider}", mode="ok")
    calm.at("09:30")
    told = [one["channel"] for one in calm.heard("张伟", "T121")]
    assert (told.count("W"), told.count("S")) == (wechat, sms)
    assert {one["state"] for one in calm.ticket(no)["messages"] if one["template"] == "T121"} == {"DELIVERED"}
