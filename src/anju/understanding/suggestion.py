"""What a classifier answers, and how two answers are joined: a later step may raise a priority, never lower it."""

from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from anju.understanding.catalog import UNKNOWN, Leaf

AUTO_FROM: Final = 0.75
"""Confidence from which P2 and P3 are accepted without a person (A.2 step 5)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The leaf a text most likely means.

    `confidence`: 0 to 1, two decimals; 0 when nothing spoke for any leaf. `words`: what in the text decided, in the
    order of the text. `ranked`: up to three (code, score), the suggested leaf first. `source`: AUTO from text, MANUAL
    when a person chose the leaf. `emergency_probability`: that something dangerous is going on now. `suspected`: the
    emergency that may be meant although the leaf is none; one question is asked back (`question`). `second`: another
    matter in the same text. `places`: place words. `floor`: the priority that hints gave, which a model may not lower.
    `version`: of the model.
    """

    leaf: Leaf
    confidence: float
    words: tuple[str, ...] = ()
    ranked: tuple[tuple[str, int], ...] = ()
    source: Literal["AUTO", "MANUAL"] = "AUTO"
    emergency_probability: float = 0.0
    suspected: Leaf | None = None
    second: Leaf | None = None
    places: tuple[str, ...] = ()
    floor: str = "P3"
    version: str = ""

    @property
    def emergency(self) -> bool:
        """True when the emergency chain starts at once, before anyone confirms."""
        return self.leaf.emergency

    @property
    def prio(self) -> str:
        """The priority of the leaf, or the more urgent one that hints gave."""
        return min(self.leaf.prio, self.floor)

    @property
    def auto(self) -> bool:
        """True when the ticket may be accepted without a person."""
        return (
            self.confidence >= AUTO_FROM
            and self.prio in ("P2", "P3")
            and self.leaf.code != UNKNOWN
            and self.suspected is None
        )


class Classifier(Protocol):
    """Anything that reads a text. A stronger one stands behind this, joined to the hints by `never_lower`."""

    def classify(self, text: str, *, only: frozenset[str] | None = None) -> Suggestion:
        """The leaf `text` means, among `only` and all emergencies when `only` is given."""
        ...


def chosen(leaf: Leaf) -> Suggestion:
    """What a person picked: certain, and MANUAL."""
    return Suggestion(leaf, 1.0, source="MANUAL")


def combine(chip_leaf: Leaf, suggestion: Suggestion) -> Suggestion:
    """The leaf of the tapped chip, unless the text beside it speaks of a more urgent emergency."""
    picked = chosen(chip_leaf)
    return never_lower(picked, suggestion) if suggestion.emergency else picked


def never_lower(first: Suggestion, second: Suggestion) -> Suggestion:
    """The more urgent of two suggestions; `first` when they are equally urgent."""
    return second if second.leaf.prio < first.leaf.prio else first


def unsure(suggestion: Suggestion, ceiling: float) -> Suggestion:
    """The same leaf with a confidence of at most `ceiling`."""
    return replace(suggestion, confidence=min(suggestion.confidence, ceiling))
