"""The live stream without a network: what is new, who is told, how a client is kept within bounds."""

import asyncio
from importlib import import_module

import pytest
from django.conf import settings

from anju.accounts import actions as accounts
from anju.accounts.queries import scope_of_person, scope_of_staff
from anju.core.scope import guest
from anju.estate import actions as estate
from anju.ui.live import hub as hubs
from anju.ui.live import watch
from anju.ui.live.hub import Client, Hub
from anju.ui.live.watch import Change, Watch
from tests.cast import Cast

stream = import_module("anju.ui.live.stream")  # the package has a function of this name

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return Cast()


def told(scope, change):
    """What one listener hears of a change."""
    client = Client(scope)
    client.tell(change)
    return client.take()


def change_of(cast, ticket, **more):
    return Change(frozenset({cast.community.id}), [ticket], **more)


def test_staff_hear_of_their_queue_and_their_tickets(cast):
    ticket = cast.report()
    assert told(cast.scope("李敏"), change_of(cast, ticket)) == [("ticket", ticket.no), ("queue", "")]


def test_a_worker_hears_no_number_of_a_ticket_that_is_not_his(cast):
    cast.freeze("accept", "dispatch")
    ticket = cast.report()
    assert told(cast.scope("蔡姐"), change_of(cast, ticket)) == [("queue", "")]


def test_the_reporter_hears_of_his_own_and_nobody_elses(cast):
    ticket = cast.report()
    assert told(scope_of_person(cast.garden.people["张伟"]), change_of(cast, ticket)) == [("ticket", ticket.no)]
    assert told(guest(ticket.id), change_of(cast, ticket)) == [("ticket", ticket.no)]
    assert told(scope_of_person(cast.garden.people["孙立"]), change_of(cast, ticket)) == []
    assert told(guest(), change_of(cast, ticket)) == []


def test_another_community_hears_nothing(cast):
    other = estate.community(code="other", name="别处", sign="阳光物业", hotline="400-800-1234")
    stranger = accounts.create_staff(login="外人", name="外人")
    accounts.join(stranger, other, dept="CS", roles=["CS"])
    change = change_of(cast, cast.report(), messages=frozenset({cast.community.id}))
    assert told(scope_of_staff(stranger), change) == []


def test_new_messages_are_told_to_staff_only(cast):
    change = Change(frozenset(), messages=frozenset({cast.community.id}))
    assert told(cast.scope("李敏"), change) == [("message", "")]
    assert told(cast.scope("张伟"), change) == []


def test_after_too_much_everybody_looks_again_without_numbers(cast):
    change = Change(None, [cast.report()])
    assert ("queue", "") in told(cast.scope("李敏"), change)
    assert told(cast.scope("孙立"), change) == [("ticket", "")]


def test_the_same_thing_waits_once_and_too_much_ends_the_stream(cast, monkeypatch):
    ticket, client = cast.report(), Client(cast.scope("李敏"))
    for _ in range(5):
        client.tell(change_of(cast, ticket))
    assert len(client.pending) == 2
    monkeypatch.setattr(hubs, "MOST_PENDING", 1)
    client.tell(change_of(cast, ticket))
    assert client.ended


def test_a_look_finds_what_happened_once(cast):
    ticket = cast.report()
    eye = Watch()
    found = eye.look()
    assert found is not None
    assert [one.no for one in found.tickets] == [ticket.no]
    eye._version = -1
    assert eye.look() is None
    cast.do("note", ticket, "李敏", note_text="已电话联系")
    eye._version = -1
    again = eye.look()
    assert again is not None
    assert again.communities == {cast.community.id}


def test_a_look_at_too_much_names_nothing(cast, monkeypatch):
    cast.report()
    monkeypatch.setattr(watch, "MOST_ROWS", 0)
    found = Watch().look()
    assert found is not None
    assert (found.communities, list(found.tickets)) == (None, [])


def session_of(opening, somebody):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    opening(session, somebody)
    session.save()
    return session.session_key


def test_who_listens(cast, monkeypatch):
    monkeypatch.setattr(stream, "close_old_connections", lambda: None)  # here the thread is ours
    agent = session_of(accounts.open_session, cast.garden.staff["李敏"])
    resident = session_of(accounts.open_resident_session, cast.garden.people["张伟"])
    assert [stream.who(agent).is_staff, stream.who(resident).is_owner_side] == [True, True]
    assert stream.who(None) is None
    assert stream.who("unknown") is None


def test_who_left_is_a_stranger(cast):
    staff = cast.garden.staff["李敏"]
    key = session_of(accounts.open_session, staff)
    staff.is_active = False
    staff.save()
    assert stream.who(key) is None


def run(scope, monkeypatch=None, then=None):
    """Answer one request with a hub of its own; gives what was sent."""
    sent = []

    async def story():
        gone = asyncio.Event()

        async def receive():
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)
            if then is not None and message["type"] == "http.response.body":
                then(sent, gone)

        await stream.stream(scope, receive, send)

    asyncio.run(story())
    return sent


def request(method="GET", path="/live/", cookie=""):
    return {"method": method, "path": path, "headers": [(b"cookie", cookie.encode())]}


@pytest.mark.parametrize(
    ("scope", "status"),
    [(request("POST"), 405), (request(path="/"), 404), (request(), 401), (request(cookie="anju_session=x"), 401)],
)
def test_refusals(scope, status, monkeypatch):
    monkeypatch.setattr(stream, "hub", Hub())
    monkeypatch.setattr(stream, "who", lambda key: None)
    assert run(scope)[0]["status"] == status


def test_after_closing_nobody_is_let_in(monkeypatch):
    closed = Hub()
    closed.close()
    monkeypatch.setattr(stream, "hub", closed)
    assert run(request())[0]["status"] == 503


def test_a_stream_begins_with_a_beat_and_ends_with_its_client(cast, monkeypatch):
    quiet, agent = Hub(), cast.scope("李敏")  # asked here: a thread of the hub would keep its connection
    monkeypatch.setattr(quiet, "join", quiet.clients.add)
    monkeypatch.setattr(stream, "hub", quiet)
    monkeypatch.setattr(stream, "who", lambda key: agent)
    sent = run(request(), then=lambda sent, gone: gone.set())
    assert sent[0]["status"] == 200
    assert sent[1]["body"].startswith(b"retry: 3000\nevent: beat\ndata: {")
    assert quiet.clients == set()


def test_a_database_that_is_away_is_asked_again(cast, monkeypatch, errors_logged):
    ticket, agent, looks = cast.report(), cast.scope("李敏"), []

    def look(eye):
        looks.append(eye)
        if len(looks) == 1:
            raise OSError("away")
        return change_of(cast, ticket)

    async def story():
        hub, client = Hub(), Client(agent)
        hub.join(client)
        await asyncio.wait_for(client.wake.wait(), 60)
        late = Client(agent)
        hub.join(late)  # what happened a moment ago is for him too
        hub.close()
        return client.take(), late.take(), client.ended

    monkeypatch.setattr(hubs, "AFTER_TROUBLE_S", 0.01)
    monkeypatch.setattr(hubs, "EVERY_S", 0.01)
    monkeypatch.setattr(hubs.Watch, "look", look)
    early, late, ended = asyncio.run(story())
    assert ("ticket", ticket.no) in early
    assert ("ticket", ticket.no) in late
    assert ended
    assert len(errors_logged) == 1


def test_who_loses_his_rights_is_cut_off(cast, monkeypatch):
    quiet, answers = Hub(), iter([cast.scope("李敏"), None])
    monkeypatch.setattr(quiet, "join", quiet.clients.add)
    monkeypatch.setattr(stream, "hub", quiet)
    monkeypatch.setattr(stream, "BEAT_S", 0.0)
    monkeypatch.setattr(stream, "RECHECK_S", 0.0)
    monkeypatch.setattr(stream, "who", lambda key: next(answers))
    sent = run(request())
    assert sent[-1] == {"type": "http.response.body", "body": b""}
