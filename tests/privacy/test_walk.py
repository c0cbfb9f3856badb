"""Every URL and every operation of the API, asked by every role with own and foreign ids: no full value leaves (16.2)."""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from anju.accounts import actions as accounts
from anju.accounts.choices import Role
from anju.accounts.models import Staff
from anju.api.service import api
from anju.feedback.models import Revisit
from anju.privacy.models import Finding
from anju.tickets.models import Photo
from tests.desk.conftest import at_home, logged_in
from tests.privacy.canaries import SAID, Planted

SKIPPED = ("lab/", "static/", "openapi", "logout/", "health")  # no worker runs here, so the last answers 503
MOST_PER_PATTERN = 30


@pytest.fixture
def planted(cast, settings):
    settings.ANJU_DEMO = True
    return Planted(cast)


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URL map with its whole route; the API's own are walked from its schema."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif not route.startswith(SKIPPED) and not route.startswith("api/"):
            yield route, one


def candidates(planted: Planted) -> dict[str, list[str]]:
    """What may stand in an address, by its name: own and foreign things, and some that are not there."""
    tickets = [*planted.tickets.values(), planted.foreign]
    rows = list(Revisit.objects.values_list("id", flat=True)) + list(Finding.objects.values_list("id", flat=True))
    staff = [planted.staff["CS"].id, planted.cast.garden.staff["李敏"].id]
    people = [planted.person.id, planted.stranger.id]
    number = [str(one) for one in [*rows, *staff, *people, 1]]
    numbers = [one.no for one in tickets]
    return {
        "no": numbers,
        "held": numbers,
        "token": list(Photo.objects.values_list("file__token", flat=True)[:2]),
        "code": [label.code for label in planted.cast.community.labels.all()[:2]],
        "login": ["李敏", "外人"],
        "field": ["name", "phone", "room", "id_no"],
        "step": ["disagree", "urge", "note"],
        "purpose": ["MARKETING"],
        "*": number,
    }


def addresses(route: str, values: dict[str, list[str]]) -> list[str]:
    """The route with everything that may be put into it."""
    names = [part.split(":")[-1].rstrip(">") for part in route.replace("{", "<").replace("}", ">").split("<")[1:]]
    names = [name.partition(">")[0] for name in names]
    found = []
    for chosen in product(*(values.get(name, values["*"]) for name in names)):
        url = route
        for value in chosen:
            start = min(at for at in (url.find("<"), url.find("{")) if at >= 0)
            end = min(at for at in (url.find(">", start), url.find("}", start)) if at >= 0)
            url = url[:start] + value + url[end + 1 :]
        found.append("/" + url.lstrip("/"))
    return found[:MOST_PER_PATTERN]


def asks(client: Client, method: str, url: str, body: Any, **more: Any) -> str:
    """The answer as text, headers too; whatever the request changed is taken back."""
    with transaction.atomic():
        answer = client.generic(method, url, body, **more)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    assert answer.status_code < 500, (method, url, answer.status_code)
    return text.decode(errors="replace") + str(dict(answer.headers))


def allowed(planted: Planted, who: str) -> set[str]:
    """FIN sees rooms; the worker the room of the ticket in his hands, which is checked for itself below."""
    return {"FIN": {"room"}, "WK": {"room"}, "own": {"name", "phone", "room", "id_no", "plate", "email"}}.get(
        who, set()
    )


def askers(planted: Planted) -> dict[str, Client]:
    """A browser of every role, of an unsigned agent, of neighbours and of nobody."""
    found = {role: logged_in(Staff.objects.get(id=staff.id)) for role, staff in planted.staff.items()}
    found |= {"unsigned": logged_in(planted.unsigned), "nobody": Client()}
    found |= {"neighbour": at_home(planted.cast.garden.people["张伟"]), "own": at_home(planted.person)}
    return found


def test_no_page_shows_a_full_value(planted, capsys):
    values, counted, found = candidates(planted), Counter(), []
    routes = list(patterns(get_resolver()))
    form = "application/x-www-form-urlencoded"
    words = "text=等待配件&reason=等待配件&words=等待配件&result=SATISFIED&stars=1&phone=13911117642&where=12&ask=1"
    for (who, client), (route, _pattern) in product(askers(planted).items(), routes):
        for url in addresses(route, values):
            for method, body in (("GET", ""), ("POST", words)):
                text = asks(client, method, url, body, content_type=form)
                counted[who] += 1
                leaks = planted.leaks(text, allowed=allowed(planted, who))
                leaks = [
                    one for one in leaks if not (one == "phone" and method == "POST")
                ]  # his own typing, given back
                found += [f"{who} {method} {url}: {leaks}"] if leaks else []
    with capsys.disabled():
        ids = sum(len(one) for one in values.values())
        print(f"\nURL walk: {len(routes)} URLs x {len(counted)} askers x {ids} ids = {sum(counted.values())} answers")
    assert found == []


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and body schema of every operation."""
    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    parts = schema["components"]["schemas"]
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            name = str(content.get("$ref", "") or next((one.get("$ref", "") for one in content.get("anyOf", [])), ""))
            found.append((method.upper(), path, parts.get(name.rpartition("/")[2], {}).get("properties", {})))
    return found


def body_of(fields: dict[str, Any], planted: Planted) -> dict[str, Any]:
    """Something plausible for every field of a body."""
    samples = {
        "ticket": planted.tickets["held"].no,
        "field": "phone",
        "to": "李敏",
        "master": planted.tickets["new"].no,
        "dept": "CS",
        "lead": "CS",
        "leaf": "IN04",
        "stars": 1,
        "version": 1,
        "eta": 10,
        "address": "3-1-1203",
    }
    return {name: samples.get(name, "等待配件") for name in fields if name not in ("photos", "data")}


def test_no_answer_of_the_api_holds_a_full_value(planted, capsys):
    values, counted, found = candidates(planted), Counter(), []
    tokens = {role: accounts.issue_token(staff=staff) for role, staff in planted.staff.items()}
    tokens |= {"unsigned": accounts.issue_token(staff=planted.unsigned)}
    tokens |= {"neighbour": accounts.issue_token(person=planted.cast.garden.people["张伟"])}
    steps = operations()
    for (who, token), (method, path, fields) in product(tokens.items(), steps):
        client = Client(headers={"Authorization": f"Bearer {token}"})
        for url in addresses(path, values):
            body = json.dumps(body_of(fields, planted)) if method != "GET" else ""
            text = asks(client, method, url, body, content_type="application/json")
            counted[who] += 1
            leaks = planted.leaks(text, allowed=allowed(planted, who))
            found += [f"{who} {method} {url}: {leaks}"] if leaks else []
    with capsys.disabled():
        print(f"\nAPI walk: {len(steps)} operations x {len(counted)} askers = {sum(counted.values())} answers")
    assert found == []


def test_the_worker_sees_the_room_of_the_ticket_in_his_hands_only(planted):
    token = accounts.issue_token(staff=planted.staff["WK"])
    client = Client(headers={"Authorization": f"Bearer {token}"})
    seen = {name: client.get(f"/api/v1/tickets/{one.no}").content.decode() for name, one in planted.tickets.items()}
    assert {name: "0917" in text for name, text in seen.items()} == {"new": False, "held": True, "visit": False}


def test_the_walk_would_notice(planted):
    """A canary that stands in an answer is found: the check itself works, for every field and with every role there."""
    assert set(planted.staff) == set(Role.values)
    assert planted.leaks(SAID, allowed=set()) == ["phone", "room", "id_no", "plate", "email"]
    assert planted.leaks(f"{SAID}司马冰洁", allowed={"room"}) == ["name", "phone", "id_no", "plate", "email"]
    own = at_home(planted.person).get(f"/me/tickets/{planted.tickets['held'].no}/").content.decode()
    assert planted.leaks(own, allowed=set()) != []
