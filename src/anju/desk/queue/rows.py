"""A ticket as one line of a list. Fifty of them are made for every page: words are looked up once, not per line."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.tickets import queries
from anju.tickets.choices import Channel, ClockKind, Light, Status
from anju.tickets.queries import Line
from anju.tickets.queries.showing import flags
from anju.ui import times
from anju.ui.templatetags.anju import due, icon, lamp

CHANNEL_ICONS = {
    "miniprogram": "device-mobile",
    "qr": "qrcode",
    "phone": "phone",
    "counter": "building-store",
    "staff": "user-shield",
    "api": "plug",
}


@dataclass(slots=True)
class Row:
    """What one line shows, ready to print. `section` is the group it stands in, which a live refresh keeps."""

    id: str
    section: int
    rev: str
    no: str
    url: str
    peek: str
    light: str
    lamp: SafeString
    clock: str
    due: SafeString
    prio: str
    title: str
    flags: tuple[str, ...]
    where: str
    status: str
    who: str
    nobody: bool
    at: str
    channel: str
    icon: SafeString
    community: str
    gone: bool = False
    chosen: bool = False

    def __getitem__(self, name: str) -> object:
        """A template asks for an item first; a miss would cost an exception for every word on the page."""
        return getattr(self, name)

    @property
    def key(self) -> tuple[object, ...]:
        """All that is printed but the countdown, which changes every second."""
        return _PRINTED(self)


_PRINTED = attrgetter(*(each.name for each in fields(Row) if each.name != "due"))


class Words:
    """Labels of states, clocks and channels in the reader's language, and the shapes of lamps and icons."""

    def __init__(self, scope: Scope, now: datetime) -> None:
        self.scope, self.now = scope, now
        self.status = {one.value: str(one.label) for one in Status}
        self.clock = {one.value: str(one.label) for one in ClockKind} | {"": ""}
        self.channel = {one.value: str(one.label) for one in Channel}
        self.icon = {one.value: icon(CHANNEL_ICONS.get(one.value, "message")) for one in Channel}
        self.lamp = {one.value: lamp(one) for one in Light}
        self.nobody = _("无人")
        self.several = len(scope.communities) > 1
        self.url, self.peek = (reverse(f"desk:{name}", args=["-"]) for name in ("ticket", "peek"))

    def link(self, pattern: str, ticket: Line) -> str:
        """An address of the ticket's pages, as `frame.address` makes it, without asking the URL map each time."""
        url = pattern.replace("/-/", f"/{ticket.no}/")
        return f"{url}?c={ticket.community_id}" if self.several else url


def rows(scope: Scope, tickets: Sequence[Line]) -> list[Row]:
    """Tickets as lines, in the order given."""
    if not tickets:
        return []
    words = Words(scope, clock.now())
    return [row(words, ticket) for ticket in tickets]


def row(words: Words, ticket: Line) -> Row:
    """One line; personal data as the asker may see it."""
    return Row(
        id=str(ticket.id),
        section=ticket.rank,
        rev=f"{ticket.version}.{ticket.event_seq}",
        no=ticket.no,
        url=words.link(words.url, ticket),
        peek=words.link(words.peek, ticket),
        light=ticket.light.lower(),
        lamp=words.lamp[ticket.light],
        clock=words.clock.get(ticket.light_clock, ""),
        due=due(ticket.due_at, ticket.light),
        prio=ticket.prio,
        title=queries.text_for(words.scope, ticket, ticket.title),
        flags=tuple(flags(ticket)),
        where=queries.where(words.scope, ticket),
        status=words.status[ticket.status],
        who=ticket.accountable__name or words.nobody,
        nobody=ticket.accountable_id is None,
        at=times.brief(ticket.reported_at, words.now),
        channel=words.channel[ticket.channel],
        icon=words.icon[ticket.channel],
        community=ticket.community__name if words.several else "",
    )
