"""The counting of the proof notices what it is there for, and a run that checked nothing is wrong."""

import argparse
import os

import pytest

from deploy import checks, network, proof
from deploy.checks import Attempt, Report


def facts(**more: object) -> dict[str, object]:
    whole = {"tickets": {"A1": "k1", "A2": "k2"}, "reported_twice": 0, "gaps": 0, "sent": 5, "sent_twice": 0, "due": 0}
    return whole | more


TRIES = (
    Attempt("k1", 1.0, 2.0, 0, ""),
    Attempt("k1", 2.5, 3.0, 201, "A1"),
    Attempt("k1", 3.5, 4.0, 201, "A1"),
    Attempt("k2", 5.0, 6.0, 201, "A2"),
)


def found(tries: tuple[Attempt, ...] = TRIES, **more: object) -> Report:
    report = Report()
    checks.promises(tries, facts(**more), report)
    return report


def test_all_is_well():
    report = found()
    assert report.wrong == []
    assert report.counts == {
        "acknowledged": 2,
        "attempts without an answer or refused": 1,
        "lost": 0,
        "asked again after a promise": 1,
        "double effects": 0,
        "tickets that nobody asked for": 0,
        "gaps in stories": 0,
        "messages handed over": 5,
        "messages handed over twice": 0,
    }


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"tickets": {"A1": "k1"}}, "lost: 1"),
        ({"tickets": {"A1": "k1", "A2": "another"}}, "lost: 1"),
        ({"tickets": {"A1": "k1", "A2": "k2", "A3": "k1"}}, "double effects: 1"),
        ({"reported_twice": 1}, "double effects: 1"),
        ({"tickets": {"A1": "k1", "A2": "k2", "A9": "k9"}}, "tickets that nobody asked for: 1"),
        ({"gaps": 2}, "gaps in stories: 2"),
        ({"sent": 0}, "messages handed over: 0"),
        ({"sent_twice": 3}, "messages handed over twice: 3"),
    ],
)
def test_trouble_is_named(more, wrong):
    assert wrong in found(**more).wrong


def test_one_key_with_two_numbers_is_a_double_effect():
    tries = (*TRIES, Attempt("k2", 7.0, 8.0, 201, "A1"))
    assert "double effects: 1" in found(tries).wrong


def test_nothing_promised_is_wrong():
    assert "acknowledged: 0" in found(TRIES[:1], tickets={}).wrong
    report = Report()
    checks.pauses(TRIES, [], report)
    assert report.wrong == ["failovers: 0"]


def test_writes_resume_with_the_first_promise_for_something_asked_after_the_fault():
    assert checks.resumed(TRIES, 2.7) == pytest.approx(1.3)
    assert checks.resumed(TRIES, 5.5) is None
    report = Report()
    checks.pauses([*TRIES, Attempt("k3", 50.0, 51.0, 201, "A3")], [("cable", 4.5), ("power", 7.0)], report)
    assert report.counts["seconds until writes resume, 1 cable"] == 1.5
    assert report.wrong == ["seconds until writes resume, 2 power: 44.0"]


def test_a_log_is_read_in_the_order_of_answers(tmp_path):
    log = tmp_path / "promises"
    assert checks.attempts(log) == []
    log.write_text(
        '{"key": "b", "begun": 1, "ended": 9, "said": 201, "no": "2"}\n'
        '{"key": "a", "begun": 2, "ended": 3, "said": 0, "no": ""}\n',
        encoding="utf-8",
    )
    assert [one.key for one in checks.attempts(log)] == ["a", "b"]


def test_where_it_cannot_be_proven_the_run_fails_and_says_why(monkeypatch, capsys):
    asked = argparse.Namespace(rounds=1, keep=False, inside=None)
    monkeypatch.setattr(network, "missing", lambda: ["patroni", "pgbouncer"])
    assert proof.run(asked) == 1
    assert "nothing was proven; apt-get install patroni pgbouncer" in capsys.readouterr().err
    monkeypatch.setattr(network, "missing", list)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert proof.run(asked) == 1
    assert "run it as root" in capsys.readouterr().err
