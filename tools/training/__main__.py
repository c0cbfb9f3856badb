"""`bin/train`: learns the corpus and writes the model file."""

import sys
from pathlib import Path

import numpy as np

from anju.understanding import model
from anju.understanding.model import Model, pack
from tools.training import corpus, fit
from tools.training.sounds import common


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
    words = fit.vectorizer(sounds)
    rows = words.fit_transform([one.text for one in sentences])
    made = fit.small(fit.fit(rows, sentences, words), sentences, sounds, (6.0, 4.0, 0.0))
    save(made, model.PRESENT)
    print(f"{made.version}: {len(sentences)} sentences, {len(made.rows)} pieces, {model.PRESENT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
