"""The list: groups by light, counts, and how it changes under a reader's eyes without jumping (screens, 5.3)."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anju.core.scope import Scope
from anju.desk.queue.forms import VIEWS
from anju.desk.queue.rows import Row, rows
from anju.tickets import queries
from anju.tickets.choices import UNPROCESSED, Light, Prio
from anju.tickets.queries import MANY, Filters, Line
from anju.ui.templatetags.anju import lamp

PAGE = 50
MOST = 500
"""How many rows a refresh may name; who has loaded more gets the first of them."""


@dataclass(slots=True)
class Section:
    """Rows of one light with the sentence that stays on top."""

    light: str
    lamp: str
    about: str
    count: str
    rows: list[Row] = field(default_factory=list)
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Tab:
    """One view with how many it holds."""

    name: str
    label: str
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list fragment shows; `pill` says what would change on screen, `more` is the address of the next rows."""

    sections: Sequence[Section]
    pill: str = ""
    more: str = ""
    total: int = 0


def upto(count: int) -> str:
    """Nobody counts beyond a thousand: 1000+."""
    return f"{MANY}+" if count >= MANY else str(count)


def counts(scope: Scope, filters: Filters, *, whole: bool) -> dict[str, int]:
    """How many rows stand in each light, and on a whole page behind each tab."""
    return queries.counts(scope, filters, [name for name, _label in VIEWS] if whole else ())


def tabs(query: QueryDict, counted: Mapping[str, int]) -> list[Tab]:
    """The views, each with its own count; other filters stay."""
    kept = {
        name: value for name, value in query.items() if value and name not in ("view", "q", "order", "cursor", "saved")
    }
    found = []
    for name, label in VIEWS:
        found.append(Tab(name, str(label), f"?{urlencode({**kept, 'view': name})}", upto(counted[name])))
    return found


def first_page(scope: Scope, filters: Filters, query: QueryDict, counted: Mapping[str, int]) -> Listing:
    """The list as it stands now, from the top or from a cursor."""
    cursor = query.get("cursor", "")
    page = queries.queue_lines(scope, filters, limit=PAGE, cursor=cursor)
    found = sections(rows(scope, page.rows), counted)
    if cursor and found:
        found[0].headed = query.get("after", "") != found[0].light
    more = _more(query, page.cursor, found[-1].light) if page.cursor else ""
    return Listing(found, more=more, total=_total(counted))


def _more(query: QueryDict, cursor: str, light: str) -> str:
    kept = {name: value for name, value in query.items() if value and name not in ("order", "cursor", "after", "keep")}
    return f"?{urlencode({**kept, 'cursor': cursor, 'after': light})}"


def _total(counted: Mapping[str, int]) -> int:
    return sum(counted[light] for light in Light)


def in_place(scope: Scope, filters: Filters, order: Sequence[tuple[int, int]], counted: Mapping[str, int]) -> Listing:
    """The rows on screen with new contents, each where it stood; what is new or would move is only counted."""
    ids = [one for one, _section in order]
    fresh = queries.queue_lines(scope, filters, limit=max(PAGE, len(ids))).rows
    shown = {row.id: row for row in fresh}
    missing = [one for one in ids if one not in shown]
    shown |= {row.id: row for row in queries.rows(scope, missing)}
    still = set(queries.listed(scope, filters).filter(id__in=missing).values_list("id", flat=True))
    lines = rows(scope, [shown[one] for one in ids if one in shown])
    where = dict(order)
    for line in lines:
        line.section = where[int(line.id)]
        line.gone = int(line.id) in missing and int(line.id) not in still
    return Listing(sections(lines, counted), pill=pill(fresh, order), total=_total(counted))


def sections(lines: Sequence[Row], counted: Mapping[str, int]) -> list[Section]:
    """Lines parted by the group they stand in."""
    about = (_("需要马上有人动手"), _("快到时限，或曾亮过红灯"), _("在时限内"), _("等一个日期，到期自动恢复"))
    words = (_("红灯"), _("黄灯"), _("绿灯"), _("挂起"))
    found: list[Section] = []
    for line in lines:
        light = list(Light)[line.section]
        if not found or found[-1].light != light.value:
            head = lamp(light, word=words[line.section])
            found.append(Section(light.value, head, about[line.section], upto(counted[light.value])))
        found[-1].rows.append(line)
    return found


def pill(fresh: Sequence[Line], order: Sequence[tuple[int, int]]) -> str:
    """3处变化，1件新红灯: what the new order would add, drop and move."""
    now = {row.id: place for place, row in enumerate(fresh)}
    kept = [now[one] for one, _section in order if one in now]
    regrouped = _regrouped(fresh, dict(order))
    count = len(now) + len(order) - 2 * len(kept) + max(len(kept) - _in_order(kept), len(regrouped))
    if not count:
        return ""
    red = sum(1 for row in fresh if row.rank == 0 and (row.id in regrouped or row.id not in dict(order)))
    words = ngettext("%(n)d处变化", "%(n)d处变化", count) % {"n": count}
    return words + (_("，%(n)d件新红灯") % {"n": red} if red else "")


def _regrouped(fresh: Sequence[Line], stood: dict[int, int]) -> set[int]:
    """Rows that belong to another light than the group they stand in."""
    return {row.id for row in fresh if stood.get(row.id, row.rank) != row.rank}


def _in_order(places: Sequence[int]) -> int:
    """How many need not move: the length of the longest rising run of places."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def read_order(text: str) -> list[tuple[int, int]]:
    """`7-1,9-2` as the page sends it: ids with the group each stands in; anything else is left out."""
    found = []
    for part in text.split(",")[:MOST]:
        one, _dash, section = part.partition("-")
        if one.isascii() and one.isdigit() and len(one) < 20 and section in ("0", "1", "2", "3"):
            found.append((int(one), int(section)))
    return found


def with_kept(
    listing: Listing, scope: Scope, filters: Filters, kept: Sequence[tuple[int, int]], counted: Mapping[str, int]
) -> Listing:
    """The chosen row never leaves by itself: when the new list has no place for it, it stays, struck."""
    there = {line.id for section in listing.sections for line in section.rows}
    lost = [one for one in kept if str(one[0]) not in there]
    if not lost:
        return listing
    now = {section.light: section for section in listing.sections}
    for section in in_place(scope, filters, lost, counted).sections:
        now.setdefault(section.light, replace(section, rows=[])).rows.extend(_gone(section))
    return replace(listing, sections=[*filter(lambda section: section.rows, now.values())])


def _gone(section: Section) -> list[Row]:
    return [line for line in section.rows if line.gone]


def urgent(scope: Scope, filters: Filters) -> list[Row]:
    """Emergencies that nobody has begun: they stand above every list, whatever it is narrowed to."""
    open_ones = queries.listed(scope, Filters(community=filters.community))
    waiting = open_ones.filter(prio=Prio.P0, status__in=UNPROCESSED).order_by("id")
    return rows(scope, queries.lines(waiting[:3]))


def found_by(scope: Scope, wording: str) -> Listing:
    """Tickets with these words, newest first, in one group."""
    found = queries.search(scope, wording, limit=PAGE)
    lines = rows(scope, queries.rows(scope, [one.id for one in found]))
    head = Section("", "", _("从新到旧"), str(len(lines)), lines)
    return Listing([head] if lines else [], total=len(lines))


def choose(listing: Listing, no: str) -> Row | None:
    """Mark the row one comes back to, else the first, as chosen."""
    lines = [line for section in listing.sections for line in section.rows]
    found = next((line for line in lines if line.no == no), lines[0] if lines else None)
    if found:
        found.chosen = True
    return found
