"""The API against bad input: a code and a Chinese message, never a crash, nothing lost."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from anju.accounts import actions as accounts
from anju.api.bodies import StepIn
from anju.api.service import api
from anju.api.steps import STEPS
from anju.tickets.models import Ticket
from tests.cast import Cast
from tests.pictures import photo

pytestmark = pytest.mark.django_db
TICKETS = "/api/v1/tickets"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def caller(cast: Cast) -> Callable[[str], Client]:
    def make(name: str) -> Client:
        staff, person = cast.garden.staff.get(name), cast.garden.people.get(name)
        return Client(headers={"authorization": f"Bearer {accounts.issue_token(staff=staff, person=person)}"})

    return make


def post(client: Client, body: Any, path: str = TICKETS, **more: Any) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(path, content, content_type="application/json", **more)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "BAD_JSON"),
        (b"[]", 400, "BAD_JSON"),
        (b'{"text": NaN}', 400, "BAD_JSON"),
        (b'{"text": "a", "text": "b"}', 400, "BAD_JSON"),
        (b'{"text": "\\ud800 abc"}', 400, "BAD_TEXT"),
        (b'{"text": "a\\u0000b"}', 400, "BAD_TEXT"),
        ('{"text": "楼道"}'.encode("utf-16"), 400, "BAD_TEXT"),
        (b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400, "BAD_JSON"),
        ({"text": ["a"]}, 422, "FIELD_INVALID"),
        ({"text": {"$ne": 1}}, 422, "FIELD_INVALID"),
        ({"text": "灯坏了", "status": "CLOSED"}, 422, "FIELD_UNKNOWN"),
        ({"text": "灯坏了", "reported_at": 1772413200}, 422, "FIELD_INVALID"),
        ({"text": "灯坏了", "reported_at": "yesterday"}, 422, "FIELD_INVALID"),
        ({"text": "灯坏了", "leaf": "XX01"}, 422, "LEAF_UNKNOWN"),
        ({"text": "灯坏了", "place": "nowhere"}, 422, "PLACE_UNKNOWN"),
        ({"text": "灯坏了", "community": "nowhere"}, 404, "NOT_FOUND"),
        ({"text": "水" * 20_001}, 422, "FIELD_INVALID"),
    ],
)
def test_bad_bodies(caller: Callable[[str], Client], body: Any, status: int, code: str) -> None:
    answer = post(caller("张伟"), body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert not Ticket.objects.exists()


def test_another_kind_of_content_is_not_read(caller: Callable[[str], Client]) -> None:
    answer = caller("张伟").post(TICKETS, "<a/>", content_type="text/xml")
    assert (answer.status_code, answer.json()["code"]) == (415, "MEDIA_TYPE")


def test_nobody_and_a_false_token_are_asked_to_log_in() -> None:
    for client in (
        Client(),
        Client(headers={"authorization": "Bearer x"}),
        Client(headers={"authorization": "Basic x"}),
    ):
        answer = client.get(TICKETS)
        assert (answer.status_code, answer.json()["code"]) == (401, "LOGIN_REQUIRED")


@pytest.mark.parametrize(
    "query", ["limit=-1", "limit=0", "limit=101", "limit=x", "light=PINK", "sort=password", "view=evil"]
)
def test_filters_are_checked(caller: Callable[[str], Client], query: str) -> None:
    assert caller("李敏").get(f"{TICKETS}?{query}").status_code == 422


def test_a_list_in_pages(cast: Cast, caller: Callable[[str], Client]) -> None:
    cast.freeze("accept", "dispatch")
    for number in range(3):
        cast.report(f"家里插座坏了{number}")
    client = caller("李敏")
    first = client.get(f"{TICKETS}?limit=2&view=all").json()
    second = client.get(f"{TICKETS}?limit=2&view=all&cursor={first['cursor']}").json()
    assert [len(first["items"]), len(second["items"]), second["cursor"]] == [2, 1, ""]
    assert len({one["no"] for one in first["items"] + second["items"]}) == 3


def test_a_step_that_takes_the_ticket_away_is_answered_and_not_done_twice(cast: Cast, caller: Any) -> None:
    ticket = cast.report("家里水龙头滴漏", who="欧阳明")
    handler = Ticket.objects.get(id=ticket.id).handler
    worker, path = caller(handler.name), f"{TICKETS}/{ticket.no}/decline"
    answers = [post(worker, {"reason": "在途"}, path, headers={"idempotency-key": "k1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json()["version"] == answers[1].json()["version"]
    assert answers[0].json()["handler"] != handler.login


def test_text_comes_back_as_it_was(caller: Callable[[str], Client]) -> None:
    for text in (
        "<script>alert(1)</script>水管",
        "👨‍👩‍👧 漏水",
        "𠮷㼆·阿卜杜",
        "{{7*7}} %s ${x}",
        "=HYPERLINK()",
        "null",
    ):
        assert post(caller("张伟"), {"text": text}).json()["text"] == text


def test_controls_and_overrides_are_dropped(caller: Callable[[str], Client]) -> None:
    made = post(caller("张伟"), {"text": "\u202e水\u200b管\x08漏\ufeff"}).json()
    assert made["text"] == "水管漏"


@pytest.mark.parametrize("phone", ["+86 138-0000-5678", "０１３８", "1380000567", "138000056789", "110", "abc"])
def test_phones(caller: Callable[[str], Client], phone: str) -> None:
    answer = post(caller("李敏"), {"text": "楼道灯坏了", "phone": phone})
    fine = phone.startswith("+86")
    assert answer.status_code == (201 if fine else 422)
    assert fine or answer.json()["fields"]["phone"]


def test_a_known_phone_finds_its_person(cast: Cast, caller: Callable[[str], Client]) -> None:
    made = post(caller("李敏"), {"text": "楼道灯坏了", "phone": "13800005678"}).json()
    assert made["reporter"] == {"name": "张*", "phone": "138****5678", "room": "**03"}
    assert Ticket.objects.get().reporter == cast.garden.people["张伟"]


def test_a_kept_photo_is_used_by_its_token(cast: Cast, caller: Callable[[str], Client]) -> None:
    client = caller("张伟")
    kept = post(client, {"data": base64.b64encode(photo()).decode()}, "/api/v1/files").json()
    made = post(client, {"text": "水管漏", "photos": [kept["token"]]}).json()
    assert [one["url"] for one in made["photos"]] == [f"/api/v1/files/{kept['token']}"]
    assert post(caller("王秀英"), {"text": "水管漏", "photos": [kept["token"]]}).json()["photo_errors"]


def test_no_address_there(caller: Callable[[str], Client]) -> None:
    for path in ("/api/v1/nope", "/api/v1/tickets/1/2/3", "/api/v1/tickets/260302-0001/explode"):
        assert post(caller("李敏"), {}, path).json()["code"] == "NOT_FOUND"


def test_every_operation_says_who_may_call() -> None:
    operations = [
        op for _prefix, router in api._routers for view in router.path_operations.values() for op in view.operations
    ]
    assert len(operations) > 40
    for operation in operations:
        assert getattr(operation.view_func, "anju_access", None), operation.view_func


def test_the_description_is_complete(caller: Callable[[str], Client]) -> None:
    found = caller("李敏").get("/api/v1/openapi.json").json()
    assert {f"/api/v1/tickets/{{no}}/{name}" for name in STEPS} <= set(found["paths"])
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (path, method)
            assert "401" in operation["responses"], (path, method)


def test_every_step_refuses_unknown_fields() -> None:
    for schema, _act, _summary in STEPS.values():
        assert issubclass(schema, StepIn)
        assert schema.model_config["extra"] == "forbid"


@pytest.mark.parametrize("name", ["李敏", "郑洁", "陈师傅", "林悦", "外包01", "王秀英"])
def test_no_canary_leaves_the_server(cast: Cast, caller: Callable[[str], Client], name: str) -> None:
    cast.freeze("accept", "dispatch")
    cast.report("水龙头漏，电话13800005678，住3-1-1203", room="3-1-1203")
    client = caller(name)
    for path in (TICKETS, f"{TICKETS}/260302-0001", f"{TICKETS}?q=水龙头"):
        text = client.get(path).content.decode()
        assert not [one for one in ("13800005678", "1203", "张伟") if one in text], (name, path)


def test_a_browser_session_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    session = client.session
    accounts.open_session(session, cast.garden.staff["李敏"])
    session.save()
    client.cookies["anju_session"] = session.session_key or ""
    assert client.get("/api/v1/accounts/me").json()["name"] == "李敏"
    assert post(client, {"text": "楼道灯坏了"}).status_code == 401
