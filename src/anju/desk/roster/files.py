"""A roster to take away: a workbook for the office, a calendar for one's telephone."""

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.core import clock, sheets
from anju.core.scope import SYSTEM
from anju.desk.roster.pages import Month
from anju.duty import queries
from anju.ui.shifts import token_of

MANY_DAYS = clock.iso_duration("P92D")


def workbook(page: Month) -> bytes:
    """The grid with hours; no cell can be a formula."""
    head: list[object] = [
        _("岗位"),
        _("姓名"),
        *(f"{day.on.day}\n{day.weekday}" for day in page.days),
        _("工时"),
        _("超出"),
    ]
    rows: list[sheets.Line] = [head]
    for group in page.groups:
        for line in group.lines:
            cells = ["" if cell.text == "·" else cell.text for cell in line.cells]
            rows.append([group.post.name, line.name, *cells, line.hours, line.over])
        rows.append([group.post.name, _("缺口"), *group.cover, "", ""])
    return sheets.book(f"{page.first:%Y-%m}", rows)


def owner(token: str) -> Staff | None:
    """Whose calendar it is; None for an address that is not, or no longer, good."""
    staff_id, _dash, _secret = token.partition("-")
    if not staff_id.isascii() or not staff_id.isdigit() or len(staff_id) > 19:
        return None
    found = accounts.active_staff(SYSTEM, int(staff_id))
    return found if found is not None and token == token_of(found) else None


def feed(staff: Staff) -> bytes:
    """His published turns of a quarter of a year as iCalendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Anju//duty//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("值班"))
    now = clock.now()
    for turn in queries.turns_of(accounts.scope_of_staff(staff), now - MANY_DAYS / 3, now + MANY_DAYS):
        event = Event()
        event.add("uid", f"turn-{turn.id}@anju")
        event.add("dtstamp", now)
        event.add("dtstart", turn.begin_at)
        event.add("dtend", turn.end_at)
        event.add("summary", f"{turn.shift.name} {turn.post.name}")
        event.add("location", turn.community.name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
