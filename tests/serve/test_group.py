"""The group as a real process: ready, restarted, stopped; a child that cannot start; a parent that dies."""

import asyncio
import json
import signal
import socket

import pytest

from tests.serve.running import Listener, alive, anju, eventually, kill, played, said, serving

BY_FORCE = "没有按时停下，强制结束"


def test_it_serves_pages_and_api_and_works(office, held):
    with serving(office) as server:
        assert f"http://localhost:{server.port}/" in server.lines[0]
        assert server.get("/login/")[0] == 200
        assert server.get("/nothing/")[0] == 404
        assert server.report(held["token"])
        found = json.loads(anju(office, "doctor", "--json").stdout)
        assert {"name": "后台任务", "state": "ok", "says": "在运行", "mend": ""} in found["checks"]
        assert server.stop() == 0
    assert "Traceback" not in said(office)
    assert BY_FORCE not in said(office)


def test_open_streams_do_not_hold_it_up(office, held):

    async def story(server):
        listeners = [await Listener(server.port, held["agent"]).connect() for _ in range(20)]
        stopping = asyncio.create_task(asyncio.to_thread(server.stop))
        assert all(await asyncio.gather(*(one.ended() for one in listeners)))
        return await stopping

    with serving(office) as server:
        assert played(lambda: story(server)) == 0
    assert BY_FORCE not in said(office)


@pytest.mark.parametrize("which", [0, 1], ids=["web", "worker"])
def test_a_dead_child_is_started_again(office, which):
    with serving(office) as server:
        before = server.children()
        kill(before[which])
        eventually(lambda: len(server.children()) == 2 and before[which] not in server.children())
        eventually(lambda: server.get("/login/")[0] == 200)
        assert server.stop() == 0
    assert "停了（退出码-9），0.5秒后重新启动" in said(office)


def test_children_end_when_their_parent_is_killed(office):
    with serving(office) as server:
        children = server.children()
        kill(server.process.pid)
        eventually(lambda: not any(alive(one) for one in children))


def test_without_tables_it_says_so_and_fails(own_office):
    done = anju(own_office, "serve", "--port", "0")
    assert done.returncode == 1
    assert "请先运行 anju migrate" in done.stderr
    assert "启动不了" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_is_one_line(own_office):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = anju(own_office, "serve", "--port", str(port))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert f"端口{port}用不了" in done.stderr


@pytest.mark.parametrize(("part", "pages", "live"), [("pages", 200, 404), ("live", 404, 401)])
def test_a_part_serves_only_its_part(office, part, pages, live):
    with serving(office, part) as server:
        assert len(server.children()) == 1
        assert server.get("/login/")[0] == pages
        assert server.get("/live/")[0] == live
        assert server.stop(signal.SIGINT) == 0


def test_work_alone_stops_in_order(office):
    with serving(office, "work") as server:
        assert server.lines == ["后台任务已就绪，按 Ctrl-C 停止\n"]
        assert server.stop() == 0
    assert BY_FORCE not in said(office)
