"""What is asked and said first on the telephone when it is an emergency (Appendix C.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from anju.understanding import tables


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The questions that decide what help is needed, and what calms and protects until it comes."""

    ask: str
    say: str


@cache
def _all() -> Mapping[str, FirstWords]:
    return MappingProxyType({row["leaf"]: FirstWords(row["ask"], row["say"]) for row in tables.read("first_words")})


def first_words(code: str) -> FirstWords | None:
    """For the leaf with this code; None for what is no emergency."""
    return _all().get(code)
