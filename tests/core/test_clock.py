"""The clock: virtual, whole seconds, Shanghai for people."""

from datetime import UTC, datetime, timedelta

import pytest

from anju.core import clock as core_clock


def test_a_test_starts_on_monday_at_nine(clock):
    assert core_clock.now() == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert core_clock.iso(core_clock.now()) == "2026-03-02T09:00:00+08:00"


def test_the_clock_never_goes_backwards(clock):
    clock.advance(timedelta(minutes=5))
    with pytest.raises(ValueError, match="backwards"):
        clock.set(core_clock.parse("2026-03-02T09:04:59"))
