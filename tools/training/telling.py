"""The page that a training leaves behind: how good the model is on authors it has never read, by kind and by pair."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from anju.understanding import emergencies, leaf
from anju.understanding.classify import CERTAIN
from anju.understanding.model import Model
from tools.training.corpus import ROOT, Sentence
from tools.training.fit import CODES, URGENT

PAGE = ROOT / "docs" / "understanding.md"
PAIRS = 20


def page(made: Model, sentences: Sequence[Sentence], held: Sequence[Sentence], scores: Any) -> str:
    """The whole page."""
    answers = [_answer(made, row) for row in scores]
    pairs = list(zip(held, answers, strict=True))
    return "\n".join([*_head(made, sentences), *_kinds(pairs), *_emergencies(pairs), *_confused(pairs), ""])


def _answer(made: Model, row: Any) -> str:
    alarm = made.danger(row, URGENT) >= CERTAIN
    return CODES[int(np.argmax(np.where(alarm == URGENT, row[:-1], -np.inf)))]


def _right(one: Sentence, answer: str) -> bool:
    return answer == one.leaf or (one.kind != "mixed" and answer in one.also)


def _head(made: Model, sentences: Sequence[Sentence]) -> Iterable[str]:
    authors = Counter(one.author for one in sentences)
    yield "# Understanding: how the model was trained and what it is worth\n"
    yield "Written by `bin/train`. `bin/bench understanding` measures the product as a whole, hints included.\n"
    yield f"Version `{made.version}`; {len(sentences)} sentences by author: {dict(sorted(authors.items()))}."
    yield f"{len(made.rows)} pieces of text, {len(made.codes)} leaves. The figures below are for authors held out: the"
    yield "model that answers has read nothing by the author of the text.\n"


def _kinds(pairs: Sequence[tuple[Sentence, str]]) -> Iterable[str]:
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one, answer in pairs:
        for kind in (one.kind, "all"):
            right[one.author, kind].append(_right(one, answer))
    authors = sorted({author for author, _ in right})
    yield "| kind | " + " | ".join(f"author {author} held out" for author in authors) + " |"
    yield "|---|" + "---|" * len(authors)
    for kind in sorted({kind for _, kind in right}):
        cells = [right[author, kind] for author in authors]
        yield f"| {kind} | " + " | ".join(f"{np.mean(c):.1%} of {len(c)}" if c else "–" for c in cells) + " |"


def _emergencies(pairs: Sequence[tuple[Sentence, str]]) -> Iterable[str]:
    urgent = [answer for one, answer in pairs if one.leaf in emergencies()]
    others = [answer for one, answer in pairs if one.leaf not in emergencies()]
    missed = sum(answer not in emergencies() for answer in urgent)
    alarms = sum(answer in emergencies() for answer in others)
    yield f"\nEmergencies missed: {missed} of {len(urgent)} ({missed / len(urgent):.1%}); false alarms: {alarms} of"
    yield f"{len(others)} ({alarms / len(others):.1%}).\n"


def _confused(pairs: Sequence[tuple[Sentence, str]]) -> Iterable[str]:
    wrong = Counter((one.leaf, answer) for one, answer in pairs if not _right(one, answer))
    yield "| meant | taken for | times |\n|---|---|---|"
    for (meant, taken), times in wrong.most_common(PAIRS):
        yield f"| {meant} {leaf(meant).name} | {taken} {leaf(taken).name} | {times} |"
