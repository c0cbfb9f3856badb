"""From labelled sentences to a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from anju.understanding import emergencies, leaves
from anju.understanding.features import pieces
from anju.understanding.marks import marks
from anju.understanding.model import Model
from anju.understanding.reading import normalise
from tools.training.corpus import Sentence, mark

LEAST_TEXTS = 2
"""A piece that only one sentence has says nothing about others."""
STRICTNESS = 0.5
STEPS = 127


@dataclass(frozen=True)
class Trained:
    """What scikit-learn has learnt, before it is made small."""

    names: Sequence[str]
    idf: Any
    weights: Any  # columns: leaves, then emergency
    bias: Any


def vectorizer(sounds: dict[str, str]) -> TfidfVectorizer:
    """Turns texts into rows of numbers, as `Model.scores` does."""

    def analyse(text: str) -> list[str]:
        read = normalise(text)
        return [*pieces(read, sounds), *marks(read)]

    return TfidfVectorizer(analyzer=analyse, min_df=LEAST_TEXTS, binary=True, dtype=np.float32)


def fit(rows: sparse.csr_matrix, sentences: Sequence[Sentence], words: TfidfVectorizer) -> Trained:
    """Learn the leaves, and apart from them what is an emergency."""
    codes = list(leaves())
    known = LinearSVC(C=STRICTNESS, class_weight="balanced", random_state=0).fit(rows, [one.leaf for one in sentences])
    urgent = [one.leaf in emergencies() for one in sentences]
    danger = LinearSVC(C=STRICTNESS, class_weight="balanced", random_state=0).fit(rows, urgent)
    weights = np.zeros((rows.shape[1], len(codes) + 1), dtype=np.float32)
    bias = np.full(len(codes) + 1, -2.0, dtype=np.float32)
    for place, code in enumerate(known.classes_):
        weights[:, codes.index(code)] = known.coef_[place]
        bias[codes.index(code)] = known.intercept_[place]
    weights[:, -1], bias[-1] = danger.coef_[0], danger.intercept_[0]
    return Trained(words.get_feature_names_out().tolist(), words.idf_, weights, bias)


def small(trained: Trained, sentences: Sequence[Sentence], sounds: dict[str, str], heat: Sequence[float]) -> Model:
    """The same in whole numbers from -127 to 127."""
    scale = np.abs(trained.weights).max(axis=0) / STEPS
    scale[scale == 0] = 1
    corpus = mark(sentences)
    return Model(
        version=f"1-{corpus}",
        corpus=corpus,
        codes=tuple(leaves()),
        rows={name: row for row, name in enumerate(trained.names)},
        idf=trained.idf.astype(np.float32),
        weights=np.rint(trained.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=trained.bias,
        heat=np.array(heat, dtype=np.float32),
        sounds=sounds,
    )
