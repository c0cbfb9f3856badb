"""When a suggestion stands by itself, and that no later step lowers a priority."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.understanding import Leaf, Suggestion, classify, combine, leaf, leaves, never_lower
from anju.understanding.suggestion import chosen, unsure

suggestions = st.builds(Suggestion, st.sampled_from(list(leaves().values())), st.floats(0, 1))


@pytest.mark.parametrize(
    ("code", "confidence", "wanted"),
    [
        ("PE02", 0.75, True),
        ("PE02", 0.74, False),
        ("GR02", 1.0, True),
        ("EL03", 1.0, False),
        ("EL01", 1.0, False),
        ("ZZ99", 1.0, False),
    ],
)
def test_auto_needs_certainty_and_no_hurry(code: str, confidence: float, wanted: bool) -> None:
    assert Suggestion(leaf(code), confidence).auto is wanted


def test_a_tapped_chip_is_certain_and_manual() -> None:
    found = combine(leaf("EL05"), classify("按钮没反应"))
    assert (found.leaf.code, found.confidence, found.source, found.auto) == ("EL05", 1.0, "MANUAL", True)


def test_text_beside_a_chip_wins_only_as_an_emergency() -> None:
    assert combine(leaf("EL05"), classify("电梯坏了")).leaf.code == "EL05"
    urgent = combine(leaf("EL05"), classify("有两个人关在电梯里"))
    assert (urgent.leaf.code, urgent.source) == ("EL01", "AUTO")


def test_a_chip_as_urgent_as_the_text_stands() -> None:
    found = combine(leaf("PW07"), classify("快来，有人受伤"))
    assert (found.leaf.code, found.source) == ("PW07", "MANUAL")


@given(suggestions, suggestions)
def test_never_lower(first: Suggestion, second: Suggestion) -> None:
    kept = never_lower(first, second)
    assert kept in (first, second)
    assert kept.leaf.prio == min(first.leaf.prio, second.leaf.prio)
    assert first.leaf.prio != second.leaf.prio or kept is first


@given(st.sampled_from(list(leaves().values())), suggestions)
def test_combine_never_loses_an_emergency(chip: Leaf, suggestion: Suggestion) -> None:
    found = combine(chip, suggestion)
    assert found.emergency == (chip.emergency or suggestion.emergency)
    assert found.leaf in (chip, suggestion.leaf)


def test_unsure_only_lowers_confidence() -> None:
    sure = chosen(leaf("PE02"))
    assert unsure(sure, 0.5).confidence == 0.5
    assert unsure(unsure(sure, 0.2), 0.5).confidence == 0.2
    assert unsure(sure, 0.5).leaf is sure.leaf
