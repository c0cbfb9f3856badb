"""What holds for every text, however strange, by hints alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from anju.understanding import HintClassifier, emergencies, leaves
from anju.understanding.catalog import UNKNOWN
from anju.understanding.hints import HINTS
from anju.understanding.reading import normalise
from anju.understanding.tables import read

TEXTS = [row["text"] for row in read("golden")]
OTHER = HintClassifier(leaves().values())
PARTS = sorted({part for one in leaves().values() for hint in one.hints for part in hint.lstrip("!").split("+")})
GLUE = ["没", "没有", "有没有", "是不是", "人", "，", "？", "请问", " ", "\u200b", "3栋"]

anything = st.text(st.characters(exclude_categories=()))
spoken = st.lists(st.sampled_from(PARTS + GLUE), max_size=12).map("".join)
some_codes = st.frozensets(st.sampled_from(sorted(leaves())))


@given(anything | spoken)
def test_never_raises_and_stays_in_bounds(text: str) -> None:
    found = HINTS.classify(text)
    assert 0 <= found.confidence <= 1
    assert (found.confidence == 0) == (found.leaf.code == UNKNOWN)
    assert all(word in normalise(text) for word in found.words)
    assert [code for code, _ in found.ranked[:1]] == ([] if found.leaf.code == UNKNOWN else [found.leaf.code])


@given(spoken)
def test_same_text_same_answer(text: str) -> None:
    assert HINTS.classify(text) == HINTS.classify(text) == OTHER.classify(text)


@given(spoken, some_codes)
def test_only_is_respected(text: str, only: frozenset[str]) -> None:
    allowed = only | emergencies() | {UNKNOWN}
    found = HINTS.classify(text, only=only)
    assert found.leaf.code in allowed
    assert all(code in allowed for code, _ in found.ranked)


@given(spoken, some_codes)
def test_only_never_hides_an_emergency(text: str, only: frozenset[str]) -> None:
    if HINTS.classify(text).emergency:
        assert HINTS.classify(text, only=only).emergency


@given(spoken)
def test_no_rival_is_more_urgent_at_the_same_score(text: str) -> None:
    found = HINTS.classify(text)
    if found.ranked and not found.emergency:
        best = found.ranked[0][1]
        rivals = [leaves()[code] for code, score in found.ranked if score == best]
        assert all(found.leaf.prio <= rival.prio for rival in rivals)


@given(st.sampled_from(PARTS), st.sampled_from(["没有", "没", "无", "不是", "并非", "未"]))
def test_a_denied_part_decides_nothing(part: str, negator: str) -> None:
    assert normalise(part) not in HINTS.classify(negator + part).words


@settings(max_examples=300)
@given(st.sampled_from(TEXTS), st.data())
def test_blanks_and_invisible_characters_change_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    blank = data.draw(st.sampled_from([" ", "\u3000", "\n", "\t", "\u200b", "\ufeff", "\x00"]))
    assert HINTS.classify(text[:at] + blank + text[at:]) == HINTS.classify(text)


@pytest.mark.parametrize("text", TEXTS)
def test_full_width_and_upper_case_change_nothing(text: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
    assert HINTS.classify(wide) == HINTS.classify(text.upper()) == HINTS.classify(text)


@pytest.mark.parametrize("region", ["s2t", "s2tw", "s2hk"])
def test_traditional_spelling_changes_nothing(region: str) -> None:
    traditional = OpenCC(region)
    for text in TEXTS:
        assert HINTS.classify(traditional.convert(text)) == HINTS.classify(text), text
