"""Canaries: names, phones, id numbers, plates and rooms that nobody else has go in through every door. Then everything
that is kept is searched for them: tables, sessions, cache, log at its finest, photos on the disk (R16.5)."""

import argparse
import io
import json
import logging
import zlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from anju.accounts import actions as accounts
from anju.api.steps import STEPS
from anju.cli import estate as command
from anju.core import clock as core_clock
from anju.desk.ticket import steps as desk_steps
from anju.estate import labels
from anju.estate.actions import label_of
from anju.estate.models import Person
from anju.files import disk
from anju.tickets.models import Quote, Ticket
from anju.worker import loop
from tests.cast import Cast
from tests.desk.conftest import at_home, logged_in
from tests.files.made import phone_photo

NAME, PHONE, OTHER, ID_NO, PLATE = "欧阳金丝雀", "18677776661", "19988887772", "11010119900307803X", "京A9K7X1"
ROOM, SAID_ROOM = "77-9-8807", "66-8-7706"
SECRETS = (NAME, "金丝雀", PHONE, OTHER, ID_NO, PLATE, SAID_ROOM)
WORDS = f"我是{NAME}，电话{OTHER}，身份证{ID_NO}，车{PLATE}，住{SAID_ROOM}，厨房水龙头漏水"
_keys = count()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as an office keeps it, at its finest."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    config = settings.LOGGING["formatters"]["plain"]
    handler.setFormatter(config["()"](config["format"]))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def cast(db: None) -> Cast:
    return Cast()


def once() -> str:
    return f"{next(_keys):022d}"


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{NAME}{PHONE}.jpg", phone_photo(), "image/jpeg")


# --- the doors ----------------------------------------------------------------------------------------------------


def by_roster(cast: Cast, folder) -> Person:
    file = folder / "roster.csv"
    file.write_text(
        f"房屋地址,业主,手机\n77栋9单元8807,{NAME},{PHONE}\n77栋9单元,{NAME},123{PHONE}\n", encoding="utf-8"
    )
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    command.run(parser.parse_args(["import", str(file), "--yes"]))
    file.write_text(f"房屋地址,业主,手机\n77栋9单元8807,{NAME},{PHONE}\n", encoding="utf-8")
    assert command.run(parser.parse_args(["import", str(file), "--yes"])) == 0
    return Person.objects.latest("id")


def by_login(cast: Cast) -> None:
    for client in (Client(), Client()):
        client.post("/login/", {"login": NAME, "password": PHONE, "code": ID_NO})
        client.post("/me/login/", {"phone": PHONE})
        client.post("/me/login/", {"phone": PHONE, "code": "000000"})
        client.post("/me/login/", {"phone": WORDS})


def by_portal(cast: Cast, person: Person) -> None:
    sticker = labels.signed(label_of(cast.garden.assets["EL-0301-1"]).code)
    for client in (Client(), at_home(person)):
        form = {"text": WORDS, "phone": OTHER, "photos": [picture()], "once": once()}
        client.post(f"/r/{sticker}/?leaf=EL05", form, follow=True)
        client.post(f"/r/{sticker}/?leaf=EL05", form | {"phone": WORDS, "once": once()})
        client.post("/me/report/", {"text": WORDS, "once": once(), "photos": [picture()]}, follow=True)
        client.post("/me/report/", {"text": WORDS * 99, "once": once()})
        for ticket in Ticket.objects.all()[:2]:
            client.post(f"/me/tickets/{ticket.no}/urge/", {"reason": WORDS, "text": WORDS, "once": once()})
            client.post(f"/me/tickets/{ticket.no}/note/", {"text": WORDS, "once": once()})


def by_desk(cast: Cast) -> None:
    fields = ("text", "reason", "note", "answer", "result", "summary", "evidence", "ruling", "call_id", "text_", "to")
    for name in ("李敏", "吴刚"):
        client = logged_in(cast.garden.staff[name])
        client.post(
            "/desk/tickets/new/",
            {"text": WORDS, "phone": OTHER, "where": ROOM, "call_id": PHONE, "photos": [picture()], "once": once()},
        )
        for query in (NAME, PHONE, ID_NO, PLATE, ROOM, SAID_ROOM, WORDS):
            client.get("/desk/queue/", {"q": query})
            client.get("/desk/tickets/new/caller/", {"phone": query})
            client.get("/desk/tickets/new/address/", {"where": query})
            client.get("/desk/tickets/new/kinds/", {"text": query})
            client.get(f"/desk/tickets/{query}/")
        for ticket in Ticket.objects.all()[:1]:
            for step in desk_steps.STEPS:
                client.post(f"/desk/tickets/{ticket.no}/{step.noun}/", dict.fromkeys(fields, WORDS) | {"once": once()})


FREE = {
    "accept": {}, "dispatch": {"to": "陈师傅"}, "take": {"eta": 30}, "start": {"proof": {"geo": {"lat": 31.0, "lng": 121.0}}},
}  # fmt: skip


def by_api(cast: Cast) -> set[str]:
    """Gives the steps that came through."""
    clients = {
        name: Client(headers={"authorization": f"Bearer {accounts.issue_token(staff=cast.garden.staff[name])}"})
        for name in ("李敏", "陈师傅", "吴刚", "何勇", "赵静")
    }
    photos = [{"name": f"{NAME}.jpg", "data": b64encode(phone_photo()).decode()}]

    def post(name: str, path: str, body: object) -> int:
        return clients[name].post(f"/api/v1{path}", json.dumps(body), content_type="application/json").status_code

    for name, client in clients.items():
        post(name, "/tickets", {"text": WORDS, "phone": OTHER, "room": ROOM, "photos": photos})
        post(name, "/tickets", {"text": WORDS, "room": SAID_ROOM, PHONE: NAME, "leaf": NAME[:2]})
        client.post("/api/v1/tickets", f'{{"text": "{WORDS}', content_type="application/json")
        client.get("/api/v1/tickets", {"q": PHONE, NAME: ID_NO})
        client.get(f"/api/v1/tickets/{PHONE}")
    every = {
        "reason": WORDS, "text": WORDS, "result": WORDS, "summary": WORDS, "evidence": WORDS, "call_id": PHONE,
        "photos": photos, "parts": [{"name": f"阀芯 {OTHER} {PLATE}", "n": 1}], "subtasks": [WORDS], "lead": "ENG", "co": [], "dept": "SEC",
        "lines": [{"name": f"{NAME}{OTHER}", "fen": 100}], "leaf": "IN04", "to": "陈师傅", "eta": 30, "visible": True,
    }  # fmt: skip
    done: set[str] = set()
    for ticket, left_out in zip(Ticket.objects.order_by("-id")[:2], ("suspend", "quote"), strict=True):
        for step in ["accept", "dispatch", "take", "start", "quote", "note", "suspend", "resume", "finish", *STEPS]:
            if step == left_out:
                continue
            schema = STEPS[step][0]
            body = {key: value for key, value in (every | FREE.get(step, {})).items() if key in schema.model_fields}
            for name in clients:
                if post(name, f"/tickets/{ticket.no}/{step}", body) == 200:
                    done.add(step)
                    break
    return done


def by_accident(cast: Cast, monkeypatch) -> None:
    """A page that breaks with personal data in its hands."""

    def broken(*_args: object, **_more: object) -> None:
        raise ValueError(f"cannot deal with {PHONE} {ID_NO} {PLATE} {SAID_ROOM}")

    client = logged_in(cast.garden.staff["李敏"])
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("anju.desk.queue.views.Frame", broken)
        answer = client.get("/desk/queue/")
    assert answer.status_code == 500
    assert not any(secret in answer.content.decode() for secret in SECRETS)


# --- the search ---------------------------------------------------------------------------------------------------


def tables() -> Iterator[tuple[str, str]]:
    """Every value of every table with its place, sessions opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", plain(value)) for name, value in zip(names, row, strict=True))
    for session in Session.objects.all():
        yield "session", json.dumps(SessionStore().decode(session.session_data), ensure_ascii=False)


def plain(value: object) -> str:
    """A value as somebody with the dump would read it: bytes as text, escapes undone, compressed things opened."""
    if isinstance(value, memoryview | bytes):
        raw = bytes(value)
        with suppress(zlib.error):
            raw += zlib.decompress(raw)
        return raw.decode("utf-8", "ignore")
    text = str(value)
    return text + (text.encode().decode("unicode_escape", "ignore") if "\\u" in text else "")


def test_nothing_plain_is_kept(cast: Cast, log, tmp_path, monkeypatch, capsys, errors_logged) -> None:
    cast.community.config |= {"ticket.daily_limit_person": 1000}
    cast.community.save()
    person = by_roster(cast, tmp_path)
    by_login(cast)
    by_portal(cast, person)
    by_desk(cast)
    assert {"quote", "finish", "note", "start"} <= by_api(cast)
    by_accident(cast, monkeypatch)
    loop.until(core_clock.now() + core_clock.iso_duration("PT3H"))
    assert {WORDS} <= {one.text for one in Ticket.objects.all()}
    assert {OTHER} <= {one.reporter_phone for one in Ticket.objects.all()}
    assert [one.phone for one in person.contacts.all()] == [PHONE]
    assert Quote.objects.exists()

    found = {place for place, text in tables() if any(secret in text for secret in SECRETS)}
    found |= {place for place, text in tables() if ROOM in text and place != "estate_room.full_code"}
    assert found == set()
    assert not any(secret in str(vars(cache)) for secret in SECRETS)
    kept = list(disk.root().glob("*/*"))
    assert kept
    assert not [path for path in kept if any(word.encode() in path.read_bytes() for word in (*SECRETS, "SECRET-OF"))]
    lines = [line for line in log.getvalue().splitlines() if any(secret in line for secret in (*SECRETS, ROOM))]
    assert lines == []
    assert "ValueError" in log.getvalue()
    shown = capsys.readouterr()
    assert not any(secret in shown.out + shown.err for secret in SECRETS)
