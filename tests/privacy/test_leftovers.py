"""Addresses tried through the API, passwords of exports, the authority's clock, terms of handovers, the administrator."""

import json
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver

from anju.accounts import actions as accounts
from anju.core import clock
from anju.core.errors import Refused
from anju.duty import personal as duty
from anju.duty.choices import LineKind
from anju.duty.models import Handover, Line, Turn
from anju.estate.models import Community
from anju.lab import rota
from anju.notify.models import Delivery
from anju.privacy.actions import exporting, leaking
from anju.privacy.actions.chain import Origin
from anju.privacy.models import Finding
from anju.tickets.actions import restoring
from anju.tickets.models import Series
from tests.cast import Cast
from tests.desk.conftest import logged_in
from tests.privacy.canaries import Planted
from tests.privacy.test_walk import addresses, asks, candidates, patterns


@pytest.fixture
def cast(db):
    return Cast()


def test_homes_are_not_probed_through_the_api(cast):
    client = Client(headers={"Authorization": f"Bearer {accounts.issue_token(staff=cast.garden.staff['李敏'])}"})

    def report(room: str) -> str:
        body = json.dumps({"text": "漏水", "room": room})
        answer = client.post("/api/v1/tickets", body, content_type="application/json")
        return "made" if answer.status_code == 201 else answer.json()["code"]

    assert [report("3-1-1203") for _each in range(6)] == ["made"] * 6  # what exists makes a ticket, which all can see
    assert [report(f"3-1-99{at}") for at in range(6)] == ["ROOM_UNKNOWN"] * 5 + ["IDENTITY_TRIES"]
    assert Finding.objects.filter(kind="PROBING", staff=cast.garden.staff["李敏"]).count() == 1


def test_the_password_of_an_export_is_kept_sealed(cast):
    requester = cast.garden.staff["林悦"]
    exporting.request(
        cast.community,
        kind="RESIDENTS",
        fields=["name", "room"],
        purpose="年度核对用",
        by=cast.scope("林悦"),
        origin=Origin(),
    )
    row = Delivery.objects.get(template="T906", to_id=requester.id, channel="S")
    password = json.loads(row.secrets)["key"]
    assert (row.vars["key"], row.values["key"]) == ("***", password)
    raw = Delivery.objects.filter(id=row.id).values_list().get()
    assert password not in str(raw)
    assert password in cast.heard("林悦", "T906")[0].body


def test_a_larger_breach_is_told_to_the_authority_within_four_hours(cast):
    row = leaking.report(cast.community, item="电话", scope="名单被人卖了", by=cast.scope("李敏"))
    with pytest.raises(Refused, match="NOT_ALLOWED"):
        leaking.grade(row, by=cast.scope("李敏"))
    leaking.grade(row, by=cast.scope("林悦"))
    leaking.grade(row, by=cast.scope("林悦"))
    cast.at("13:00:00")
    row.refresh_from_db()
    assert (row.serious, row.late_authority) == (True, False)
    cast.at("13:00:01")
    row.refresh_from_db()
    assert row.late_authority
    assert "泄露事件未报网信部门" in cast.heard("周强", "T907")[-1].body
    with pytest.raises(Refused, match="LEAK_AUTHORITY"):
        leaking.tell_authority(row, words=" ", by=cast.scope("林悦"))
    leaking.tell_authority(row, words="省网信办，12387，回执A1", by=cast.scope("林悦"))
    with pytest.raises(Refused, match="STATE_CONFLICT"):
        leaking.tell_authority(row, words="再报一次", by=cast.scope("林悦"))


def test_told_in_time_it_is_not_late_and_a_small_one_has_no_such_clock(cast):
    rows = [leaking.report(cast.community, item="电话", scope=word, by=cast.scope("李敏")) for word in ("大的", "小的")]
    leaking.grade(rows[0], by=cast.scope("周强"))
    browser = logged_in(cast.garden.staff["林悦"])
    assert "4小时内报主管部门" in browser.get("/desk/privacy/").content.decode()
    browser.post(f"/desk/privacy/leaks/{rows[0].no}/", {"authority": "1", "words": "省网信办，回执A1"})
    assert "09:00已报主管部门" in browser.get("/desk/privacy/").content.decode()
    cast.at("14:00")
    for row in rows:
        row.refresh_from_db()
        assert not row.late_authority
    assert rows[0].authority_words == "省网信办，回执A1"


def test_handovers_are_kept_three_years(cast):
    rota.found(cast.garden)
    rota.publish(cast.garden, date(2026, 3, 18), date(2026, 3, 18))
    turn = Turn.objects.earliest("id")
    sheet = Handover.objects.create(community=cast.community, turn=turn)
    Line.objects.create(community=cast.community, handover=sheet, kind=LineKind.values[0], title="钥匙", note="北门3把")
    assert duty.purge(turn.end_at + duty.KEPT) == {"handovers": 0}
    assert duty.purge(turn.end_at + duty.KEPT + clock.SECOND) == {"handovers": 1}
    assert not Line.objects.exists()


def test_numbers_lost_by_a_restore_are_never_drawn_again(cast):
    lost = [cast.report(f"第{at}件") for at in range(3)]
    numbers = {one.no for one in lost}
    Series.objects.update(last=0)  # the backup knew none of them
    restoring.skip_numbers()
    first = cast.report("恢复以后")
    assert (first.no, first.no in numbers) == ("260302-32401", False)
    Series.objects.update(last=0)
    cast.at("09:01")
    restoring.skip_numbers()
    assert cast.report("又恢复了一次").no == "260302-32461"
    assert Series.objects.count() == Community.objects.count()


def test_the_administrator_sees_not_even_masks(cast, settings):
    """ADM: nothing of residents at all (table 16.2, –), on every page and every list of the API that opens to him."""
    planted = Planted(cast)
    masks = ("司马", "139****7642", "**17", "京N", "1101", "滴漏", "b***@")
    values, client = candidates(planted), logged_in(planted.staff["ADM"])
    opened, found = set(), []
    for route, _pattern in patterns(get_resolver()):
        for url in addresses(route, values):
            text = asks(client, "GET", url, "")
            if client.get(url).status_code == 200:
                opened.add(route)
            found += [f"{url}: {one}" for one in (*planted.leaks(text, allowed=set()), *masks) if one in text]
    assert found == []
    assert {"desk/accounts/", "desk/accounts/record/", "desk/account/"} <= opened
    token = accounts.issue_token(staff=planted.staff["ADM"])
    listed = Client(headers={"Authorization": f"Bearer {token}"}).get("/api/v1/tickets")
    assert (listed.status_code, [one for one in masks if one in listed.content.decode()]) == (200, [])
