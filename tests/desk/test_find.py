"""The palette: tickets, commands, first words, pages; only what the asker may do now."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def desk(cast, enter):
    cast.freeze("accept", "dispatch")
    return enter("李敏")


def found(client, words, on=""):
    """Label and address of every line, by group."""
    page = unescape(client.get("/find/", {"q": words, "on": on}).content.decode())
    groups = {}
    for part in page.split('<li class="cap" role="presentation">')[1:]:
        lines = re.findall(r'<a href="([^"]+)".*?</svg>[^<]*(?:</span>)?<span>(.*?)</span>', part)
        groups[part.partition("</li>")[0]] = {label: url for url, label in lines}
    return groups


def test_a_ticket_is_found_by_number_words_and_initials(cast, desk):
    ticket = cast.report("地库渗水，车库顶上一直滴", place="B1")
    cast.report("厨房水龙头一直滴漏")
    for words in (ticket.no, "渗水", "dkss", "DKSS"):
        assert list(found(desk, words)["工单"].values()) == [f"/desk/tickets/{ticket.no}/"], words


def test_residents_are_never_browsed(cast, desk):
    cast.report("厨房水龙头一直滴漏")
    for words in ("1203", "zw", "张伟", "1380000"):
        assert "工单" not in found(desk, words), words


def test_only_what_may_be_done_now_to_the_ticket_in_hand(cast, desk, enter):
    ticket = cast.report()
    on = f"/desk/tickets/{ticket.no}/"
    assert found(desk, "受理", on)["命令"][f"受理 {ticket.no}"] == f"{on}acceptance/"
    assert f"派单 {ticket.no}" not in found(desk, "pd", on).get("命令", {})
    cast.do("accept", ticket, "李敏")
    assert f"派单 {ticket.no}" in found(desk, "pd", f"{on}?x=1")["命令"]
    assert f"受理 {ticket.no}" not in found(desk, "", on)["命令"]
    quality = next(name for name in cast.garden.staff if cast.scope(name).has(cast.community.id, "QLT"))
    assert f"派单 {ticket.no}" not in found(enter(quality), "pd", on).get("命令", {})
    assert "命令" not in found(desk, "pd", "/desk/tickets/260302-0999/")


def test_places_pages_and_first_words(cast, desk):
    command = found(desk, "dxck")["命令"]
    assert f"/desk/tickets/new/?where={quote('地下车库B1')}" in command.values()
    page = desk.get(f"/desk/tickets/new/?where={quote('地下车库B1')}").content.decode()
    assert 'value="地下车库B1"' in page
    assert found(desk, "pb")["页面"] == {"排班": "/desk/roster/"}
    assert any("请不要扒门" in label for label in found(desk, "dtkr")["话术"])
    assert found(desk, "<b>没有</b>") == {"没有找到“<b>没有</b>”": {}}


def test_the_number_of_queries_does_not_grow(cast, desk):
    found(desk, "dkss")  # the crew is read once for all
    counted = []
    for _round in range(2):
        for number in range(3):
            cast.report(f"地库渗水{number}", who="李敏", place="B1")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found(desk, "dkss")
        counted.append(len(queries))
    assert counted[0] == counted[1]
