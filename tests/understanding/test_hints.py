"""A.2 steps 3 to 6 by hints alone, and the golden texts of A.3."""

from dataclasses import replace

import pytest

from anju.understanding import HintClassifier, Leaf, emergencies, leaf, leaves_of, measure
from anju.understanding.catalog import UNKNOWN
from anju.understanding.hints import HINTS
from anju.understanding.tables import read

GOLDEN = [(row["text"], row["leaf"]) for row in read("golden")]


def hinted(code: str, *hints: str) -> Leaf:
    return replace(leaf(code), hints=hints)


def test_golden_texts_are_all_right() -> None:
    result = measure(GOLDEN, HINTS)
    print(f"golden: {result.accuracy:.1%} of {result.total}")
    assert result.misses == ()
    assert result.total == 71


@pytest.mark.parametrize("text", ["", " ", "你好", "。。。", "\x00", "好的谢谢"])
def test_nothing_speaks(text: str) -> None:
    found = HINTS.classify(text)
    assert (found.leaf.code, found.confidence, found.words, found.ranked) == (UNKNOWN, 0.0, (), ())
    assert not found.auto
    assert not found.emergency


def test_score_is_characters_and_joints_summed_over_hints() -> None:
    bench = HintClassifier([hinted("PE02", "楼道灯", "灯+楼道", "闪+楼道+夜")])
    assert bench.classify("楼道灯").ranked == (("PE02", 3 + 4),)
    assert bench.classify("夜里楼道灯闪").ranked == (("PE02", 3 + 4 + 6),)
    assert bench.classify("楼道夜里闪").ranked == (("PE02", 6),)
    assert bench.classify("楼道").ranked == ()


def test_words_stand_in_the_order_of_the_text() -> None:
    bench = HintClassifier([hinted("PE02", "楼道灯", "灯+楼道", "闪+夜")])
    assert bench.classify("夜里闪，楼道灯").words == ("夜", "闪", "楼道", "楼道灯", "灯")


def test_an_excluded_word_puts_the_leaf_out_even_when_denied() -> None:
    bench = HintClassifier([hinted("PE01", "停电", "!请问"), hinted("IQ02", "停")])
    assert bench.classify("停电").leaf.code == "PE01"
    assert bench.classify("不是请问，停电").leaf.code == "IQ02"


def test_an_exclusion_alone_is_no_hint() -> None:
    assert HintClassifier([hinted("PE01", "!请问")]).classify("请问").leaf.code == UNKNOWN


@pytest.mark.parametrize("asked", ["请问停", "停咨询", "想问停", "停怎么办理", "停吗", "停？", "请问停吗？"])
def test_a_question_adds_two_once_to_iq_and_rq_that_already_score(asked: str) -> None:
    bench = HintClassifier([hinted("IQ02", "停"), hinted("IQ04", "停"), hinted("PE02", "停"), hinted("IQ01", "走")])
    assert dict(bench.classify(asked).ranked) == {"IQ02": 3, "IQ04": 3, "PE02": 1}


def test_an_emergency_with_half_of_the_best_score_wins() -> None:
    bench = HintClassifier([hinted("CL01", "脏脏脏脏"), hinted("FS01", "火火"), hinted("GS01", "气")])
    found = bench.classify("脏脏脏脏火火气")
    assert found.leaf.code == "FS01"
    assert found.ranked == (("FS01", 2), ("CL01", 4), ("GS01", 1))
    assert found.confidence == 0.33  # 2 / (2 + 4)


def test_an_emergency_below_half_does_not() -> None:
    bench = HintClassifier([hinted("CL01", "脏脏脏脏脏"), hinted("FS01", "火火")])
    assert bench.classify("脏脏脏脏脏火火").leaf.code == "CL01"


def test_ties_go_to_the_urgent_then_to_the_earlier_leaf() -> None:
    bench = HintClassifier([hinted("SG01", "灯"), hinted("EL05", "灯"), hinted("PE02", "灯"), hinted("EL03", "灯")])
    assert bench.classify("灯").ranked == (("EL03", 1), ("PE02", 1), ("EL05", 1))


def test_confidence_weighs_the_best_other_leaf() -> None:
    bench = HintClassifier([hinted("PE02", "灯灯灯"), hinted("EL05", "灯")])
    assert bench.classify("灯灯灯").confidence == 0.75
    assert bench.classify("灯灯灯").auto
    assert bench.classify("灯").confidence == 1.0


def test_denied_hint_does_not_count() -> None:
    assert HINTS.classify("电梯停在5楼不动了，没有困人").leaf.code == "EL03"
    assert HINTS.classify("车被刮了，没人受伤").leaf.code == "OR05"
    assert HINTS.classify("有没有人受伤").leaf.code == "OR12"


def test_only_keeps_the_given_leaves_and_every_emergency() -> None:
    assert HINTS.classify("垃圾桶满了", only=leaves_of("电梯")).leaf.code == UNKNOWN
    assert HINTS.classify("垃圾桶满了，电梯按钮坏了", only=leaves_of("电梯")).leaf.code == "EL05"
    assert HINTS.classify("着火了", only=leaves_of("电梯")).leaf.code == "FS01"
    assert HINTS.classify("垃圾桶满了", only=frozenset()).leaf.code == UNKNOWN


@pytest.mark.parametrize("text", [text for text, code in GOLDEN if code in emergencies()])
def test_emergencies_are_heard_at_every_sticker(text: str) -> None:
    assert HINTS.classify(text, only=frozenset()).emergency


def test_an_emergency_is_never_accepted_by_itself() -> None:
    found = HINTS.classify("快来人，四楼冒浓烟")
    assert found.emergency
    assert not found.auto
