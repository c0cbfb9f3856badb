"""A proposal is compared on what is frozen, kept only when it is better, and switched to by a person."""

from pathlib import Path

import pytest

from anju.learning import proposing
from anju.understanding import classify, model

LESSONS = [("咪表吞了我的硬币", "PK02"), ("咪表坏了投币没反应", "PK02")]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(model, "folder", lambda: tmp_path)
    return tmp_path


def test_nothing_to_learn(own: Path) -> None:
    assert proposing.propose([]) is None
    assert list(own.iterdir()) == []


def test_a_better_one_is_kept_beside_and_not_in_use(own: Path) -> None:
    found = proposing.propose(LESSONS)
    assert found is not None
    assert found.better
    sets = {name: (now.accuracy, then.accuracy) for name, now, then in found.rows}
    assert sets["golden"] == (1.0, 1.0)
    assert sets["纠正过的"] == (0.0, 1.0)
    assert [file.name for file in own.iterdir()] == [f"{found.version}.npz"]
    assert classify(LESSONS[0][0]).leaf.code != "PK02"
    assert proposing.switch(found.version)
    assert (classify(LESSONS[0][0]).leaf.code, classify("x").version) == ("PK02", found.version)
    assert proposing.switch(proposing.BUILT_IN)
    assert classify(LESSONS[0][0]).leaf.code != "PK02"


def test_lessons_that_spoil_what_is_frozen_are_not_kept(own: Path) -> None:
    found = proposing.propose([("草坪秃了一片没浇水", "PK01"), ("水表转得飞快，水费太高", "PK01")] * 4)
    assert found is not None
    assert not found.better
    assert list(own.iterdir()) == []


def test_a_lost_choice_falls_back_to_the_release(own: Path) -> None:
    (own / "present").write_text("9-gone", encoding="ascii")
    assert model.present().version == model.load(model.PRESENT).version
