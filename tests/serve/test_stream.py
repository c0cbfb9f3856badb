"""The live stream of a real process: who hears what, how soon, and that a hundred listeners are no trouble."""

import asyncio

import pytest

from tests.serve.running import Listener, played, serving


@pytest.fixture(scope="module")
def server(site):
    with serving(site[0]) as running:
        yield running


def soon(seconds, story):
    """Whether it is told within so many seconds; a busy machine may be late some times, but not always."""
    return any(played(story) < seconds for _ in range(10))


def told(no):
    return f'event: ticket\ndata: {{"no": "{no}"}}\n\n'


def test_an_action_is_heard_within_a_second(server, held):
    async def story():
        agent = await Listener(server.port, held["agent"]).connect()
        no = await asyncio.to_thread(server.report, held["token"])
        seconds = await agent.hears(told(no))
        assert "event: queue\ndata: {}\n\n" in agent.text
        assert "retry: 3000\n" in agent.text
        return seconds

    assert soon(1, story)


def test_another_community_hears_nothing_and_a_stranger_is_refused(server, held):
    async def story():
        stranger = await Listener(server.port, held["stranger"]).connect()
        resident = await Listener(server.port, held["resident"]).connect()
        nobody = await Listener(server.port, "anju_session=unknown").connect()
        agent = await Listener(server.port, held["agent"]).connect()
        no = await asyncio.to_thread(server.report, held["token"])
        await agent.hears(told(no))
        return nobody.status, await stranger.quiet(0.5), await resident.quiet(0.1), no

    status, stranger, resident, no = played(story)
    assert status == 401
    assert "event: queue" not in stranger
    assert no not in stranger
    assert no not in resident  # recorded by the desk without a reporter: not the resident's
    assert "event: queue" not in resident


def test_a_hundred_listeners_all_hear_it(server, held):
    async def story():
        listeners = await asyncio.gather(*(Listener(server.port, held["agent"]).connect() for _ in range(100)))
        no = await asyncio.to_thread(server.report, held["token"])
        seconds = await asyncio.gather(*(one.hears(told(no)) for one in listeners))
        for one in listeners:
            one.leave()
        return max(seconds)

    assert soon(2, story)


def test_who_comes_a_moment_late_hears_it_too(server, held):
    async def story():
        early = await Listener(server.port, held["agent"]).connect()
        no = await asyncio.to_thread(server.report, held["token"])
        await early.hears(told(no))
        late = await Listener(server.port, held["agent"]).connect()
        return await late.hears(told(no))

    assert soon(2, story)


def test_the_pages_answer_while_many_listen(server, held):
    async def story():
        listeners = await asyncio.gather(*(Listener(server.port, held["agent"]).connect() for _ in range(50)))
        found = await asyncio.gather(*(asyncio.to_thread(server.get, "/login/") for _ in range(20)))
        assert {one.status for one in listeners} == {200}
        return {status for status, _body in found}

    assert played(story) == {200}
