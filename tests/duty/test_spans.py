"""Stretches of duty against a slow version that looks at every minute by itself."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from anju.core import clock
from anju.duty.rules.spans import Away, Gap, Need, Work, gaps, instant, minute, on_duty, present

DAYS = 3
SPAN = DAYS * 1440
HALF_HOURS = st.integers(0, SPAN // 30).map(lambda n: n * 30)


@st.composite
def works(draw: st.DrawFn) -> Work:
    begin = draw(HALF_HOURS)
    end = begin + draw(st.integers(1, 24)) * 30
    return Work(draw(st.integers(1, 4)), draw(st.integers(1, 2)), begin, end, begin // 1440, 0, draw(st.booleans()))


@st.composite
def aways(draw: st.DrawFn) -> Away:
    begin = draw(HALF_HOURS)
    return Away(draw(st.integers(1, 4)), begin, begin + draw(st.integers(1, 48)) * 30)


WINDOWS = st.none() | st.tuples(st.integers(0, 47), st.integers(0, 47)).map(lambda w: (w[0] * 30, w[1] * 30))
NEEDS = st.tuples(st.integers(0, 2), st.booleans(), WINDOWS)


def in_window(window: tuple[int, int] | None, at: int) -> bool:
    """The vendor's hours; equal ends are a whole day."""
    if window is None:
        return False
    first, last = window
    of_day = at % 1440
    return first <= of_day < last if first < last else of_day >= first or of_day < last


@given(st.lists(works(), max_size=12), st.lists(aways(), max_size=5), NEEDS, NEEDS)
def test_gaps_are_the_minutes_in_which_too_few_are_there(work, away, one, two):
    needs = [Need(1, *one), Need(2, *two)]
    found = gaps(needs, present(work, away), 0, SPAN)
    missing = {(gap.post, at): gap.missing for gap in found for at in range(gap.begin, gap.end, 30)}
    for at in range(0, SPAN, 30):
        here = [
            w
            for w in work
            if w.begin <= at < w.end and not any(a.staff == w.staff and a.begin <= at < a.end for a in away)
        ]
        for need in needs:
            heads = sum(w.post == need.post and (need.on_call or not w.on_call) for w in here)
            heads += in_window(need.vendor, at)
            assert missing.get((need.post, at), 0) == max(0, need.heads - heads)


@given(st.lists(works(), max_size=12), st.lists(aways(), max_size=5), HALF_HOURS)
def test_who_is_on_duty_is_who_is_left_at_that_minute(work, away, at):
    slow = {(w.staff, w.post) for w in present(work, away) if w.begin <= at < w.end}
    assert {(w.staff, w.post) for w in on_duty(work, away, at)} == slow


@given(st.lists(works(), max_size=12), st.lists(works(), max_size=12), NEEDS)
def test_more_people_never_make_a_new_gap(work, more, need):
    def lacking(given_works):
        return {
            (at, gap.missing)
            for gap in gaps([Need(1, *need)], given_works, 0, SPAN)
            for at in range(gap.begin, gap.end, 30)
        }

    before, after = dict(lacking(work)), dict(lacking([*work, *more]))
    assert all(missing <= before.get(at, 0) for at, missing in after.items())


@given(st.dates(date(1992, 1, 1), date(2090, 1, 1)), st.integers(0, 1439))  # since 1992 without summer time (F13)
def test_a_minute_and_its_instant(day, of_day):
    moment = clock.on(day, time(of_day // 60, of_day % 60))
    assert minute(moment) == day.toordinal() * 1440 + of_day
    assert instant(minute(moment)) == moment


def test_a_hole_is_named_by_minute_and_post():
    works = [Work(1, 7, 0, 120, 0, 120), Work(2, 7, 360, 1440, 0, 1080), Work(1, 8, 0, 1440, 0, 0, on_call=True)]
    assert gaps([Need(7, 1), Need(8, 1)], works, 0, 1440) == [Gap(8, 0, 1440, 1), Gap(7, 120, 360, 1)]
    assert gaps([Need(8, 1, on_call=True)], works, 0, 1440) == []


def test_the_outside_service_answers_over_midnight():
    seat = Need(1, 1, vendor=(1320, 480))
    assert gaps([seat], [], 0, 1440) == [Gap(1, 480, 1320, 1)]
    assert gaps([seat._replace(heads=2)], [], 0, 1440) == [
        Gap(1, 0, 480, 1),
        Gap(1, 480, 1320, 2),
        Gap(1, 1320, 1440, 1),
    ]
