"""What can be wrong at a thing or a place: the leaves of each asset and place kind, and the six chips of its sticker."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from anju.understanding import tables
from anju.understanding.catalog import UNKNOWN, Leaf, leaf, leaves
from anju.understanding.classify import classify
from anju.understanding.suggestion import Suggestion, never_lower, unsure

OTHER: Final = "其他"
_BY_PLACE_ALONE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Chip:
    """One button: a leaf in a resident's words. `icon` is a name of @tabler/icons, outline."""

    leaf: Leaf
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class _Kind:
    is_place: bool
    word: str  # how residents call it, in the spelling of the hints; "" when no hint speaks of it
    leaves: frozenset[str]


def leaves_of(kind: str) -> frozenset[str]:
    """Codes of the leaves that occur at an asset or place of this kind; an unknown kind counts as 其他 (all leaves)."""
    return _kind(kind).leaves


def chips(kind: str) -> tuple[Chip, ...]:
    """The six most frequent matters at this kind, most frequent first (R6.5); an unknown kind counts as 其他."""
    return _chips().get(kind) or _chips()[OTHER]


def classify_at(kind: str, text: str) -> Suggestion:
    """What a text means that was written at a sticker (A.2 step 6): at an asset only leaves of its kind, and all
    emergencies; at a place people report whatever they see there.

    People standing at a lift do not write 电梯, so the text is also read with the name of the thing before it. That
    second reading counts when it is an emergency, when it is clearer, or when the text alone says nothing or cries
    alarm; if then the name alone decided, confidence stays at 0.5 and a person confirms.
    """
    here = _kind(kind)
    only = None if here.is_place else here.leaves
    plain = classify(text, only=only)
    placed = classify(here.word + text, only=here.leaves)
    if placed.emergency:
        return never_lower(plain, placed)
    if plain.leaf.code != UNKNOWN and not plain.emergency and plain.confidence >= placed.confidence:
        return plain
    return unsure(placed, _BY_PLACE_ALONE) if set(placed.words) <= {here.word} else placed


def _kind(kind: str) -> _Kind:
    return _kinds().get(kind) or _kinds()[OTHER]


@cache
def _kinds() -> Mapping[str, _Kind]:
    return {
        row["kind"]: _Kind(row["of"] == "place", row["word"], _codes(row["leaves"])) for row in tables.read("kinds")
    }


@cache
def _chips() -> Mapping[str, tuple[Chip, ...]]:
    found: dict[str, tuple[Chip, ...]] = {}
    for row in tables.read("chips"):
        chip = Chip(leaf(row["leaf"]), row["label"], row["icon"])
        found[row["kind"]] = (*found.get(row["kind"], ()), chip)
    return found


def _codes(cell: str) -> frozenset[str]:
    return frozenset(leaves()) if cell == "*" else frozenset(cell.split(","))
