"""Learning from corrections: the weights of the present model move as little as makes each correction right.

Passive-aggressive updates: where a lesson is answered rightly by a margin, nothing changes; else the weights of its own
pieces move towards the right leaf and away from the wrong one, by no more than `_BOLDNESS`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from anju.understanding.catalog import emergencies
from anju.understanding.marks import marks
from anju.understanding.model import Floats, Model
from anju.understanding.reading import normalise

_MARGIN: Final = 0.3
_BOLDNESS: Final = 0.2
_ROUNDS: Final = 12
_STEPS: Final = 127


def adapt(model: Model, lessons: Sequence[tuple[str, str]]) -> Model:
    """A new model that has heard (text, leaf code) lessons. The same lessons give the same model."""
    weights = model.weights.astype(np.float32) * model.scale
    for _round in range(_ROUNDS):
        for text, code in lessons:
            _hear(model, weights, text, model.codes.index(code))
    scale = np.abs(weights).max(axis=0) / _STEPS
    scale[scale == 0] = 1
    told = hashlib.sha256("\n".join(f"{code}|{text}" for text, code in lessons).encode()).hexdigest()[:6]
    series = int(model.version.partition("-")[0]) + 1
    return replace(
        model,
        version=f"{series}-{model.corpus}-{told}"[:24],
        weights=np.rint(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
    )


def _hear(model: Model, weights: Floats, text: str, right: int) -> None:
    read = normalise(text)
    rows = model.known(read, marks(read))
    if not len(rows):
        return
    idf = model.idf[rows]
    unit = idf / np.sqrt(idf @ idf)
    scores = unit @ weights[rows] + model.bias
    rivals = np.where(np.arange(len(model.codes)) == right, -np.inf, scores[:-1])
    rival = int(np.argmax(rivals))
    step = np.float32(min(_BOLDNESS, max(0.0, float(_MARGIN - scores[right] + scores[rival])) / 2))
    weights[rows, right] += step * unit
    weights[rows, rival] -= step * unit
    side = 1 if model.codes[right] in emergencies() else -1
    weights[rows, -1] += side * np.float32(min(_BOLDNESS, max(0.0, float(_MARGIN - side * scores[-1])))) * unit
