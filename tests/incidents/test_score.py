"""The points of a drill (R3.8)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.incidents.rules.score import CAP, WEIGHTS, Facts, StepFacts, score

T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DUE = T0 + timedelta(minutes=3)
STEPS = [StepFacts(1, "M", DUE, DUE), StepFacts(2, "V", DUE, DUE), StepFacts(3, "O", DUE, DUE)]
PERFECT = Facts(T0, T0, [True], STEPS, [True], 10, 10, True)


def test_everything_in_time_is_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == score(PERFECT).total == 100


@pytest.mark.parametrize(("late_s", "points"), [(180, 10), (181, 0)])
def test_it_begins_within_three_minutes(late_s: int, points: int) -> None:
    assert score(replace(PERFECT, opened=T0 + timedelta(seconds=late_s))).parts["start"] == points


def test_mandatory_steps_count_twice() -> None:
    late = replace(STEPS[0], done=DUE + timedelta(seconds=1))
    assert score(replace(PERFECT, steps=[late, *STEPS[1:]])).parts["steps"] == 18
    late = replace(STEPS[2], done=None)
    assert score(replace(PERFECT, steps=[*STEPS[:2], late])).parts["steps"] == 24


@pytest.mark.parametrize("bad", [{"done": None}, {"wrong": True}])
def test_a_veto_leaves_59_at_most(bad: dict) -> None:
    found = score(replace(PERFECT, steps=[STEPS[0], replace(STEPS[1], **bad), STEPS[2]]))
    assert (found.total, found.veto, found.passed(80)) == (CAP, [2], False)


def test_a_veto_step_done_late_is_only_late() -> None:
    late = replace(STEPS[1], done=DUE + timedelta(minutes=1))
    assert score(replace(PERFECT, steps=[STEPS[0], late, STEPS[2]])).veto == []


@given(st.lists(st.booleans()), st.lists(st.booleans()), st.integers(0, 10), st.integers(0, 10))
def test_points_stay_within_their_parts(acks: list[bool], slots: list[bool], speech: int, records: int) -> None:
    found = score(replace(PERFECT, acks=acks, slots=slots, speech=speech, records=records))
    assert all(0 <= found.parts[name] <= most for name, most in WEIGHTS.items())
    assert 0 <= found.total <= 100
