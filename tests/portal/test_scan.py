"""Scan to report: three screens, no login (R6.5, AT6.0)."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from anju import ui
from anju.estate.models import Label
from anju.tickets.models import Ticket
from anju.ui import css
from tests.cast import later
from tests.desk.conftest import logged_in
from tests.portal.conftest import newest, once, text, upload

BUTTON = {"leaf": "EL05", "what": "按钮没反应"}


def submit(client, code, fields=None, **query):
    url = f"/r/{code}/"
    tapped = "&".join(f"{name}={value}" for name, value in (query or BUTTON).items())
    return client.post(f"{url}?{tapped}", {"once": once(), "text": "", "phone": ""} | (fields or {}))


def test_at6_0_chip_and_submit(cast, code):
    client = Client()
    first = text(client.get(f"/r/{code('EL-0301-1')}/"))
    assert "3栋1单元1号电梯" in first
    assert first.index("困在电梯里") < first.index("按钮没反应")
    assert first.count('class="tile"') == 6
    assert "15分钟内有人回应，4小时内到场" in text(client.get(f"/r/{code('EL-0301-1')}/", BUTTON))
    answer = submit(client, code("EL-0301-1"))
    ticket = newest()
    assert (ticket.leaf_code, ticket.asset.code, ticket.place.code) == ("EL05", "EL-0301-1", "B3-1")
    received = text(client.get(answer.url))
    assert ticket.no in received
    assert "09:15前" in received or "13:00前" in received


def test_a_place_has_no_alarm(code):
    page = text(Client().get(f"/r/{code('G-B1')}/"))
    assert "困在电梯里" not in page
    assert "顶上漏水" in page


def test_trapped_is_an_emergency_at_once(cast, code):
    client = Client()
    answer = client.post(f"/r/{code('EL-0301-1')}/trapped/", {"once": once()})
    ticket = newest()
    assert (ticket.leaf_code, ticket.prio, ticket.asset.code) == ("EL01", "P0", "EL-0301-1")
    page = text(client.get(answer.url))
    assert 'href="tel:400-800-1234"' in page
    assert "别扒门" in page
    assert client.post(f"/r/{code('G-B1')}/trapped/", {"once": once("b")}).url == f"/r/{code('G-B1')}/"
    assert Ticket.objects.count() == 1


def test_a_second_press_finds_the_first_ticket(code):
    client = Client()
    first, second = (submit(client, code("EL-0301-1"), {"text": "按了不亮"}) for _ in range(2))
    assert first.url == second.url
    assert Ticket.objects.count() == 1
    again = submit(client, code("EL-0301-1"), {"text": "别的事"})
    assert (again.status_code, Ticket.objects.count()) == (422, 1)
    assert "别的事" in text(again)


def test_the_link_is_the_key(code):
    key = submit(Client(), code("EL-0301-1")).url.split("/")[2]
    assert Client().get(f"/t/{key}/").status_code == 200
    for wrong in ("x" * 32, key[:-1] + "0" if key[-1] != "0" else key[:-1] + "1", "short"):
        assert Client().get(f"/t/{wrong}/").status_code == 404


def test_photos_hang_on_the_ticket_and_the_holder_sees_them(code):
    client = Client()
    answer = submit(client, code("EL-0301-1"), {"photos": [upload(), upload(name="b.jpg")]})
    file = newest().photos.first().file
    assert newest().photo_count == 2
    assert client.get(f"/files/{file.token}").status_code == 200
    other = Client()
    assert other.get(f"/files/{file.token}").status_code == 404
    other.get(answer.url)
    assert other.get(f"/files/{file.token}").status_code == 200


def test_a_broken_photo_never_loses_the_words(code):
    answer = submit(Client(), code("EL-0301-1"), {"text": "3楼按了不亮", "photos": upload(b"no picture")})
    assert answer.status_code == 422
    assert "3楼按了不亮" in text(answer)
    assert Ticket.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phone": "1380000567"}, "手机号少1位，请填11位手机号"),
        ({"phone": "138000056789"}, "手机号多1位，请填11位手机号"),
        ({"text": "长" * 1001}, "描述最多1000字，请精简一些"),
        ({"photos": [upload() for _ in range(10)]}, "照片最多9张"),
    ],
)
def test_what_is_wrong_is_said_twice(code, fields, words):
    answer = submit(Client(), code("EL-0301-1"), fields)
    assert answer.status_code == 422
    assert text(answer).count(words) >= 2
    assert Ticket.objects.count() == 0


def test_other_matters_need_a_word_or_a_picture(code):
    answer = submit(Client(), code("EL-0301-1"), leaf="")
    assert "请说一句哪里坏了，或拍一张照片" in text(answer)
    assert submit(Client(), code("EL-0301-1"), {"text": "灯一闪一闪", "once": once("c")}, leaf="").status_code == 302


def test_what_is_written_as_an_emergency_becomes_one(code):
    submit(Client(), code("EL-0301-1"), {"text": "有人被关在里面出不来"}, leaf="")
    assert (newest().leaf_code, newest().prio) == ("EL01", "P0")


@pytest.mark.parametrize("leaf", ["PW01", "XX99", "<script>", "EL05' OR 1=1"])
def test_a_leaf_of_another_kind_is_not_taken(code, leaf):
    assert submit(Client(), code("EL-0301-1"), {"text": "坏了坏了"}, leaf=leaf).status_code == 302
    assert newest().leaf_code != leaf


def test_me_too_follows_and_nothing_personal_is_shown(cast, code):
    first = cast.report("电梯上下时有异响，我住1203，电话13800005678", asset="EL-0301-1", leaf="EL04")
    client = Client()
    page = text(client.get(f"/r/{code('EL-0301-1')}/"))
    assert "已经有人报过" in page
    assert "1203" not in page
    assert "13800005678" not in page
    answer = client.post(f"/r/{code('EL-0301-1')}/too/", {"no": first.no, "once": once()})
    assert newest().master_id == first.id
    followed = text(client.get(answer.url.split("?")[0]))
    assert "一起处理" in followed
    assert "09:15前有人回应" in followed
    gone = client.post(f"/r/{code('EL-0301-1')}/too/", {"no": "000000-0000", "once": once("d")})
    assert gone.url == f"/r/{code('EL-0301-1')}/"


def test_ten_reports_an_hour_and_emergencies_beyond(clock, code):
    client = Client()
    for n in range(10):
        assert (
            submit(client, code("G-B1"), {"text": f"第{n}处积水", "once": once(str(n))}, leaf="PW06").status_code == 302
        )
    refused = submit(client, code("G-B1"), {"text": "还有一处", "once": once("x")}, leaf="PW06")
    assert (refused.status_code, "请致电400-800-1234" in text(refused)) == (422, True)
    assert client.post(f"/r/{code('EL-0301-1')}/trapped/", {"once": once("y")}).status_code == 302
    clock.set(later(hours=1))
    assert submit(client, code("G-B1"), {"text": "还有一处", "once": once("z")}, leaf="PW06").status_code == 302


@pytest.mark.parametrize("bad", ["AAAA-BBBB", "no", "…", "x" * 300])
def test_a_forged_code_says_what_to_do(cast, bad):
    answer = Client().get(f"/r/{bad}/")
    assert answer.status_code == 404
    assert "这张码已停用" in text(answer)
    assert 'href="tel:400-800-1234"' in text(answer)


def test_a_void_code_reports_nothing(code):
    signed = code("EL-0301-1")
    Label.objects.update(state="VOID")
    for answer in (
        submit(Client(), signed),
        Client().post(f"/r/{signed}/trapped/"),
        Client().post(f"/r/{signed}/too/"),
    ):
        assert answer.status_code == 404
    assert Ticket.objects.count() == 0


def test_a_resident_who_scans_finds_it_among_his_own(zhang, code):
    submit(zhang, code("EL-0301-1"))
    assert newest().reporter.name == "张伟"
    assert newest().no in text(zhang.get(f"/me/tickets/{newest().no}/"))


def test_a_worker_who_scans_is_led_to_his_job(cast, code):
    cast.freeze("accept", "dispatch")
    ticket = cast.report("电梯按钮坏了", asset="EL-0301-1", leaf="EL05")
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="高工")
    cast.do("take", ticket, "高工", eta=15)
    worker = logged_in(cast.garden.staff["高工"])
    page = text(worker.get(f"/r/{code('EL-0301-1')}/"))
    assert f"/field/tickets/{ticket.no}/start/?code={code('EL-0301-1')}" in page


@pytest.mark.parametrize("page", ["/", "/me/login/", "/r/{code}/"])
def test_the_first_screen_is_light(client, cast, code, page):
    sent = client.get(page.format(code=code("EL-0301-1"))).content
    assert len(gzip.compress(sent)) < 5_000
    assert len(gzip.compress(sent)) + sum(weights(sent.decode())) < 30_000


def weights(page: str) -> Iterator[int]:
    """The bytes of everything that page loads before anybody has touched it."""
    yield len(gzip.compress(css.join(STATIC / "anju/css", "portal").encode()))
    scripts = re.findall(r'<script[^>]* src="/static/([^"]+)"', page)
    for name in scripts:
        file = NODE / "htmx.org/dist" / Path(name).name if name.startswith("htmx/") else STATIC / name
        source = file.read_text("utf-8")
        scripts += {
            f"anju/js/{found}" for found in re.findall(r'^import .* from "\./(.+)"', source, re.MULTILINE)
        } - set(scripts)
        yield len(gzip.compress(source.encode()))


STATIC = Path(ui.__file__).parent / "static"
NODE = Path(__file__).parents[2] / "node_modules"
