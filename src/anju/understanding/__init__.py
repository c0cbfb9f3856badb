"""What people mean: free text in, ranked leaves of the classification tree out. Pure: no tables, no Django.

Words of this room: a *leaf* is one line of the tree (department, priority, minutes); a *hint* is a phrase that speaks for
a leaf; a *suggestion* is the leaf a text most likely means; a *chip* is a button a resident taps instead of writing.
Ask `classify(text)`; at a scanned sticker ask `classify_at(kind, text)` and `combine` it with the chip that was tapped.
"""

from anju.understanding.catalog import Leaf, emergencies, leaf, leaves
from anju.understanding.classify import classify, question
from anju.understanding.first_words import FirstWords, first_words
from anju.understanding.hints import HintClassifier
from anju.understanding.kinds import Chip, chips, classify_at, leaves_of
from anju.understanding.measure import Measure, measure
from anju.understanding.suggestion import Classifier, Suggestion, combine, never_lower

__all__ = [
    "Chip",
    "Classifier",
    "FirstWords",
    "HintClassifier",
    "Leaf",
    "Measure",
    "Suggestion",
    "chips",
    "classify",
    "classify_at",
    "combine",
    "emergencies",
    "first_words",
    "leaf",
    "leaves",
    "leaves_of",
    "measure",
    "never_lower",
    "question",
]
