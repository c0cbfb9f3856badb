"""Patterns of shifts: AT2.1, the table of domain file 02, and changes of single days."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.duty.rules.patterns import Pattern, generate, objections, weekly_minutes

EIGHT = {"早": 480, "中": 480, "夜": 480, "白": 480, "全": 1440}
ANCHOR = date(2026, 3, 1).toordinal()
FOUR = Pattern(("早", "早", "中", "中", "夜", "夜", "", ""), ANCHOR, 2)


def test_at2_1_four_teams_three_shifts_over_56_days():
    planned = generate(FOUR, [[1], [2], [3], [4]], ANCHOR, ANCHOR + 55)
    for day in range(ANCHOR, ANCHOR + 56):
        assert sorted(one.code for one in planned if one.day == day) == ["中", "夜", "早"]
    assert Counter(one.staff for one in planned) == {1: 42, 2: 42, 3: 42, 4: 42}
    assert weekly_minutes(FOUR, EIGHT) == 42 * 60


@pytest.mark.parametrize(
    ("cycle", "hours", "refused"),
    [
        (("早", "早", "早", "中", "中", "中", "夜", "夜", "夜"), 56, ["WEEKLY_HOURS", "NO_WEEKLY_REST"]),
        (("早", "早", "中", "中", "夜", "夜", "", ""), 42, []),
        (("白", "白", "白", "白", "白", "白", ""), 48, ["WEEKLY_HOURS"]),
        (("全", "", ""), 56, ["WEEKLY_HOURS"]),
        (("白", "白", "白", "白", "白", "", ""), 40, []),
    ],
)
def test_the_table_of_patterns(cycle, hours, refused):
    pattern = Pattern(cycle, ANCHOR)
    assert weekly_minutes(pattern, EIGHT) == hours * 60
    assert objections(pattern, EIGHT, pooled=False) == refused
    assert objections(pattern, EIGHT, pooled=True) == []


def test_six_days_across_the_turn_of_the_cycle_are_seen():
    assert objections(
        Pattern(("早", "早", "早", "早", "", "早", "早", "早"), ANCHOR), EIGHT | {"早": 240}, pooled=False
    ) == ["NO_WEEKLY_REST"]


CODES = st.sampled_from(["早", "中", "夜", ""])


@given(
    st.lists(CODES, min_size=1, max_size=9),
    st.integers(-20, 20),
    st.integers(0, 4),
    st.dictionaries(st.tuples(st.integers(1, 6), st.integers(0, 20)), CODES, max_size=8),
)
def test_generation_against_walking_day_by_day(cycle, anchor, step, overrides):
    teams = [[1, 2], [3], [4, 5, 6]]
    found = {
        (one.staff, one.day): one.code for one in generate(Pattern(tuple(cycle), anchor, step), teams, 0, 20, overrides)
    }
    for number, people in enumerate(teams):
        at = (-anchor + step * number) % len(cycle)
        for day in range(21):
            for staff in people:
                assert found.get((staff, day), "") == overrides.get((staff, day), cycle[at])
            at = (at + 1) % len(cycle)
