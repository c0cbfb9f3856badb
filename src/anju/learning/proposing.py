"""A proposal: the present model and one that has heard the corrections, compared on what must not be forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.understanding import Measure, measure, model
from anju.understanding.adapting import adapt
from anju.understanding.classify import ModelClassifier
from anju.understanding.tables import read

BUILT_IN = "built-in"
FROZEN = ("golden", "frozen")
HELD = 5
"""Every fifth correction is not learnt from but kept for comparing."""

Lesson = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A model that may be switched to. `rows`: what was asked, the present answers, the new ones."""

    version: str
    rows: Sequence[tuple[str, Measure, Measure]]

    @property
    def better(self) -> bool:
        """True when nothing frozen got worse and no more emergencies are missed anywhere."""
        frozen = [(now, then) for name, now, then in self.rows if name in FROZEN]
        kept = all(then.accuracy >= now.accuracy for now, then in frozen)
        return kept and all(then.lost_emergencies <= now.lost_emergencies for _name, now, then in self.rows)


def propose(lessons: Sequence[Lesson]) -> Proposal | None:
    """Learn from corrections and keep the result beside the present model when it is better; None without lessons."""
    if not lessons:
        return None
    learnt = [one for place, one in enumerate(lessons) if place % HELD != HELD - 1]
    now = model.present()
    then = adapt(now, learnt)
    sets = {name: [(row["text"], row["leaf"]) for row in read(name)] for name in FROZEN}
    sets |= {"纠正过的": learnt, "留作比较的纠正": list(lessons[HELD - 1 :: HELD])}
    rows = [(name, _asked(now, each), _asked(then, each)) for name, each in sets.items() if each]
    found = Proposal(then.version, rows)
    if found.better:
        model.save(then, model.folder() / f"{then.version}.npz")
    return found


def _asked(of: model.Model, rows: Sequence[Lesson]) -> Measure:
    return measure(rows, ModelClassifier(of))


def switch(version: str) -> bool:
    """Use a kept model, or the built-in one; False when there is none of this version."""
    if version == BUILT_IN:
        model.choose("")
        return True
    if not (model.folder() / f"{version}.npz").is_file():
        return False
    model.choose(version)
    return True
