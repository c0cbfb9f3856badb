"""Set-up: does again only what has changed, and says in one line what it lacks."""

import sys

import pytest

from tools import setup


def test_a_step_is_done_again_when_its_source_has_changed(tmp_path):
    source, stamp = tmp_path / "lock", tmp_path / "stamp"
    source.write_text("a==1")
    stamp.write_text(f"test {setup.digest([source])}\n")
    assert setup.fresh(stamp, setup.digest([source]))
    source.write_text("a==2")
    assert not setup.fresh(stamp, setup.digest([source]))


def test_a_step_without_a_stamp_is_not_done(tmp_path):
    assert not setup.fresh(tmp_path / "stamp", "")


def test_a_command_that_fails_gives_its_last_lines():
    program = "import sys; sys.stderr.write('one\\n\\ntwo\\n'); sys.exit(3)"
    with pytest.raises(setup.Missing, match=r"^the thing: one \| two$"):
        setup.run("the thing", [sys.executable, "-c", program])


def test_a_failure_is_one_line_and_exit_1(monkeypatch, capsys):
    def fail(*, with_tests: bool) -> None:
        raise setup.Missing("Python packages: no route")

    monkeypatch.setattr(setup, "python_packages", fail)
    assert setup.main([]) == 1
    assert capsys.readouterr().err == "bin/setup: cannot install Python packages: no route\n"
