"""What a palette offers: only what the asker may do now, each with its address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.access import allowed
from anju.core import pinyin
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.desk.find.commands import COMMANDS, PAGES, Command
from anju.desk.frame import community_id
from anju.desk.queue.rows import rows
from anju.desk.ticket import buttons
from anju.estate import queries as estate
from anju.estate.models import Community
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.tickets.queries import Filters, Line
from anju.ui.templatetags.anju import icon

MOST = 5
LOOKED_AT = 200
"""Among so many open tickets, the most urgent first, initials are looked for."""
_TICKET = re.compile(r"/desk/tickets/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Item:
    """One line: `sign` a lamp or an icon, `hint` stands at its end; `boxed` opens in the box of the page."""

    url: str
    sign: SafeString
    label: str
    hint: str = ""
    key: str = ""
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind."""

    name: str
    items: Sequence[Item]


def found(scope: Scope, community: Community, words: str, on: str) -> list[Group]:
    """工单 命令 话术 页面; without words what may be done to the ticket in hand, and where one can go."""
    groups = (
        Group(_("工单"), _tickets(scope, words) if words else ()),
        Group(
            _("命令"), [*_steps(scope, words, on), *_listed(scope, COMMANDS, words), *_places(scope, community, words)]
        ),
        Group(_("话术"), _first_words(words) if words else ()),
        Group(_("页面"), _listed(scope, PAGES, words)),
    )
    return [replace(one, items=one.items[: MOST if words else 2 * MOST]) for one in groups if one.items]


def _tickets(scope: Scope, words: str) -> list[Item]:
    """By number, words or whole address, as in the search; then by initials of what is open."""
    hits = _searched(scope, words)
    if len(hits) < MOST and words.isascii() and words.isalpha():
        known = {one.id for one in hits}
        open_ones = queries.queue_lines(scope, Filters(), limit=LOOKED_AT).rows
        hits += [one for one in open_ones if one.id not in known and _means(scope, words, one)]
    lines = rows(scope, hits[:MOST])
    return [Item(row.url, row.lamp, row.title, f"{row.where}　{row.no}".strip("　")) for row in lines]


def _searched(scope: Scope, words: str) -> list[Line]:
    try:
        return queries.rows(scope, [one.id for one in queries.search(scope, words, limit=MOST)])
    except Refused:  # a part of an address or of a number: residents are never browsed
        return []


def _means(scope: Scope, words: str, line: Line) -> bool:
    return pinyin.meant(words, queries.text_for(scope, line, line.title)) or pinyin.meant(words, line.spot)


def _steps(scope: Scope, words: str, on: str) -> list[Item]:
    """What may be done to the ticket that is chosen or open."""
    ticket = _in_hand(scope, on)
    if ticket is None:
        return []
    waits, handoffs = list(ticket.suspensions.all()), list(ticket.handoffs.order_by("seq"))
    offered = buttons.buttons(scope, ticket, waits=waits, handoffs=handoffs, quotes=list(ticket.quotes.all()))
    each = [*([offered.main] if offered.main else []), *offered.plain, *offered.more]
    return [
        Item(
            one.url,
            icon(one.step.icon),
            f"{one.step.button} {ticket.no}",
            str(one.step.title),
            one.step.key,
            boxed=True,
        )
        for one in each
        if not one.barred and (not words or pinyin.meant(words, str(one.step.button)))
    ]


def _in_hand(scope: Scope, on: str) -> Ticket | None:
    path, _mark, query = on.partition("?")
    hit = _TICKET.search(path)
    try:
        return queries.by_no(scope, hit[1], community=community_id(QueryDict(query))) if hit else None
    except Refused:
        return None


def _listed(scope: Scope, commands: Iterable[Command], words: str) -> list[Item]:
    return [
        Item(one.url, icon(one.icon), str(one.label), key=one.key)
        for one in commands
        if (not one.permission or allowed(scope, one.permission)) and (not words or pinyin.meant(words, str(one.label)))
    ]


def _places(scope: Scope, community: Community, words: str) -> list[Item]:
    """记一单 at a public place that is named."""
    if not words or not allowed(scope, "tickets.report", community.id):
        return []
    named = [one.name for part in (estate.places, estate.assets) for one in part(scope, community.id)[:LOOKED_AT]]
    return [
        Item(_new(name), icon("plus"), _("记一单，地点“%(place)s”") % {"place": name})
        for name in dict.fromkeys(named)
        if pinyin.meant(words, name)
    ][:2]


def _new(place: str) -> str:
    return f"{reverse('desk:new')}?{urlencode({'where': place})}"


def _first_words(words: str) -> list[Item]:
    """What is asked and said first in an emergency of this name."""
    hits = [one for one in understanding.leaves().values() if one.emergency and pinyin.meant(words, one.name)]
    said = [(one, understanding.first_words(one.code)) for one in hits]
    return [
        Item(reverse("desk:new"), icon("book-2"), f"{one.name}：{first.ask}{first.say}", one.code)
        for one, first in said
        if first is not None
    ][:2]
