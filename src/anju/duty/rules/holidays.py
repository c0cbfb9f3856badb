"""The Chinese calendar of work: legal holidays, days off and 调休 workdays (C6), by the `holidays` library.

The thirteen legal days (全国年节及纪念日放假办法) can be computed for any year; which weekends are worked for them is
known only after the notice of the State Council in the autumn before, which comes with an update of the library.
"""

from datetime import date
from functools import cache

from holidays import country_holidays

SHIFTED = "调休"
IN_LIEU = "补假"


@cache
def _year(year: int) -> tuple[dict[date, str], frozenset[date]]:
    found = country_holidays("CN", years=year, language="zh_CN")
    return dict(found.items()), frozenset(found.weekend_workdays)


def name(day: date) -> str:
    """What the calendar calls a day, "" on an ordinary one."""
    return _year(day.year)[0].get(day, "")


def legal(day: date) -> bool:
    """One of the thirteen days whose work is paid threefold (劳动法 §44); a day off in exchange is none."""
    called = name(day)
    return bool(called) and SHIFTED not in called and IN_LIEU not in called


def workday(day: date) -> bool:
    """True on a day on which offices work, 调休 Saturdays among them."""
    days, weekend_workdays = _year(day.year)
    return day in weekend_workdays or (day.weekday() < 5 and day not in days)


def known(year: int) -> bool:
    """Whether the notice of that year is in the library: its exchanged days are named."""
    days, weekend_workdays = _year(year)
    return any(one.year == year for one in weekend_workdays) or any(SHIFTED in called for called in days.values())


def unknown_years(first: date, last: date) -> list[int]:
    """The years of a stretch of dates whose notice is missing: its weekends may still change."""
    return [year for year in range(first.year, last.year + 1) if not known(year)]
