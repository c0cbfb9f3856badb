"""Moods of a text, and words that only seem to stand in it."""

import pytest

from anju.understanding.hints import HINTS
from anju.understanding.mood import apart, calm, moods
from anju.understanding.reading import normalise
from anju.understanding.tables import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("昨天楼下着火了", {"past"}),
        ("孩子找到了", {"over"}),
        ("如果着火怎么跑", {"if"}),
        ("请问火警打哪个电话", {"asked"}),
        ("消防演习", {"drill"}),
        ("看新闻说电动车爆炸", {"news"}),
        ("感谢保安", {"thanks"}),
        ("建议加装路灯", {"wish"}),
        ("救命，着火了", {"now"}),
        ("四楼冒浓烟", set()),
    ],
)
def test_moods(text: str, wanted: set[str]) -> None:
    assert set(moods(normalise(text))) == wanted
    assert calm(normalise(text)) is bool(wanted - {"now"})


@pytest.mark.parametrize("text", ["楼道飘着火锅味", "楼上打架子鼓", "停电动车的棚子", "门口停水果车"])
def test_substrings_are_not_words(text: str) -> None:
    assert " " in apart(text)
    assert not HINTS.classify(text).emergency


def test_cues_are_in_normal_form() -> None:
    cues = [cue for row in read("moods") if row["mood"] != "apart" for cue in row["cues"].split(",")]
    assert [cue for cue in cues if cue != normalise(cue)] == []
