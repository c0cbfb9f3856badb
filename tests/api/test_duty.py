"""Rosters through the API: the shapes of lab.md, refusals with their facts, keys that do a thing once."""

from typing import Any

import pytest
from django.test import Client

from anju.accounts.actions import issue_token
from anju.duty.models import Turn
from anju.lab import rota
from tests.duty.conftest import FIRST, LAST, Teams


class Api:
    """Calls as somebody of the cast."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams

    def __call__(self, method: str, path: str, who: str = "韩梅", key: str = "", **body: Any):
        headers = {"Authorization": f"Bearer {issue_token(staff=self.teams.garden.staff[who])}"}
        headers |= {"Idempotency-Key": key} if key else {}
        call = getattr(Client(headers=headers), method.lower())
        more = {"data": body, "content_type": "application/json"} if body else {"content_type": "application/json"}
        answer = call(f"/api/v1/duty{path}", **(more if method != "GET" else {}))
        return answer.status_code, answer.json()


@pytest.fixture
def api(db: None) -> Api:
    teams = Teams()
    rota.draft(teams.garden, FIRST, LAST)
    return Api(teams)


def test_check_put_and_publish(api: Api):
    turn = api.teams.turn(api.teams.who("water", "中", 18), 18)
    assert api("DELETE", f"/turns/{turn.id}") == (200, {"id": str(turn.id)})
    status, found = api("GET", f"/roster/check?first={FIRST}&last={LAST}")
    assert (status, found["clean"], [one["text"] for one in found["gaps"]]) == (
        200,
        False,
        ["03-18 16:00–24:00 没有值班水工"],
    )
    status, refusal = api("POST", "/roster/publish", first=str(FIRST), last=str(LAST))
    assert (status, refusal["code"], refusal["data"]["gaps"][0]["post"]) == (422, "ROSTER_GAP", "water")
    body = {"staff": turn.staff.login, "post": "water", "shift": "中", "day": "2026-03-18"}
    first, second = (api("POST", "/turns", key="k1", **body) for _time in range(2))
    assert first == second
    assert first[0] == 201
    assert api("POST", "/turns", key="k1", **body | {"day": "2026-03-19"})[1]["code"] == "IDEMPOTENCY_KEY_REUSED"
    assert api("POST", "/roster/publish", first=str(FIRST), last=str(LAST))[0] == 200
    assert api("DELETE", f"/turns/{first[1]['id']}")[1]["code"] == "ROSTER_PUBLISHED"


def test_a_turn_from_check_in_to_handover(api: Api):
    assert api("POST", "/roster/publish", first=str(FIRST), last=str(LAST))[0] == 200
    api.teams.at("03-18 07:50")
    name, after = api.teams.who("guard", "早", 18), api.teams.who("guard", "中", 18)
    turn = api.teams.turn(name, 18)
    assert api("POST", f"/turns/{turn.id}/check_in", name)[1]["code"] == "PROOF_REQUIRED"
    status, row = api("POST", f"/turns/{turn.id}/check_in", name, proof={"geo": {"lat": 31.0, "lng": 121.0}})
    assert (status, row["state"]) == (200, "CHECKED_IN")
    status, now = api("GET", "/now", name)
    assert (now["roster"], name in now["on_duty"]) == (True, True)
    api.teams.at("03-18 15:50")
    sheet = api("POST", "/handovers", name, turn=str(turn.id))[1]
    assert api("POST", f"/handovers/{sheet['id']}/submit", name)[1]["state"] == "SUBMITTED"
    assert api("POST", f"/handovers/{sheet['id']}/accept", name)[0] == 403
    assert api("POST", f"/handovers/{sheet['id']}/accept", after)[1]["state"] == "ACCEPTED"


def test_leave_swap_and_hours(api: Api):
    name = api.teams.who("guard", "早", 20)
    leave = api("POST", "/leaves", name, kind="年假", begin="2026-03-20T00:00", end="2026-03-21T00:00")
    assert (leave[0], leave[1]["state"]) == (201, "ASKED")
    assert api("POST", f"/leaves/{leave[1]['id']}/approve", "周强")[1]["state"] == "APPROVED"
    assert api("GET", f"/roster/check?first={FIRST}&last={LAST}")[1]["gaps"][0]["post"] == "guard"
    _status, found = api("GET", f"/hours?first={FIRST}&last={LAST}", name)
    assert [one["staff"] for one in found["items"]] == [name]
    assert found["items"][0]["total_min"] == 480 * Turn.objects.filter(staff__name=name).count()


def test_chains_and_who_may(api: Api):
    steps = [{"who": "STAFF", "ref": "吴刚", "ack_s": 60}, {"who": "DM"}]
    assert api("PUT", "/chains/water", steps=steps)[0] == 200
    assert api("GET", "/chains/water")[1]["items"][0]["who"] == "STAFF"
    assert api("GET", "/chains/fire")[1]["items"][0]["who"] == "TECHNICIAN"
    assert api("PUT", "/chains/water", steps=[])[1]["code"] == "CHAIN_EMPTY"
    assert api("PUT", "/chains/water", "陈师傅", steps=steps)[0] == 403
    assert api("POST", "/turns", "李敏", staff="李敏", post="seat", shift="早", day="2026-03-18")[0] == 403
    assert api("GET", "/turns?first=2026-03-16&last=2026-03-29", "李敏")[1]["items"] == []  # drafts
    assert api("GET", "/turns/9/nothing")[0] == 404
