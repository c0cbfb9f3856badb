"""The corpus: corpus/AUTHOR/LEAF.txt, one sentence a line as `kind|text` or `kind|text|other leaves that are right too`."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpus"
FROZEN = ROOT / "src" / "anju" / "understanding" / "data" / "frozen.psv"
KEPT = 15
KINDS = frozenset(
    {"plain", "short", "colloquial", "typo", "long", "mixed", "emergency", "false-alarm", "dialect", "voice"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled text. `also`: leaves that are right as well, or the second matter of a mixed text."""

    author: str
    leaf: str
    kind: str
    text: str
    also: tuple[str, ...] = ()


def read(folder: Path = FOLDER) -> list[Sentence]:
    """All sentences, in the order of file names and lines. ValueError names the line that is wrong."""
    return [one for file in sorted(folder.glob("*/*.txt")) for one in _file(file)]


def _file(file: Path) -> Iterable[Sentence]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line:
            kind, text, *rest = line.split("|")
            if kind not in KINDS or len(rest) > 1 or not text.strip():
                raise ValueError(f"{file.parent.name}/{file.name}:{number}: {line}")
            also = tuple(code for code in "".join(rest).split(",") if code)
            yield Sentence(file.parent.name, file.stem, kind, text, also)


def mark(sentences: Sequence[Sentence]) -> str:
    """A fingerprint of a corpus: a model says which one it was trained from."""
    lines = "\n".join(f"{one.leaf}|{one.kind}|{one.text}|{','.join(one.also)}" for one in sentences)
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


def freeze(sentences: Sequence[Sentence]) -> None:
    """Every fifteenth sentence goes with the product: a proposal of an office must not forget them."""
    lines = [f"{one.text}|{one.leaf}" for one in sentences[::KEPT] if not one.also]
    FROZEN.write_text("\n".join(["text|leaf", *lines, ""]), encoding="utf-8")
