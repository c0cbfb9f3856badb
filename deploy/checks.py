"""What was promised against what is there: counts, and whether they are what must be."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESUME_S = 30.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of a resident's log: when he asked and was answered, the status (0: no answer), the number promised."""

    key: str
    begun: float
    ended: float
    said: int
    no: str


@dataclass(slots=True)
class Report:
    """Names with counts, and what is wrong."""

    counts: dict[str, object] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def must(self, name: str, value: float, holds: bool) -> None:
        """Note a count and whether it is what it must be."""
        self.counts[name] = value
        if not holds:
            self.wrong.append(f"{name}: {value}")


def attempts(log: Path) -> list[Attempt]:
    """The log's lines in the order of their answers."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return sorted((Attempt(**json.loads(line)) for line in lines), key=lambda one: one.ended)


def resumed(tries: Sequence[Attempt], fault_at: float) -> float | None:
    """Seconds from a fault until the first promise for something asked after it; None when there was none."""
    later = [one.ended for one in tries if one.said == 201 and one.begun > fault_at]
    return min(later) - fault_at if later else None


def promises(tries: Sequence[Attempt], facts: Mapping[str, Any], report: Report) -> None:
    """P1, I1, I2: every number promised is a ticket with that text, every key made one ticket, every key one promise."""
    promised: dict[str, set[str]] = {}
    for one in tries:
        if one.said == 201:
            promised.setdefault(one.key, set()).add(one.no)
    tickets: Mapping[str, str] = facts["tickets"]
    made = Counter(tickets.values())
    asked = {one.key for one in tries}
    again = Counter(one.key for one in tries if one.said == 201)
    report.must("acknowledged", len(promised), len(promised) > 0)
    report.must("attempts without an answer or refused", sum(one.said != 201 for one in tries), True)
    lost = sum(tickets.get(no) != key for key, nos in promised.items() for no in nos)
    report.must("lost", lost, lost == 0)
    pressed_twice = sum(n > 1 for n in again.values())
    report.must("asked again after a promise", pressed_twice, pressed_twice > 0)
    doubled = sum(n > 1 for n in made.values()) + sum(len(nos) > 1 for nos in promised.values())
    report.must("double effects", doubled + facts["reported_twice"], doubled + facts["reported_twice"] == 0)
    report.must("tickets that nobody asked for", sum(key not in asked for key in made), not set(made) - asked)
    report.must("gaps in stories", facts["gaps"], facts["gaps"] == 0)
    report.must("messages handed over", facts["sent"], facts["sent"] > 0)
    report.must("messages handed over twice", facts["sent_twice"], facts["sent_twice"] == 0)


def pauses(tries: Sequence[Attempt], faults: Sequence[tuple[str, float]], report: Report) -> None:
    """How long nobody was promised anything after each fault."""
    for number, (name, at) in enumerate(faults, 1):
        found = resumed(tries, at)
        label = f"seconds until writes resume, {number} {name}"
        report.must(label, round(found, 1) if found is not None else -1, found is not None and found <= RESUME_S)
    report.must("failovers", len(faults), len(faults) > 0)
