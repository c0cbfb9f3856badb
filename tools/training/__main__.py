"""`bin/train`: learns the corpus, measures it with each author held out, writes the model file and docs/understanding.md."""

import sys

import numpy as np

from anju.understanding import model
from tools.training import corpus, fit, telling
from tools.training.corpus import Sentence
from tools.training.sounds import common

STEADY = ("a", "b")
"""Authors of whole sentences; the third wrote many single words, which nobody should be judged by."""


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
    model.save(made, model.PRESENT)
    corpus.freeze(sentences)
    page = telling.page(made, sentences, held, np.vstack(scores))
    telling.PAGE.write_text(page, encoding="utf-8")
    print(f"{made.version}: {len(sentences)} sentences, {len(made.rows)} pieces, {model.PRESENT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
