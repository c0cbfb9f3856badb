"""The corpus: well formed, covering every leaf and kind, and never a copy of the texts that only measure."""

from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from anju.understanding import leaves
from anju.understanding.model import PRESENT, load
from anju.understanding.reading import normalise
from anju.understanding.tables import parse, read
from tools.training import corpus

DEV = parse(Path(__file__).with_name("reports_dev.psv").read_text("utf-8"))
MEASURED = [row["text"] for row in (*read("golden"), *DEV)]
SENTENCES = corpus.read()
TOO_NEAR = 0.85
LEAST = 8  # shorter texts may be alike, not equal


def bare(text: str) -> str:
    return "".join(char for char in normalise(text) if char.isalnum())


def grams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def test_every_leaf_has_many_sentences_by_two_authors() -> None:
    assert {one.leaf for one in SENTENCES} == set(leaves())
    assert all(code in leaves() for one in SENTENCES for code in one.also)
    by_leaf = Counter(one.leaf for one in SENTENCES)
    assert min(by_leaf.values()) >= 50, by_leaf.most_common()[-3:]
    authors = {(one.leaf, one.author) for one in SENTENCES}
    assert all(sum((code, author) in authors for author in "abc") >= 2 for code in leaves())


def test_every_kind_has_hundreds() -> None:
    kinds = Counter(one.kind for one in SENTENCES)
    assert set(kinds) == corpus.KINDS
    assert min(kinds.values()) >= 300, kinds


def test_no_sentence_is_or_nearly_is_one_that_measures() -> None:
    equal = {bare(text) for text in MEASURED} & {bare(one.text) for one in SENTENCES} - {""}
    assert equal == set()
    measured = [(text, grams(text)) for text in map(bare, MEASURED) if len(text) >= LEAST]
    near = []
    for one in SENTENCES:
        text = bare(one.text)
        own = grams(text)
        for other, theirs in measured:
            shared = len(own & theirs)
            if shared * 2 >= min(len(own), len(theirs)) and len(text) >= LEAST:
                likeness = SequenceMatcher(None, text, other, autojunk=False).ratio()
                near += [(one.author, one.leaf, text, other)] if likeness >= TOO_NEAR else []
    assert near == []


def test_the_model_was_trained_from_this_corpus() -> None:
    assert load(PRESENT).corpus == corpus.mark(SENTENCES), "run bin/train"


@pytest.mark.parametrize("line", ["plain|", "quiet|喂", "喂", "plain|a|b|c"])
def test_a_torn_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "PE01.txt").write_text(f"plain|停电\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"not enough values|x/PE01.txt:2"):
        corpus.read(tmp_path)
