"""The deterministic classifier (A.2): hints that occur in a text are added up per leaf, emergencies first.

Work is linear in the length of the text: each phrase is looked for with `str.find`, no pattern ever backtracks.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from anju.understanding.catalog import UNKNOWN, Leaf, leaf, leaves
from anju.understanding.mood import apart
from anju.understanding.reading import normalise, says
from anju.understanding.suggestion import Suggestion

_ASKING: Final = ("请问", "咨询", "想问", "怎么办理", "吗", "?")
_ASKED_TYPES: Final = ("IQ", "RQ")
_ASKED_BONUS: Final = 2
_RANKED: Final = 3


@dataclass(frozen=True, slots=True)
class _Hint:
    leaf: Leaf
    parts: tuple[str, ...]
    score: int  # characters of all parts, and one for each part beyond the first


@dataclass(frozen=True, slots=True)
class Match:
    """What the hints say for one leaf."""

    leaf: Leaf
    score: int
    words: frozenset[str]

    @property
    def rank(self) -> tuple[int, str, int]:
        """Smallest first: score, then urgency, then the order of the tree (A.2 step 4)."""
        return (-self.score, self.leaf.prio, self.leaf.order)


class HintClassifier:
    """A.2 over the hints of a set of leaves. Building it takes some milliseconds; it is immutable and shared."""

    def __init__(self, tree: Iterable[Leaf]) -> None:
        self._by_part: dict[str, list[_Hint]] = defaultdict(list)
        self._barred: dict[str, list[str]] = defaultdict(list)
        for one in tree:
            for text in one.hints:
                self._learn(one, text)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for part in {part for hints in self._by_part.values() for hint in hints for part in hint.parts}:
            self._by_letter[part[0]].append(part)

    def classify(self, text: str, *, only: frozenset[str] | None = None) -> Suggestion:
        """The leaf `text` means; ZZ99 with confidence 0 when no hint occurs. Never raises.

        `only` restricts the answer to these codes and all emergencies (A.2 step 6).
        """
        read = normalise(text)
        return self.weigh(read, self.matches(read), only)

    def weigh(self, read: str, matches: list[Match], only: frozenset[str] | None) -> Suggestion:
        """The answer that `matches` of a normalised text give among `only` and all emergencies."""
        allowed = [match for match in matches if only is None or _allowed(match.leaf, only)]
        return _suggest(read, allowed) if allowed else Suggestion(leaf(UNKNOWN), 0.0)

    def _learn(self, one: Leaf, text: str) -> None:
        if text.startswith("!"):
            self._barred[one.code].append(normalise(text[1:]))
            return
        parts = tuple(normalise(part) for part in text.split("+"))
        self._by_part[parts[0]].append(_Hint(one, parts, sum(map(len, parts)) + len(parts) - 1))

    def matches(self, read: str) -> list[Match]:
        """The leaves that hints of a normalised text speak for, in no order."""
        read = apart(read)
        said = {part for letter in set(read) for part in self._by_letter.get(letter, ()) if says(read, part)}
        found: dict[str, list[_Hint]] = defaultdict(list)
        for part in said:
            for hint in self._by_part.get(part, ()):
                if said.issuperset(hint.parts):
                    found[hint.leaf.code].append(hint)
        asking = any(word in read for word in _ASKING)
        return [_add_up(hints, asking) for code, hints in found.items() if not self._is_barred(code, read)]

    def _is_barred(self, code: str, read: str) -> bool:
        return any(word in read for word in self._barred.get(code, ()))


def _allowed(one: Leaf, only: frozenset[str]) -> bool:
    return one.emergency or one.code in only


def _add_up(hints: list[_Hint], asking: bool) -> Match:
    one = hints[0].leaf
    bonus = _ASKED_BONUS if asking and one.type in _ASKED_TYPES else 0
    words = frozenset(part for hint in hints for part in hint.parts)
    return Match(one, sum(hint.score for hint in hints) + bonus, words)


def _suggest(read: str, matches: list[Match]) -> Suggestion:
    matches = sorted(matches, key=lambda match: match.rank)
    urgent = [match for match in matches if match.leaf.emergency and 2 * match.score >= matches[0].score]
    best = (urgent or matches)[0]
    rest = [match for match in matches if match is not best]
    rival = rest[0].score if rest else 0
    return Suggestion(
        leaf=best.leaf,
        confidence=round(best.score / (best.score + rival), 2),
        words=tuple(sorted(best.words, key=lambda word: (read.find(word), word))),
        ranked=tuple((match.leaf.code, match.score) for match in [best, *rest][:_RANKED]),
    )


HINTS: Final = HintClassifier(leaves().values())
"""A.2 over the whole tree."""
