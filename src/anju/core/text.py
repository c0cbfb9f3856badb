"""Text from people: made safe to store, folded for comparison, cut into bigrams for search."""

import unicodedata
from itertools import pairwise

_KEEP_CONTROLS = {"\n", "\t"}
_MAX_MARKS = 3


def clean(value: str) -> str:
    """What a person typed, without what nobody types.

    Drops NUL, control and format characters (zero-width, direction overrides, BOM) except the joiners inside emoji,
    lone surrogates, and combining marks beyond three in a row; normalises line ends; strips blanks including U+3000.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    kept: list[str] = []
    marks = 0
    for index, char in enumerate(value):
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MAX_MARKS or (category in ("Cc", "Cf", "Cs") and not _allowed(value, index)):
            continue
        kept.append(char)
    return "".join(kept).strip().strip("\u3000").strip()


def _allowed(value: str, index: int) -> bool:
    char = value[index]
    if char in _KEEP_CONTROLS:
        return True
    is_joiner = char == "\u200d" and 0 < index < len(value) - 1
    return is_joiner and ord(value[index - 1]) > 0x2000 and ord(value[index + 1]) > 0x2000


def one_line(value: str) -> str:
    """`clean`, on a single line: names, phones, subjects."""
    return " ".join(clean(value).split())


def fold(value: str) -> str:
    """Full-width, case and blanks made equal, for comparing and searching."""
    return "".join(unicodedata.normalize("NFKC", value).lower().split())


def bigrams(value: str) -> list[str]:
    """Search terms of a text: each pair of neighbouring word characters, single characters of one-character words,
    and whole runs of ASCII letters and digits."""
    terms: dict[str, None] = {}
    for run in _runs(fold(value)):
        if run.isascii() or len(run) == 1:
            terms[run] = None
        else:
            terms.update((a + b, None) for a, b in pairwise(run))
    return list(terms)


def _runs(value: str) -> list[str]:
    runs: list[str] = []
    current = ""
    for char in value:
        if not char.isalnum():
            current = _close(runs, current)
            continue
        if current and char.isascii() != current[-1].isascii():
            current = _close(runs, current)
        current += char
    _close(runs, current)
    return runs


def _close(runs: list[str], current: str) -> str:
    if current:
        runs.append(current)
    return ""


def head(value: str, length: int) -> str:
    """The first line, cut to `length` characters with an ellipsis."""
    first = value.split("\n", 1)[0]
    return first if len(first) <= length else first[: length - 1] + "…"
