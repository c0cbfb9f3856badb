"""What nobody types: control characters, forged texts, long lines. Never a 500, never markup."""

import pytest
from django.test import Client

from tests.portal.conftest import newest, once, text

WORDS = [
    "<script>alert(1)</script>漏水",
    "漏\x00水漏水",
    "\u202e漏水漏水",
    "{{7*7}}{% load x %}漏水",
    "😀👨‍👩‍👧漏水𠮷",
    "漏" + "\u0301" * 500 + "水水",
]


@pytest.mark.parametrize(
    "path", ["/r/AAA-签名/", "/r/%00-%00/", "/r/%E2%80%AE/", "/t/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00/"]
)
def test_addresses_that_nobody_printed(cast, path):
    assert Client().get(path).status_code in (400, 404)


@pytest.mark.parametrize("no", ["%00", "2603-0001", "x" * 300, "%27%20OR%201=1", "..%2f..%2fetc"])
def test_numbers_that_nobody_gave(cast, zhang, no):
    assert zhang.get(f"/me/tickets/{no}/").status_code in (400, 404)


@pytest.mark.parametrize("words", WORDS)
def test_words_come_back_as_words(code, words):
    client = Client()
    answer = client.post(f"/r/{code('EL-0301-1')}/?leaf=EL05", {"text": words, "once": once()})
    assert answer.status_code == 302
    page = text(client.get(answer.url.split("?")[0]))
    assert "<script>alert" not in page
    assert "\x00" not in newest().text
    assert "\u202e" not in page
    assert "49" not in page.split("</h1>")[0].split("<h1>")[1]
    assert "水" in page


@pytest.mark.parametrize("phone", ["13800138000\n", "＋８６１３８００１３８０００", "0086 138-0013-8000"])
def test_phones_in_every_dress(code, phone):
    Client().post(f"/r/{code('EL-0301-1')}/?leaf=EL05", {"phone": phone, "once": once()})
    assert newest().reporter_phone == "13800138000"


@pytest.mark.parametrize("stars", ["0", "6", "５", "-1", "1e9", "", "五", "5.0"])
def test_stars_are_one_to_five(cast, zhang, stars):
    cast.freeze("accept", "dispatch")
    ticket = cast.in_progress()
    cast.do("finish", ticket, "陈师傅", result="更换阀芯，不再滴漏", photos=[cast.photo()])
    answer = zhang.post(f"/me/tickets/{ticket.no}/rating/", {"stars": stars, "once": once()})
    assert answer.status_code in (302, 422)
    ticket.refresh_from_db()
    assert (ticket.status == "CLOSED") == (stars == "５" and answer.status_code == 302)
