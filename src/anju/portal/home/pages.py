"""What a resident sees of his own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.estate import queries as estate
from anju.estate.models import Person, Room
from anju.tickets import queries
from anju.tickets.queries import Filters, Shown
from anju.ui import times
from anju.vault import masks, names


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody a phone belongs to: enough to recognise oneself, too little to learn who else there is."""

    person: Person
    name: str
    rooms: str


def people(ids: Iterable[int]) -> list[Who]:
    """Those who may be holding the phone."""
    rows = estate.people(SYSTEM, set(ids)).order_by("id") if ids else []
    return [Who(row, masks.name(row.name), _rooms(row)) for row in rows]


def _rooms(person: Person) -> str:
    held = estate.rooms_of(person.id)
    return "、".join(f"{one.stairway} {masks.room(one.room_no)}" for one in held[:3])


@dataclass(frozen=True, slots=True)
class Line:
    """One report in the list."""

    shown: Shown
    when: str


@dataclass(frozen=True, slots=True)
class Home:
    """Greeting, rooms, what is being worked on, what is done."""

    hello: str
    rooms: Sequence[Room]
    open: Sequence[Line]
    done: Sequence[Line]


def home(scope: Scope) -> Home:
    """The first page after login."""
    person = estate.people(scope, {scope.person_id or 0}).first()
    rows = queries.queue(scope, Filters(view="any", no_children=False), limit=60).rows
    shown = queries.show_all(scope, sorted(rows, key=lambda row: -row.id))
    lines = [Line(one, _when(one)) for one in shown]
    return Home(
        hello=_greeting(names.salutation(person.name) if person else ""),
        rooms=estate.rooms_of(scope.person_id or 0),
        open=[one for one in lines if one.shown.status not in ("CLOSED", "CANCELLED")],
        done=[one for one in lines if one.shown.status in ("CLOSED", "CANCELLED")],
    )


def _greeting(name: str) -> str:
    hour = clock.local(clock.now()).hour
    words = _("上午好") if 5 <= hour < 12 else _("下午好") if 12 <= hour < 18 else _("晚上好")
    return f"{name}，{words}" if name else words


def _when(one: Shown) -> str:
    now = clock.now()
    if one.closed_at:
        return times.hm(one.closed_at, now)
    if one.status == "TAKEN" and one.promised_at:
        return _("预计%(at)s前到") % {"at": times.hm(one.promised_at, now)}
    return _("%(at)s报") % {"at": times.hm(one.reported_at, now)}


Window = tuple[str, str, tuple[datetime, datetime] | None]


def windows(now: datetime) -> list[Window]:
    """When somebody may come: as soon as possible, or one of the next half days."""
    day = clock.day_start(now)
    halves = (
        ("today-pm", _("今天14–18点"), day, 14, 18),
        ("tomorrow-am", _("明天9–12点"), day + timedelta(days=1), 9, 12),
        ("tomorrow-pm", _("明天14–18点"), day + timedelta(days=1), 14, 18),
        ("after-am", _("后天9–12点"), day + timedelta(days=2), 9, 12),
    )
    found: list[Window] = [("", _("越快越好"), None)]
    for name, label, start, begin, end in halves:
        span = start + timedelta(hours=begin), start + timedelta(hours=end)
        if span[0] > now:
            found.append((name, label, span))
    return found
