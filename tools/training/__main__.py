"""`bin/train`: learns the corpus, measures it with each author held out, writes the model file and docs/understanding.md."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from anju.understanding import model
from anju.understanding.model import Model, pack
from tools.training import corpus, fit, telling
from tools.training.corpus import Sentence
from tools.training.sounds import common

STEADY = ("a", "b")
"""Authors of whole sentences; the third wrote many single words, which nobody should be judged by."""


def save(made: Model, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    np.savez_compressed(
        path,
        version=pack(made.version),
        corpus=pack(made.corpus),
        codes=pack("\n".join(made.codes)),
        names=pack("\n".join(made.rows)),
        idf=made.idf.astype(np.float16),
        weights=made.weights,
        scale=made.scale,
        bias=made.bias,
        heat=made.heat,
        sounds=pack("\n".join(f"{char} {sound}" for char, sound in made.sounds.items())),
    )


def main() -> int:
    """Train on everything and say what came of it."""
    sentences, sounds = corpus.read(), common()
    held: list[Sentence] = []
    scores = []
    for author in STEADY:
        apart = [one for one in sentences if one.author == author]
        rest = fit.learn([one for one in sentences if one.author != author], sounds)
        held += apart
        scores.append(rest.scores([one.text for one in apart]))
    warm = fit.heat(np.vstack(scores), held)
    made = fit.small(fit.learn(sentences, sounds), sentences, sounds, warm)
    save(made, model.PRESENT)
    page = telling.page(replace(made), sentences, held, np.vstack(scores))
    telling.PAGE.write_text(page, encoding="utf-8")
    print(f"{made.version}: {len(sentences)} sentences, {len(made.rows)} pieces, {model.PRESENT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
