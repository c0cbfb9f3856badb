"""Patterns of shifts as data: 四班三运转, 做六休一, 上24休48 (domain file 02, table)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WEEK_MINUTES = 44 * 60
"""劳动法 §36: not more than 44 hours a week on average."""
REST = ""
"""A day off in a cycle."""


class Pattern(NamedTuple):
    """A cycle of shift codes; team k on day d uses index (d - anchor + step × k) mod length. Days are ordinals."""

    cycle: tuple[str, ...]
    anchor: int
    step: int = 1

    def code(self, team: int, day: int) -> str:
        """The shift of a team on a day, "" for a day off."""
        return self.cycle[(day - self.anchor + self.step * team) % len(self.cycle)]


class Planned(NamedTuple):
    """Somebody on a shift of a day."""

    staff: int
    day: int
    code: str


def generate(
    pattern: Pattern,
    teams: Sequence[Sequence[int]],
    first: int,
    last: int,
    overrides: Mapping[tuple[int, int], str] | None = None,
) -> list[Planned]:
    """Everybody's shifts from day `first` through `last`.

    `overrides` replaces single days of single people, {(staff, day): code}: a swap is two of them, "" a day off.
    """
    changed = overrides or {}
    return [
        Planned(staff, day, code)
        for team, people in enumerate(teams)
        for staff in people
        for day in range(first, last + 1)
        if (code := changed.get((staff, day), pattern.code(team, day)))
    ]


def weekly_minutes(pattern: Pattern, paid: Mapping[str, int]) -> float:
    """The average week of somebody who works this pattern; `paid` gives the minutes of each shift."""
    return sum(paid.get(code, 0) for code in pattern.cycle) / len(pattern.cycle) * 7


def objections(pattern: Pattern, paid: Mapping[str, int], *, pooled: bool) -> list[str]:
    """Why nobody may work like this: WEEKLY_HOURS and NO_WEEKLY_REST (劳动法 §36, §38), unless 综合计算工时 is approved."""
    if pooled:
        return []
    found = ["WEEKLY_HOURS"] if weekly_minutes(pattern, paid) > WEEK_MINUTES else []
    longest = _longest_run(pattern.cycle)
    return [*found, "NO_WEEKLY_REST"] if longest is None or longest > 6 else found


def _longest_run(cycle: Sequence[str]) -> int | None:
    """The longest row of working days when the cycle repeats for ever; None when it never stops."""
    if REST not in cycle:
        return None
    start = cycle.index(REST)
    run = longest = 0
    for code in [*cycle[start:], *cycle[:start]]:
        run = run + 1 if code else 0
        longest = max(longest, run)
    return longest
