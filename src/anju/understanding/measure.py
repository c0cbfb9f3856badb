"""How good a classifier is on texts whose leaf is known: share of right answers, and emergencies that were missed."""

from collections.abc import Iterable
from dataclasses import dataclass

from anju.understanding.catalog import emergencies
from anju.understanding.classify import classify
from anju.understanding.suggestion import Classifier


@dataclass(frozen=True, slots=True)
class Miss:
    """One wrong answer."""

    text: str
    wanted: str
    got: str

    @property
    def lost_emergency(self) -> bool:
        """True when an emergency was taken for something that can wait."""
        return self.wanted in emergencies() and self.got not in emergencies()


@dataclass(frozen=True, slots=True)
class Measure:
    """The result over `total` texts."""

    total: int
    misses: tuple[Miss, ...]

    @property
    def accuracy(self) -> float:
        """Share of right answers, 0 to 1; 1 when nothing was asked."""
        return 1 - len(self.misses) / self.total if self.total else 1.0

    @property
    def lost_emergencies(self) -> int:
        """How many emergencies were missed."""
        return sum(miss.lost_emergency for miss in self.misses)


def measure(rows: Iterable[tuple[str, str]], classifier: Classifier | None = None) -> Measure:
    """Ask for each (text, code) and keep what was answered wrongly."""
    ask = classifier.classify if classifier else classify
    answers = [Miss(text, wanted, ask(text).leaf.code) for text, wanted in rows]
    return Measure(len(answers), tuple(answer for answer in answers if answer.got != answer.wanted))
