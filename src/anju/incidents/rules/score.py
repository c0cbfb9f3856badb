"""The score of a drill, and who was late by how much (R3.8); also read in the report of a real incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

START_WITHIN = timedelta(minutes=3)
WEIGHTS = {"start": 10, "acks": 20, "steps": 30, "bulletins": 15, "speech": 10, "records": 10, "review": 5}
CAP = 59
"""The most that is left when a veto step was missed or done wrongly."""
DOUBLE = frozenset({"M", "V"})


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step: when it was due and done; `wrong`: done by somebody who may not."""

    no: int
    weight: str
    due: datetime
    done: datetime | None
    wrong: bool = False

    @property
    def in_time(self) -> bool:
        return self.done is not None and self.done <= self.due

    @property
    def vetoes(self) -> bool:
        return self.weight == "V" and (self.done is None or self.wrong)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is scored. `acks` and `slots`: in time or not, each. `speech` in 0..10, `records` in 0..10, None when nobody
    has filled the form in; `review` None while it may still be in time."""

    planned: datetime
    opened: datetime
    acks: Sequence[bool]
    steps: Sequence[StepFacts]
    slots: Sequence[bool]
    speech: int | None
    records: int | None
    review: bool | None


@dataclass(frozen=True, slots=True)
class Score:
    """Points by part, the total after the veto, and the numbers of the steps that vetoed."""

    parts: dict[str, float]
    total: float
    veto: Sequence[int]

    def passed(self, least: int) -> bool:
        return self.total >= least


def score(facts: Facts) -> Score:
    """Points to one decimal place; half-up."""
    shares = {
        "start": float(facts.opened <= facts.planned + START_WITHIN),
        "acks": _share(facts.acks),
        "steps": _done_in_time(facts.steps),
        "bulletins": _share(facts.slots),
        "speech": (facts.speech or 0) / 10,
        "records": (facts.records or 0) / 10,
        "review": float(bool(facts.review)),
    }
    parts = {name: _rounded(WEIGHTS[name] * share) for name, share in shares.items()}
    veto = [step.no for step in facts.steps if step.vetoes]
    total = _rounded(sum(parts.values()))
    return Score(parts, min(total, CAP) if veto else total, veto)


def _done_in_time(steps: Sequence[StepFacts]) -> float:
    """Weight of the steps done in time by the weight of all; mandatory ones count twice."""
    weights = {step.no: 2 if step.weight in DOUBLE else 1 for step in steps}
    fine = sum(weights[step.no] for step in steps if step.in_time)
    return fine / sum(weights.values()) if weights else 1.0


def _share(each: Sequence[bool]) -> float:
    return sum(each) / len(each) if each else 1.0


def _rounded(points: float) -> float:
    return int(points * 10 + 0.5) / 10
