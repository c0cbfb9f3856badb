"""Plans as data: steps (Appendix C.1), what residents read (C.2), and what must be so before it is over."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parents[1] / "data"
VERSION = "1"
"""Of the files in `data/`. An incident keeps a copy of its steps, so a new version changes none that is on."""

LADDER = ("停电", "电梯困人", "爆管")
"""Plans with the 30-minute repair: then cause, what is missing and a new time must be published (R3.5)."""

TWICE = frozenset({"火警", "电梯困人"})
"""Plans that are practised every half year, the others once a year (R3.8)."""

RESCUE = ("电梯困人", 7)
"""The step that only people with a licence may do."""
ALARM = re.compile(r"发送(?:撤离通知)?(T\d{3})|转发预警(T\d{3})")

_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a plan. Minutes count from T0, negative ones before it."""

    no: int
    target_min: int
    role: str
    text: str
    evidence: str
    weight: str

    @property
    def is_bulletin(self) -> bool:
        return self.evidence == "auto" and ("通报" in self.text)

    @property
    def is_notice(self) -> bool:
        """Done by the messages of the opening."""
        return self.evidence == "auto" and bool(ALARM.search(self.text))

    @property
    def is_time(self) -> bool:
        """Done when it works again, or when a time is published."""
        return self.evidence == "auto" and self.role == "CMD"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done for one kind of incident. `opening` is the residents' first message, "" when they are told nothing
    by the system (`tells` False: neither bulletins)."""

    kind: str
    leaves: Sequence[str]
    level: str
    opening: str
    tells: bool
    conditions: Sequence[str]
    steps: Sequence[Step]
    texts: Sequence[str]

    @property
    def roles(self) -> list[str]:
        """Every role of its steps, the commander first."""
        return list(dict.fromkeys(["CMD", "CS", *(step.role for step in self.steps)]))

    @property
    def is_repair(self) -> bool:
        return self.kind in LADDER

    def text(self, part: int, values: Mapping[str, str]) -> str:
        """What residents read: the first (0), a following (1), or the last (2) bulletin; "" where C.2 has none, or a
        blank of it is not known."""
        wording = self.texts[part] if self.texts else ""
        if not all(values.get(name) for name in _VARIABLE.findall(wording)):
            return ""
        return _VARIABLE.sub(lambda found: values[found[1]], wording)


def _read(name: str) -> list[dict[str, str]]:
    lines = (DATA / f"{name}.psv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("|")
    return [dict(zip(head, line.split("|"), strict=True)) for line in lines[1:] if line]


@cache
def plans() -> Mapping[str, Plan]:
    """All plans by kind, in the order of the file."""
    texts = {row["plan"]: (row["first"], row["following"], row["end"]) for row in _read("bulletin_texts")}
    steps: dict[str, list[Step]] = {}
    for row in _read("plan_steps") + _read("plan_steps_short"):
        step = Step(int(row["no"]), int(row["target_min"]), row["role"], row["text"], row["evidence"], row["weight"])
        steps.setdefault(row["plan"], []).append(step)
    found = {
        row["plan"]: Plan(
            kind=row["plan"],
            leaves=tuple(row["leaves"].split(",")) if row["leaves"] else (),
            level=row["level"],
            opening=row["opening"],
            tells=row["tells"] == "Y",
            conditions=tuple(row["conditions"].split(";")),
            steps=tuple(steps[row["plan"]]),
            texts=texts.get(row["plan"], ()),
        )
        for row in _read("plans")
    }
    return MappingProxyType(found)


def plan(kind: str) -> Plan:
    """The plan of a kind. Raises KeyError."""
    return plans()[kind]


@cache
def _by_leaf() -> Mapping[str, str]:
    return {leaf: one.kind for one in plans().values() for leaf in one.leaves}


def kind_of(leaf_code: str) -> str:
    """The kind of incident that a leaf may become, "" for none."""
    return _by_leaf().get(leaf_code, "")
