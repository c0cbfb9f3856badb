"""The trained model: a row of small numbers for each piece of text that it knows, added up per leaf.

Made by `bin/train` and kept in `data/model.npz`; only numpy is needed to ask it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from anju.core import env
from anju.understanding.features import pieces

PRESENT = Path(__file__).with_name("data") / "model.npz"
_CHOICE: Final = "present"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """Immutable and shared. Columns of `weights` are the leaves in `codes` and, last, 'an emergency is going on'.

    `weights` are whole numbers, `scale` says per column what one is worth. `idf` is how telling each piece is; a text
    counts as the direction of the sum of its pieces, whatever its length. `heat` turns distances into shares that
    hold what they promise: one number for the leaves, three for danger. `sounds` gives the syllable of a character: 景盖 and 井盖 sound alike.
    """

    version: str
    corpus: str
    codes: tuple[str, ...]
    rows: Mapping[str, int]
    idf: Floats
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats
    heat: Floats
    sounds: Mapping[str, str]

    def scores(self, read: str, marks: Iterable[str] = ()) -> Floats | None:
        """A number per column for a normalised text and the marks that rules have put on it; None when all is new."""
        rows = self.known(read, marks)
        if not len(rows):
            return None
        idf = self.idf[rows]
        norm = float(np.sqrt(idf @ idf))
        total: Floats = (idf @ self.weights[rows].astype(np.float32)) * self.scale / norm + self.bias
        return total

    def known(self, read: str, marks: Iterable[str]) -> NDArray[np.int64]:
        """The rows of all pieces of a text that training has seen, in one order for every run."""
        names = {*pieces(read, self.sounds), *marks}
        found = sorted(self.rows[name] for name in names if name in self.rows)
        return np.array(found, dtype=np.int64)

    def shares(self, scores: Floats) -> Floats:
        """How likely each leaf is; they add up to 1."""
        hot = scores[: len(self.codes)] * self.heat[0]
        grown: Floats = np.exp(hot - hot.max())
        shares: Floats = grown / grown.sum()
        return shares

    def danger(self, scores: Floats, urgent: NDArray[np.bool_]) -> float:
        """How likely it is, 0 to 1, that something dangerous is going on now. `urgent` is True at emergency leaves.

        A missed emergency weighs more than a false alarm: at 0.5 the two cost the same.
        """
        shares = self.shares(scores)
        least = np.float32(1e-6)
        odds = np.log(shares[urgent].sum() + least) - np.log(shares[~urgent].sum() + least)
        total = self.heat[1] * odds + self.heat[2] * scores[-1] + self.heat[3]
        return float(1 / (1 + np.exp(-total)))

    def reasons(self, read: str, column: int) -> dict[str, float]:
        """What each run of two or three characters in the text says for one column."""
        found = {
            name: self.rows[name] for name in pieces(read, {}) if name in self.rows and len(name) > 1 and name in read
        }
        return {name: float(self.weights[row, column]) * float(self.idf[row]) for name, row in found.items()}


def present() -> Model:
    """The model in use: the one that a person has switched to, else the one that came with this release.

    A switch holds for every process from its next text on.
    """
    return _kept(chosen())


def chosen() -> Path:
    """The file of the model in use."""
    try:
        version = (folder() / _CHOICE).read_text(encoding="ascii").strip()
    except OSError:
        return PRESENT
    file = folder() / f"{version}.npz"
    return file if version and file.is_file() else PRESENT


def choose(version: str) -> None:
    """From now on use a model that lies in `folder()`; "" goes back to the one of the release."""
    folder().mkdir(parents=True, exist_ok=True)
    waiting = folder() / f"{_CHOICE}.new"
    waiting.write_text(version, encoding="ascii")
    waiting.replace(folder() / _CHOICE)


@cache
def folder() -> Path:
    """Where the models of this office lie."""
    return env.folder("ANJU_DATA_DIR", "./var") / "understanding"


@lru_cache(maxsize=2)
def _kept(path: Path) -> Model:
    return load(path)


def save(made: Model, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        version=_pack(made.version),
        corpus=_pack(made.corpus),
        codes=_pack("\n".join(made.codes)),
        names=_pack("\n".join(made.rows)),
        idf=made.idf.astype(np.float16),
        weights=made.weights,
        scale=made.scale,
        bias=made.bias,
        heat=made.heat,
        sounds=_pack("\n".join(f"{char} {sound}" for char, sound in made.sounds.items())),
    )


def load(path: Path) -> Model:
    """Read a model file. OSError when there is none, KeyError or ValueError when it is damaged."""
    with np.load(path, allow_pickle=False) as kept:
        parts: dict[str, Any] = {name: kept[name] for name in kept.files}
    names = _text(parts["names"]).split("\n")
    return Model(
        version=_text(parts["version"]),
        corpus=_text(parts["corpus"]),
        codes=tuple(_text(parts["codes"]).split("\n")),
        rows=dict(zip(names, range(len(names)), strict=True)),
        idf=parts["idf"].astype(np.float32),
        weights=parts["weights"],
        scale=parts["scale"],
        bias=parts["bias"],
        heat=parts["heat"],
        sounds=dict(line.split(" ") for line in _text(parts["sounds"]).split("\n")),
    )


def _pack(value: str) -> NDArray[np.uint8]:
    return np.frombuffer(value.encode(), dtype=np.uint8)


def _text(kept: NDArray[np.uint8]) -> str:
    return kept.tobytes().decode()
