"""How time is spelled on every page. Pure; `now` is a parameter. clock.js spells countdowns the same way (a test)."""

from datetime import datetime, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from anju.core import clock

HOUR = 3600
DAY = 24 * HOUR


def spell(seconds: int) -> str:
    """Length of time on a running clock: `mm:ss`, from an hour `h时mm分`, from a day `d天h时`."""
    seconds = abs(seconds)
    hours, minutes = seconds // HOUR, seconds % HOUR // 60
    if hours >= 24:
        return _("%(days)s天%(hours)s时") % {"days": hours // 24, "hours": hours % 24}
    if hours:
        return _("%(hours)s时%(minutes)s分") % {"hours": hours, "minutes": f"{minutes:02d}"}
    return f"{minutes:02d}:{seconds % 60:02d}"


def left(due: datetime, now: datetime) -> str:
    """`剩 12:55` up to and including the deadline, `超 00:01` from the second after it (C2)."""
    seconds = round((due - now).total_seconds())
    word = _("超 %(time)s") if seconds < 0 else _("剩 %(time)s")
    return word % {"time": spell(seconds)}


def took(length: timedelta) -> str:
    """Length of something finished, for people: `不到1分`, `8分`, `1时20分`, `2天3时`."""
    minutes = int(abs(length.total_seconds())) // 60
    if minutes < 1:
        return _("不到1分")
    if minutes < 60:
        return _("%(minutes)s分") % {"minutes": minutes}
    return spell(minutes * 60)


def hm(at: datetime, now: datetime) -> str:
    """`09:41` today, `昨 10:20`, `明 10:20`, `3月2日 09:00`, with the year when it is another one; Shanghai time."""
    there, here = clock.local(at), clock.local(now)
    days = (there.date() - here.date()).days
    near = {0: "%(time)s", -1: _("昨 %(time)s"), 1: _("明 %(time)s")}
    if days in near:
        return near[days] % {"time": f"{there:%H:%M}"}
    pattern = _("n月j日 H:i") if there.year == here.year else _("Y年n月j日 H:i")
    return dateformat.format(there, pattern)


def brief(at: datetime, now: datetime) -> str:
    """As `hm`, but the day alone where it is further away: `3月2日`, for narrow columns."""
    near = abs((clock.local(at).date() - clock.local(now).date()).days) <= 1
    return hm(at, now) if near else dateformat.format(clock.local(at), _("n月j日"))


def day(at: datetime) -> str:
    """`3月2日 星期一`, the day in Shanghai."""
    return dateformat.format(clock.local(at), _("n月j日 l"))


def clock_words() -> str:
    """The words of `spell` and `left` for clock.js: over, left, days, hours, minutes, parted by `|`."""
    over, remaining = _("超 %(time)s"), _("剩 %(time)s")
    long, short = _("%(days)s天%(hours)s时"), _("%(hours)s时%(minutes)s分")
    return f"{over}|{remaining}|{long}|{short}"
