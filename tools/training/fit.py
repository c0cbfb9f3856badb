"""From labelled sentences to a model: learn, hold out each author in turn, set the two thresholds, make it small."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from anju.understanding import emergencies, leaves
from anju.understanding.features import pieces
from anju.understanding.marks import marks
from anju.understanding.model import Model
from anju.understanding.reading import normalise
from tools.training.augment import variants
from tools.training.corpus import Sentence, mark

LEAST_TEXTS = 2
"""A piece that only one sentence has says nothing about others."""
LEAST_WEIGHT = 5
"""A piece that weighs less than this, of 127, for every leaf is left out of the file."""
STRICTNESS = 1.0
STEPS = 127
FALSE_ALARMS = 0.03
"""Share of harmless texts of an author never seen that may start the chain; what is missed then follows from it."""
HEATS = (4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0)
CODES = tuple(leaves())
URGENT = np.array([code in emergencies() for code in CODES])


@dataclass(frozen=True)
class Trained:
    """What scikit-learn has learnt, before it is made small. Columns: leaves, then emergency."""

    words: TfidfVectorizer
    weights: Any
    bias: Any

    def scores(self, texts: Sequence[str]) -> Any:
        """A row per text, a column per leaf and one for emergencies."""
        return self.words.transform(texts) @ self.weights + self.bias


def learn(sentences: Sequence[Sentence], sounds: dict[str, str]) -> Trained:
    """Learn the leaves, each as heavy as the others, and apart from them what is an emergency."""
    texts = [*sentences, *variants(sentences, sounds)]

    def analyse(text: str) -> list[str]:
        read = normalise(text)
        return [*pieces(read, sounds), *marks(read)]

    words = TfidfVectorizer(analyzer=analyse, min_df=LEAST_TEXTS, binary=True, dtype=np.float32)
    words.fit([one.text for one in sentences])
    rows = words.transform([one.text for one in texts])
    named = [one.leaf for one in texts]
    often = Counter(named)
    heavy = [len(named) / len(CODES) / often[code] for code in named]
    leaf = LinearSVC(C=STRICTNESS, random_state=0).fit(rows, named, sample_weight=heavy)
    danger = LinearSVC(C=STRICTNESS, class_weight="balanced", random_state=0)
    danger.fit(rows, [code in emergencies() for code in named])
    weights = np.zeros((rows.shape[1], len(CODES) + 1), dtype=np.float32)
    bias = np.full(len(CODES) + 1, -2.0, dtype=np.float32)
    for place, code in enumerate(leaf.classes_):
        weights[:, CODES.index(code)] = leaf.coef_[place]
        bias[CODES.index(code)] = leaf.intercept_[place]
    weights[:, -1], bias[-1] = danger.coef_[0], danger.intercept_[0]
    return Trained(words, weights, bias)


def heat(scores: Any, sentences: Sequence[Sentence]) -> tuple[float, ...]:
    """The numbers of `Model.heat`, from the scores of sentences whose author was held out."""
    wanted = np.array([CODES.index(one.leaf) for one in sentences])
    leaf_heat = min(HEATS, key=lambda one: _surprise(scores, wanted, one))
    seen = np.column_stack([_odds(scores, leaf_heat), scores[:, -1]])
    urgent = URGENT[wanted]
    balance = LogisticRegression().fit(seen, urgent)
    bar = float(np.quantile(balance.decision_function(seen[~urgent]), 1 - FALSE_ALARMS))
    first, second = balance.coef_[0]
    return leaf_heat, float(first), float(second), float(balance.intercept_[0]) - bar


def _shares(scores: Any, one: float) -> Any:
    hot = scores[:, :-1] * one
    grown = np.exp(hot - hot.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def _surprise(scores: Any, wanted: Any, one: float) -> float:
    return float(-np.log(_shares(scores, one)[np.arange(len(wanted)), wanted] + 1e-9).mean())


def _odds(scores: Any, one: float) -> Any:
    shares = _shares(scores, one)
    return np.log(shares[:, URGENT].sum(axis=1) + 1e-6) - np.log(shares[:, ~URGENT].sum(axis=1) + 1e-6)


def small(trained: Trained, sentences: Sequence[Sentence], sounds: dict[str, str], warm: Sequence[float]) -> Model:
    """The same in whole numbers from -127 to 127, without the pieces that say nothing."""
    scale = np.abs(trained.weights).max(axis=0) / STEPS
    scale[scale == 0] = 1
    whole = np.rint(trained.weights / scale).astype(np.int8)
    telling = np.abs(whole).max(axis=1) >= LEAST_WEIGHT
    names = trained.words.get_feature_names_out()[telling]
    corpus = mark(sentences)
    return Model(
        version=f"1-{corpus}",
        corpus=corpus,
        codes=CODES,
        rows={name: row for row, name in enumerate(names.tolist())},
        idf=trained.words.idf_[telling].astype(np.float16).astype(np.float32),
        weights=whole[telling],
        scale=scale.astype(np.float32),
        bias=trained.bias,
        heat=np.array(warm, dtype=np.float32),
        sounds=sounds,
    )
