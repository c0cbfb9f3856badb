"""Roster checks: to the minute at each limit, and against slow versions."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anju.duty.rules import checks, holidays
from anju.duty.rules.checks import Terms, faults, is_night, pay_rate, unfair
from anju.duty.rules.spans import DAY, Need, Work, gaps

MONDAY = date(2026, 3, 2).toordinal()
NOTHING = Terms()


def work(day: int, begin: int = 480, hours: float = 8, *, staff: int = 1, post: int = 1, on_call: bool = False) -> Work:
    """Somebody's turn: day counted from Monday 2 March 2026, begin in minutes of that day."""
    at = (MONDAY + day) * DAY + begin
    return Work(staff, post, at, at + int(hours * 60), MONDAY + day, int(hours * 60), on_call)


def codes(works, terms=NOTHING, first=0, last=60):
    return [(one.code, one.day - MONDAY, one.refused) for one in faults(works, terms, MONDAY + first, MONDAY + last)]


def test_overlap_begins_before_the_end():
    assert codes([work(0), work(0, 960)], Terms(rest=0)) == []
    assert ("ROSTER_OVERLAP", 0, True) in codes([work(0), work(0, 959)], Terms(rest=0))


def test_eleven_hours_of_rest_and_waiting_at_home_is_no_shift():
    late = work(0, 16 * 60)
    assert codes([late, work(1, 11 * 60)]) == []
    assert codes([late, work(1, 11 * 60 - 1)]) == [("REST_TOO_SHORT", 1, True)]
    assert codes([late, work(1, 0, on_call=True)]) == []


def test_six_days_in_a_row_seven_are_refused():
    six = [work(day, hours=6) for day in range(6)]
    assert codes(six) == []
    assert ("DAYS_IN_A_ROW", 6, True) in codes([*six, work(6, hours=6)])
    assert codes([*six, work(7, hours=6)]) == []


def test_the_week_over_forty_is_said_over_48_refused():
    assert codes([work(day) for day in range(5)], last=6) == []
    assert ("WEEKLY_HOURS", 0, False) in codes([work(day) for day in range(6)], last=30)
    assert ("WEEKLY_HOURS", 0, True) in codes([*(work(day) for day in range(5)), work(5, hours=8.1)], last=30)
    approved = Terms(pooled={1: MONDAY + 6})
    assert codes([work(day, hours=12) for day in range(5)], approved, last=6) == []


def test_overtime_of_a_month_counts_from_the_workdays_in_it():
    march = [work(day) for day in range(-1, 30) if (day + 1) % 7 != 0]  # six days a week
    for more, over, refused in ((0, 32 * 60, False), (240, 36 * 60, False), (241, 36 * 60 + 1, True)):
        longer = [march[0]._replace(paid=480 + more), *march[1:]]
        found = [one for one in faults(longer, Terms(), MONDAY - 1, MONDAY + 29) if one.code == "OVERTIME"]
        assert [(one.value, one.refused) for one in found] == [(over, refused)]


@pytest.mark.parametrize(("day", "code"), [(8, None), (9, "CERT_EXPIRED")])
def test_at2_3_a_certificate_holds_through_its_last_day(day, code):
    terms = Terms(certs={1: ("低压电工",)}, valid={(1, "低压电工"): date(2026, 3, 10).toordinal()})
    assert [one[0] for one in codes([work(day)], terms)] == ([code] if code else [])
    assert codes([work(day, staff=2)], terms) == [("CERT_MISSING", day, True)]


def test_nobody_sheltered_works_at_night_or_overtime():
    terms = Terms(sheltered={1: ((MONDAY, MONDAY + 30),)})
    assert codes([work(0, 16 * 60)], terms) == [("NIGHT_FORBIDDEN", 0, True)]
    assert codes([work(0, 14 * 60)], terms) == []
    assert ("OVERTIME", 0, True) in codes([work(0, hours=9)], terms, last=0)


@given(st.integers(0, 2 * DAY), st.integers(1, 25 * 60))
def test_night_against_looking_at_every_minute(begin, length):
    slow = any(at % DAY >= 22 * 60 or at % DAY < 6 * 60 for at in range(begin, begin + length))
    assert is_night(Work(1, 1, begin, begin + length, 0, length)) == slow


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 1439), st.integers(1, 24)), max_size=10))
def test_rest_and_overlap_against_comparing_everybody_with_everybody(drawn):
    works = [work(day, begin, hours) for day, begin, hours in set(drawn)]
    found = {one.code for one in faults(works, Terms(), MONDAY, MONDAY + 60)}
    pairs = [(a, b) for a in works for b in works if a is not b]
    assert ("ROSTER_OVERLAP" in found) == any(a.begin < b.end and b.begin < a.end for a, b in pairs)
    if "ROSTER_OVERLAP" not in found:
        assert ("REST_TOO_SHORT" in found) == any(0 <= b.begin - a.end < 660 for a, b in pairs)


def test_nights_and_weekends_are_shared():
    nights = [work(day, 22 * 60, staff=1) for day in range(0, 12, 2)] + [work(1, 22 * 60, staff=2)]
    found = unfair(nights, MONDAY, MONDAY + 13)
    assert [(one.staff, one.what, one.value) for one in found] == [(1, "NIGHTS", 6)]


# --- the calendar ---------------------------------------------------------------------------------------------------


def test_2026_as_the_state_council_has_it():
    legal = [date(2026, 1, 1) + timedelta(n) for n in range(365) if holidays.legal(date(2026, 1, 1) + timedelta(n))]
    assert len(legal) == 13
    assert legal[1:5] == [date(2026, 2, day) for day in (16, 17, 18, 19)]  # 除夕 is a legal holiday
    assert holidays.workday(date(2026, 2, 14))  # a 调休 Saturday
    assert not holidays.workday(date(2026, 2, 20))
    assert not holidays.legal(date(2026, 2, 20))
    assert sum(holidays.workday(date(2026, 1, 1) + timedelta(n)) for n in range(365)) == 248


def test_a_year_without_its_notice_is_named():
    assert holidays.unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == []
    assert holidays.unknown_years(date(2090, 12, 1), date(2091, 1, 31)) == [2090, 2091]


@pytest.mark.parametrize(
    ("day", "extra", "rate"),
    [
        (date(2026, 4, 5), False, 300),
        (date(2026, 4, 6), False, 100),
        (date(2026, 4, 6), True, 200),
        (date(2026, 3, 7), True, 200),
        (date(2026, 2, 14), True, 150),
        (date(2026, 3, 3), True, 150),
        (date(2026, 3, 3), False, 100),
    ],
)
def test_holiday_pay(day, extra, rate):
    assert pay_rate(day, extra=extra) == rate


def test_ten_thousand_people_for_sixty_days_in_seconds():
    works = [
        work(day, (480, 960, 1440)[(day + staff) % 8 // 2], staff=staff, post=staff % 60)
        for staff in range(10_000)
        for day in range(60)
        if (day + staff) % 8 < 6
    ]
    began = perf_counter()
    faults(works, Terms(), MONDAY, MONDAY + 59)
    gaps([Need(post, 20) for post in range(60)], works, MONDAY * DAY, (MONDAY + 60) * DAY)
    unfair(works, MONDAY, MONDAY + 59)
    assert len(works) == 450_000
    assert perf_counter() - began < 120  # a few seconds; machines of tests are slow and busy
    assert checks.norm(MONDAY, MONDAY + 4) == 5 * 480
