"""Learning from corrections."""

from pathlib import Path

from anju.understanding import classify, measure
from anju.understanding.adapting import adapt
from anju.understanding.classify import ModelClassifier
from anju.understanding.model import load, present, save
from anju.understanding.tables import read

LESSONS = [("咪表坏了投币没反应", "PK02"), ("咪表吞了我的硬币", "PK02"), ("路边咪表乱跳钱", "PK02")]


def test_lessons_are_learnt_and_the_rest_is_kept() -> None:
    then = adapt(present(), LESSONS)
    assert measure(LESSONS, ModelClassifier(then)).accuracy == 1.0
    frozen = [(row["text"], row["leaf"]) for row in read("frozen")]
    assert measure(frozen, ModelClassifier(then)).accuracy >= measure(frozen).accuracy - 0.01


def test_the_same_lessons_give_the_same_model_with_a_new_version() -> None:
    first, second = adapt(present(), LESSONS), adapt(present(), LESSONS)
    assert first.version == second.version != present().version
    assert (first.weights == second.weights).all()
    assert adapt(first, LESSONS).version.startswith("3-")


def test_what_it_knew_already_changes_nothing() -> None:
    known = [("马桶堵了冲不下去", "IN05")]
    assert classify(known[0][0]).leaf.code == "IN05"
    assert ModelClassifier(adapt(present(), known)).classify("楼道灯坏了").leaf.code == "PE02"


def test_a_kept_model_answers_the_same(tmp_path: Path) -> None:
    then = adapt(present(), LESSONS)
    save(then, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    assert again.version == then.version
    assert ModelClassifier(again).classify("咪表坏了") == ModelClassifier(then).classify("咪表坏了")
    save(again, tmp_path / "n.npz")
    assert (tmp_path / "n.npz").read_bytes() == (tmp_path / "m.npz").read_bytes()
