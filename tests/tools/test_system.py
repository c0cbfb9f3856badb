"""System packages: what is missing is said in one line; in CI it is a failure."""

import pytest

from tools import system


@pytest.fixture
def nothing_there(monkeypatch):
    monkeypatch.setattr(system, "NEEDS", (system.Need("chromium", lambda: False, "the browser journey is left out"),))
    monkeypatch.setattr(system, "_apt", lambda: None)


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_what_is_missing_is_said(nothing_there, monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    assert system.main() == code
    expected = "bin/test: chromium is missing and cannot be installed here: the browser journey is left out\n"
    assert capsys.readouterr().err == expected


def test_what_is_there_is_not_spoken_of(monkeypatch, capsys):
    monkeypatch.setattr(system, "NEEDS", ())
    assert system.main() == 0
    assert capsys.readouterr() == ("", "")
