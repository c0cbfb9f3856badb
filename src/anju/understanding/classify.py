"""What a text means: hints and model together.

The hints speak first (A.2). What they call an emergency stays one, unless the text itself is calm: past, news, a
question, a drill (`mood`); then the whole text decides. The model may raise what the hints say, never lower it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anju.understanding import tables
from anju.understanding.catalog import UNKNOWN, Leaf, emergencies, leaf
from anju.understanding.hints import HINTS, Match
from anju.understanding.marks import marks
from anju.understanding.model import Floats, Model, present
from anju.understanding.mood import calm
from anju.understanding.places import places
from anju.understanding.reading import normalise
from anju.understanding.suggestion import Suggestion

CERTAIN: Final = 0.5
"""From this probability of an emergency on, the chain starts: a miss and a false alarm cost the same here."""
SUSPECT: Final = 0.2
"""From this one on, one question is asked back and the agent is alerted."""
BEYOND_DOUBT: Final = 0.97
"""What it takes against hints that hear a mere question (今天是不是停水了)."""
DOUBT: Final = 0.4

_MOST: Final = 1200  # characters that the model reads: the first and the last half of them
_FAINT: Final = 0.1  # a leaf below this share does not count where the choice is restricted
_CLEAR: Final = 0.6
_NEAR: Final = 0.3  # of two readings that are nearly as likely the hints decide
_SECOND: Final = 0.6  # a clause that speaks so clearly for another leaf is a second matter
_RANKED: Final = 3
_WORDS: Final = 4
_CLAUSES: Final = 8
_CLAUSE: Final = re.compile("[，。！？；,!?;]+")


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the hints say to a normalised text: all matches, the answer of A.2, and whether the text is calm."""

    matches: list[Match]
    answer: Suggestion
    quiet: bool

    @property
    def counts(self) -> bool:
        """True when hints gave a priority that nobody may lower."""
        return self.answer.leaf.code != UNKNOWN and not self.quiet

    @property
    def alarm(self) -> bool:
        """True when hints alone start the emergency chain."""
        return self.counts and self.answer.emergency

    @property
    def mere_question(self) -> bool:
        """True when they hear an inquiry or a request, and hear it clearly."""
        one = self.answer
        clear = one.leaf.type in ("IQ", "RQ") and one.confidence >= _CLEAR
        return self.quiet and clear and not one.emergency

    @property
    def floor(self) -> str:
        """The priority below which the answer may not fall."""
        return self.answer.leaf.prio if self.counts and not self.answer.emergency else "P3"


@dataclass(frozen=True, slots=True)
class _Heard:
    """A normalised text with what the model says to it."""

    read: str
    shares: Floats
    danger: float


@dataclass(frozen=True, slots=True)
class ModelClassifier:
    """Hints together with one model; `classify` asks with the present one."""

    model: Model

    def classify(self, text: str, *, only: frozenset[str] | None = None) -> Suggestion:
        """The leaf `text` means, among `only` and all emergencies when `only` is given. Never raises.

        ZZ99 with confidence 0 when nothing in the text is known.
        """
        model, read = self.model, normalise(text)
        matches = HINTS.matches(read)
        hints = _Hints(matches, HINTS.weigh(read, matches, only), calm(read))
        heard = _hear(model, read, hints)
        found = _choose(model, heard, hints, only) if heard else None
        if heard is None or found is None:
            danger = heard.danger if heard else 0.0
            return Suggestion(leaf(UNKNOWN), 0.0, emergency_probability=round(danger, 2), version=model.version)
        return replace(
            found,
            emergency_probability=_rounded(heard.danger, certain=found.emergency),
            words=_words(model, heard.read, found.leaf.code, matches),
            floor=hints.floor,
            suspected=_suspected(model, heard, found),
            second=_second(model, heard, found, only),
            places=places(read),
            version=model.version,
        )


def classify(text: str, *, only: frozenset[str] | None = None) -> Suggestion:
    """The leaf `text` means, by the model in use. See `ModelClassifier.classify`."""
    return ModelClassifier(present()).classify(text, only=only)


def question(suspected: Leaf) -> str:
    """What to ask somebody whose text may mean this emergency."""
    return _questions()[suspected.code]


@cache
def _questions() -> dict[str, str]:
    return {row["leaf"]: row["question"] for row in tables.read("questions")}


def _hear(model: Model, read: str, hints: _Hints) -> _Heard | None:
    if not any(char.isalnum() for char in read):
        return None
    if len(read) > _MOST:
        read = read[: _MOST // 2] + read[-_MOST // 2 :]
    scores = model.scores(read, marks(read, hints.matches))
    if scores is None:
        return None
    danger = model.danger(scores, _urgent(model.codes))
    if hints.mere_question and danger < BEYOND_DOUBT:
        danger = min(danger, DOUBT)
    return _Heard(read, model.shares(scores), danger)


def _rounded(danger: float, *, certain: bool) -> float:
    """To two places, on its own side of the bar."""
    return round(max(danger, CERTAIN) if certain else min(danger, CERTAIN - 0.01), 2)


@cache
def _urgent(codes: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([code in emergencies() for code in codes])


def _choose(model: Model, heard: _Heard, hints: _Hints, only: frozenset[str] | None) -> Suggestion | None:
    """The leaf, how sure, and what else it may be; None when nothing in `only` is meant."""
    urgent = _urgent(model.codes)
    if heard.danger >= CERTAIN:
        best = int(np.argmax(np.where(urgent, heard.shares, 0)))
        return _suggestion(model, heard, best, float(heard.shares[urgent].sum()), only)
    if hints.alarm:
        return _suggestion(model, heard, model.codes.index(hints.answer.leaf.code), CERTAIN, only)
    shares = np.where(urgent, 0, heard.shares)
    if only is not None:
        shares = np.where([code in only for code in model.codes], shares, 0)
        if shares.max() < _FAINT:
            return None
    best = int(np.argmax(shares))
    if hints.counts and shares[model.codes.index(hints.answer.leaf.code)] >= _NEAR:
        best = model.codes.index(hints.answer.leaf.code)
    return _suggestion(model, heard, best, float(heard.shares[best]), only)


def _suggestion(model: Model, heard: _Heard, best: int, sure: float, only: frozenset[str] | None) -> Suggestion:
    order = [int(place) for place in np.argsort(-heard.shares, kind="stable") if place != best][: _RANKED * 4]
    rest = [
        place for place in order if only is None or model.codes[place] in only or model.codes[place] in emergencies()
    ]
    ranked = ((model.codes[place], round(float(heard.shares[place]) * 100)) for place in [best, *rest][:_RANKED])
    return Suggestion(leaf(model.codes[best]), round(max(sure, 0.01), 2), ranked=tuple(ranked))


def _words(model: Model, read: str, code: str, matches: list[Match]) -> tuple[str, ...]:
    """The hints of the leaf that occur, and the runs of characters that spoke loudest for it, in the order of the text."""
    own = [match.words for match in matches if match.leaf.code == code]
    hints = {word: float(len(word)) for word in frozenset().union(*own)}
    kept: list[str] = []
    for word in (*_loudest(hints), *_loudest(model.reasons(read, model.codes.index(code)))):
        if word in read and not any(word in other or other in word for other in kept):
            kept.append(word)
    return tuple(sorted(kept[:_WORDS], key=lambda word: (read.find(word), word)))


def _loudest(words: dict[str, float]) -> list[str]:
    return sorted((word for word, weight in words.items() if weight > 0), key=lambda word: (-words[word], word))


def _suspected(model: Model, heard: _Heard, found: Suggestion) -> Leaf | None:
    """The emergency that may be meant, when it is not certain enough to start the chain."""
    if found.emergency or heard.danger < SUSPECT:
        return None
    return leaf(model.codes[int(np.argmax(np.where(_urgent(model.codes), heard.shares, 0)))])


def _clauses(read: str) -> Iterator[str]:
    parts = [part for part in _CLAUSE.split(read) if len(part) > 2]
    return iter(parts[:_CLAUSES] if len(parts) > 1 else ())


def _second(model: Model, heard: _Heard, found: Suggestion, only: frozenset[str] | None) -> Leaf | None:
    """Another matter that one clause is about."""
    best, share = None, _SECOND
    for clause in _clauses(heard.read):
        scores = model.scores(clause)
        shares = heard.shares if scores is None else model.shares(scores)
        place = int(np.argmax(shares))
        code = model.codes[place]
        if code not in (found.leaf.code, UNKNOWN) and shares[place] > share and (only is None or code in only):
            best, share = leaf(code), float(shares[place])
    return best
