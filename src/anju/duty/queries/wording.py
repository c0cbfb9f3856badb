"""Holes, faults and hints in words for people, each with the rule or the law behind it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from anju.core import clock
from anju.duty.queries.checking import Report
from anju.duty.rules import holidays
from anju.duty.rules.checks import MOST_DAYS, Fault
from anju.duty.rules.spans import Gap, instant

Words = Callable[[Fault, str], str]


def gap_words(report: Report, gap: Gap) -> str:
    """10-03 02:00–06:00 没有值班电工."""
    post = report.posts[gap.post].name
    words = (
        _("%(when)s 没有%(post)s") if gap.missing >= report.posts[gap.post].heads else _("%(when)s %(post)s少%(n)d人")
    )
    return words % {"when": span_words(instant(gap.begin), instant(gap.end)), "post": post, "n": gap.missing}


def span_words(begin: datetime, end: datetime) -> str:
    """10-03 02:00–06:00; midnight at the end is 24:00 of the day before."""
    first, last = clock.local(begin), clock.local(end)
    if last.hour == last.minute == 0:
        before = date.fromordinal(last.toordinal() - 1)
        closing, day = "24:00", before
    else:
        closing, day = f"{last:%H:%M}", last.date()
    return f"{first:%m-%d %H:%M}–{'' if day == first.date() else f'{day:%m-%d} '}{closing}"


def fault_words(report: Report, fault: Fault) -> str:
    """One fault or hint as a sentence."""
    name = report.names.get(fault.staff, "")
    return WORDS[fault.code](fault, name)


def _day(fault: Fault) -> str:
    day = date.fromordinal(fault.day)
    return f"{day:%m-%d}"


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole}" if not rest else f"{minutes / 60:.1f}"


def _weekly(fault: Fault, name: str) -> str:
    words = (
        _("%(name)s %(day)s这一周排了%(h)s小时，没有休息日（劳动法第38条）")
        if fault.refused
        else _("%(name)s %(day)s这一周排了%(h)s小时，超过40小时的算加班")
    )
    return words % {"name": name, "day": _day(fault), "h": _hours(fault.value)}


def _overtime(fault: Fault, name: str) -> str:
    words = (
        _("%(name)s %(month)d月加班%(h)s小时，超过36小时（劳动法第41条）")
        if fault.refused
        else _("%(name)s %(month)d月加班%(h)s小时，须付加班费或补休")
    )
    return words % {"name": name, "month": date.fromordinal(fault.day).month, "h": _hours(fault.value)}


def _unfair(fault: Fault, name: str) -> str:
    words = (
        _("%(name)s有%(n)d个夜班，比同岗平均多")
        if fault.what == "NIGHTS"
        else _("%(name)s有%(n)d个周末班，比同岗平均多")
    )
    return words % {"name": name, "n": fault.value}


def _expired(fault: Fault, name: str) -> str:
    last = date.fromordinal(fault.value)
    return _("该员工证书已过期：%(name)s的%(kind)s证%(last)s到期，%(day)s不能上岗") % {
        "name": name,
        "kind": fault.what.removesuffix("证"),
        "last": f"{last:%Y-%m-%d}",
        "day": _day(fault),
    }


def _holiday(fault: Fault, name: str) -> str:
    called = holidays.name(date.fromordinal(fault.day))
    return _("%(day)s %(called)s是法定假日，%(n)d人次按3倍工资") % {
        "day": _day(fault),
        "called": called,
        "n": fault.value,
    }


WORDS: Mapping[str, Words] = {
    "ROSTER_OVERLAP": lambda fault, name: _("%(name)s %(day)s的班和另一个班重叠") % {"name": name, "day": _day(fault)},
    "REST_TOO_SHORT": lambda fault, name: (
        _("%(name)s %(day)s上班前只休息了%(h)s小时，太短")
        % {"name": name, "day": _day(fault), "h": _hours(fault.value)}
    ),
    "DAYS_IN_A_ROW": lambda fault, name: (
        _("%(name)s到%(day)s连续上班%(n)d天，最多%(most)d天（劳动法第38条）")
        % {"name": name, "day": _day(fault), "n": fault.value, "most": MOST_DAYS}
    ),
    "WEEKLY_HOURS": _weekly,
    "OVERTIME": _overtime,
    "CERT_EXPIRED": _expired,
    "CERT_MISSING": lambda fault, name: (
        _("%(name)s没有%(kind)s证，%(day)s不能上岗")
        % {"name": name, "kind": fault.what.removesuffix("证"), "day": _day(fault)}
    ),
    "NIGHT_FORBIDDEN": lambda fault, name: (
        _("%(name)s %(day)s不能排夜班（劳动法第61、63条）") % {"name": name, "day": _day(fault)}
    ),
    "UNFAIR": _unfair,
    "HOLIDAY_PAY": _holiday,
}


def calendar_words(year: int) -> str:
    """A year whose 调休 is not known yet."""
    return _("%(year)d年的放假安排还没有公布或没有更新，周末和调休可能还会变") % {"year": year}
