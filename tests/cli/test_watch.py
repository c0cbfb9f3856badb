"""The watch outside: when it raises, when it pages, how often, and whom."""

import httpx2
import pytest

from anju.cli import watch
from anju.cli.watch import Pager, Watch


class Office:
    """An office that answers as told: a list of what is missing, or an error."""

    def __init__(self):
        self.missing_now, self.raised = [], 0

    def raise_alarm(self):
        if isinstance(self.missing_now, Exception):
            raise self.missing_now
        self.raised += 1
        return str(self.raised)

    def missing(self, alarm):
        if isinstance(self.missing_now, Exception):
            raise self.missing_now
        return self.missing_now


@pytest.fixture
def outside():
    office, pages = Office(), []
    return office, pages, Watch(office, lambda words: pages.append(words) or True)


def until(watching, end, start=0):
    for now in range(start, end + 1, 5):
        watching.look(float(now))


def test_all_well_raises_once_a_minute_and_pages_nobody(outside):
    office, pages, watching = outside
    until(watching, 600)
    assert (office.raised, pages) == (11, [])


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (httpx2.ConnectError("no route"), "连不上（ConnectError）"),
        (["后台任务a-7"], "后台任务a-7"),
        (["没有后台任务在运行"], "没有后台任务在运行"),
        (["定时不走", "消息发不出"], "定时不走、消息发不出"),
    ],
)
def test_every_outage_is_paged_within_three_minutes_and_said_when_it_is_over(outside, trouble, words):
    office, pages, watching = outside
    until(watching, 600)
    office.missing_now = trouble  # from 601 s on
    until(watching, 600 + 150, 605)
    assert pages == []
    until(watching, 600 + 170, 755)
    assert pages == [f"安居报警：{words}，已3分钟。请马上去看"]
    until(watching, 600 + 755, 775)
    assert len(pages) == 1
    until(watching, 600 + 775, 1360)
    assert len(pages) == 2
    office.missing_now = []
    until(watching, 1600, 1380)
    assert pages[2:] == ["安居恢复正常"]


def test_an_office_that_was_never_there_is_paged_too(outside):
    office, pages, watching = outside
    office.missing_now = httpx2.ConnectError("no route")
    until(watching, 165)
    assert len(pages) == 1


def test_a_page_that_nobody_took_is_said_again_at_once(outside):
    office, pages, watching = outside
    office.missing_now = ["定时不走"]
    watching.page = lambda words: pages.append(words) or len(pages) > 2
    until(watching, 200)
    assert len(pages) == 3


class TestPager:
    """Robots of a group, and a program."""

    def test_one_way_that_works_is_enough(self, monkeypatch, tmp_path):
        sent = []

        def post(url, *, json, timeout):
            sent.append((url, json["text"]["content"]))
            if "down" in url:
                raise httpx2.ConnectError("no")
            return httpx2.Response(
                200, json={"errcode": 310000 if "wrong" in url else 0}, request=httpx2.Request("POST", url)
            )

        monkeypatch.setattr(watch.httpx2, "post", post)
        assert Pager(["https://down", "https://robot"], "")("出事了")
        assert sent == [("https://down", "出事了"), ("https://robot", "出事了")]
        assert not Pager(["https://wrong"], "")("出事了")
        program = tmp_path / "call"
        program.write_text('#!/bin/sh\nprintf \'%s\' "$1" > "$0.said"\n')
        program.chmod(0o700)
        assert Pager(["https://down"], str(program))("出事了")
        assert (tmp_path / "call.said").read_text() == "出事了"
        assert not Pager([], str(tmp_path / "missing"))("出事了")


def test_it_says_what_it_needs(capsys, monkeypatch):
    parser = watch.argparse.ArgumentParser()
    watch.arguments(parser)
    monkeypatch.delenv(watch.TOKEN, raising=False)
    assert watch.run(parser.parse_args(["https://anju", "--run", "true"])) == 1
    monkeypatch.setenv(watch.TOKEN, "x")
    assert watch.run(parser.parse_args(["https://anju"])) == 1
    assert "报警给谁" in capsys.readouterr().err
