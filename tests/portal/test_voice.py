"""A voice note with a report: kept, sealed, played to those who may see the ticket, gone after half a year."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anju.core import clock
from anju.files import disk
from anju.files.models import File
from anju.tickets import personal
from anju.tickets.actions.forgetting import forget
from tests.desk.conftest import logged_in
from tests.portal.conftest import newest, once, text

SPOKEN = b"\x1aE\xdf\xa3" + bytes(range(256)) * 4


def spoken(data: bytes = SPOKEN) -> SimpleUploadedFile:
    return SimpleUploadedFile("voice.webm", data, "audio/webm")


@pytest.fixture
def said(code):
    """Somebody spoke at the code of a lift and wrote nothing."""
    client = Client()
    answer = client.post(f"/r/{code('EL-0301-1')}/?leaf=", {"once": once(), "voice": spoken()})
    assert answer.status_code == 302
    return client, newest(), answer.url


def test_a_voice_alone_is_a_report(cast, said):
    client, ticket, url = said
    assert (ticket.text, ticket.photo_count, ticket.voice.mime) == ("留了语音，请听", 0, "audio/webm")
    address = f"/files/{ticket.voice.token}"
    assert address in text(client.get(url.split("?")[0]))
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (SPOKEN, "audio/webm")
    assert SPOKEN not in (disk.root() / disk.name(ticket.voice.token)).read_bytes()


def test_it_is_played_at_the_desk_and_to_nobody_else(cast, said):
    _client, ticket, _url = said
    li, stranger = logged_in(cast.garden.staff["李敏"]), Client()
    address = f"/files/{ticket.voice.token}"
    assert f'src="{address}"' in text(li.get(f"/desk/tickets/{ticket.no}/"))
    assert li.get(address).status_code == 200
    assert stranger.get(address).status_code == 404


def test_it_is_played_on_the_way_to_the_job(cast, zhang):
    cast.freeze("accept", "dispatch")
    room = cast.garden.rooms["3-1-1203"].id
    zhang.post("/me/report/", {"once": once(), "room": room, "text": "厨房水龙头一直滴漏", "voice": spoken()})
    ticket = newest()
    cast.do("accept", ticket, "李敏")
    cast.do("dispatch", ticket, "李敏", to="陈师傅")
    page = text(logged_in(cast.garden.staff["陈师傅"]).get(f"/field/tickets/{ticket.no}/"))
    assert f'src="/files/{ticket.voice.token}"' in page


@pytest.mark.parametrize(
    ("asked", "status", "length", "told"),
    [
        ("bytes=0-1", 206, 2, "bytes 0-1/1028"),
        ("bytes=1000-", 206, 28, "bytes 1000-1027/1028"),
        ("bytes=0-99999", 206, 1028, "bytes 0-1027/1028"),
        ("bytes=9-3", 200, 1028, None),
        ("bytes=5000-", 200, 1028, None),
        ("lines=1-2", 200, 1028, None),
    ],
)
def test_a_phone_may_ask_for_a_part(said, asked, status, length, told):
    client, ticket, _url = said
    answer = client.get(f"/files/{ticket.voice.token}", headers={"range": asked})
    assert (answer.status_code, len(answer.content), answer.get("Content-Range")) == (status, length, told)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GIF89a" + bytes(50), "这段录音打不开"),
        (b"OggS" + bytes(3 * 1024 * 1024), "录音太长"),
        (bytes(4) + b"ftypheic" + bytes(50), "这段录音打不开"),
    ],
)
def test_what_is_no_voice_is_named(code, data, words):
    answer = Client().post(f"/r/{code('EL-0301-1')}/?leaf=", {"once": once(), "text": "灯不亮", "voice": spoken(data)})
    assert (answer.status_code, newest()) == (422, None)
    assert words in text(answer)
    assert "灯不亮" in text(answer)


def test_a_full_disk_keeps_what_was_typed(code, monkeypatch, errors_logged):
    monkeypatch.setattr(disk, "write", full)
    answer = Client().post(f"/r/{code('EL-0301-1')}/?leaf=", {"once": once(), "voice": spoken()})
    assert answer.status_code == 422
    assert "录音没有存上" in text(answer)


def full(*_given):
    raise OSError


def test_half_a_year_later_it_is_gone_and_the_ticket_is_not(cast, said):
    _client, ticket, _url = said
    assert personal.purge(clock.now() + timedelta(days=179))["voices"] == 0
    assert personal.purge(clock.now() + timedelta(days=181))["voices"] == 1
    ticket.refresh_from_db()
    assert (ticket.voice, ticket.text, File.objects.count()) == (None, "留了语音，请听", 0)


def test_who_is_forgotten_is_not_heard(said):
    forget([said[1].id])
    assert File.objects.count() == 0
