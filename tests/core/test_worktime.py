"""Hours of service against a slow clock that counts second by second."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.core import clock, worktime

HOURS = "08:00-20:00"
MORNING = datetime(2026, 3, 2, 0, tzinfo=UTC)  # Monday 08:00 in Shanghai
STEP = 600


def within(at: datetime) -> bool:
    return 8 <= clock.local(at).hour < 20


def slowly(start: datetime, steps: int) -> int:
    return sum(STEP for n in range(steps) if within(start + timedelta(seconds=n * STEP)))


@given(st.integers(-300, 300), st.integers(0, 400))
def test_counted_as_the_slow_clock_counts(begin: int, steps: int) -> None:
    start = MORNING + timedelta(seconds=begin * STEP)
    assert worktime.between(start, start + timedelta(seconds=steps * STEP), HOURS) == slowly(start, steps)


@given(st.integers(-200_000, 200_000), st.integers(1, 300_000))
def test_after_is_the_first_moment_at_which_so_much_has_counted(begin: int, seconds: int) -> None:
    start = MORNING + timedelta(seconds=begin)
    end = worktime.after(start, seconds, HOURS)
    assert worktime.between(start, end, HOURS) == seconds
    assert worktime.between(start, end - timedelta(seconds=1), HOURS) == seconds - 1


@pytest.mark.parametrize("hours", ["", HOURS])
def test_nothing_counts_backwards(hours: str) -> None:
    assert worktime.between(MORNING, MORNING - timedelta(days=1), hours) == 0
    assert worktime.after(MORNING, 0, hours) == MORNING
