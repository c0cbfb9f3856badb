"""Columns and cards, and which step moves a card from one to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from anju.accounts.access import allowed
from anju.accounts.choices import Dept
from anju.core.scope import Scope
from anju.desk.queue.pages import upto
from anju.desk.queue.rows import Row, rows
from anju.desk.ticket.buttons import LEADERS
from anju.desk.ticket.steps import BY_ACTION
from anju.estate.models import Community
from anju.tickets import access, queries
from anju.tickets.choices import Status
from anju.tickets.queries import Filters, Line
from anju.tickets.rules import flow

MOST = 300
"""So many cards at once, the most urgent first."""
DEPTS = [("", _("不限")), *Dept.choices]
COLUMNS: Sequence[tuple[str, Any, frozenset[Status]]] = (
    ("new", _("待受理"), frozenset({Status.NEW})),
    ("waiting", _("待派单"), frozenset({Status.ACCEPTED})),
    ("offered", _("待接单"), frozenset({Status.DISPATCHED})),
    ("work", _("处理中"), frozenset({Status.TAKEN, Status.IN_PROGRESS})),
    ("held", _("挂起"), frozenset({Status.SUSPENDED})),
    ("done", _("待回访"), frozenset({Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT})),
)
MOVES: Mapping[tuple[str, str], str] = {
    ("new", "waiting"): "accept",
    ("new", "offered"): "accept",
    ("waiting", "offered"): "dispatch",
    ("offered", "held"): "suspend",
    ("work", "held"): "suspend",
    ("work", "offered"): "transfer",
    ("held", "work"): "resume",
    ("done", "work"): "reject",
}
"""(from, to) -> the step that leads there. Taking and finishing are the worker's own."""


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket in two lines; `moves` is "column=address column=address" of where the asker may move it now."""

    row: Row
    moves: str


@dataclass(slots=True)
class Column:
    """Tickets of one state."""

    name: str
    label: str
    cards: list[Card] = field(default_factory=list)
    more: bool = False

    @property
    def count(self) -> str:
        """How many; with + when there are more than a board shows."""
        return f"{len(self.cards)}+" if self.more else upto(len(self.cards))


def dept_of(text: str) -> str:
    """A department that exists, else ""."""
    return text if text in Dept.values else ""


def columns(scope: Scope, community: Community, dept: str, *, at: str) -> list[Column]:
    """All columns, each in the order of the lights."""
    page = queries.queue_lines(scope, Filters(community=community.id, dept=dept), limit=MOST)
    found = {name: Column(name, str(label), more=bool(page.cursor)) for name, label, _states in COLUMNS}
    lines = rows(scope, page.rows)
    chosen = next((one for one in lines if one.no == at), lines[0] if lines else None)
    if chosen:
        chosen.chosen = True
    for line, row in zip(page.rows, lines, strict=True):
        name = column_of(line.status)
        if name:
            found[name].cards.append(Card(row, moves(scope, line, row, name)))
    return list(found.values())


def column_of(status: str) -> str:
    """The column of a state, "" for what is over."""
    return next((name for name, _label, states in COLUMNS if status in states), "")


def moves(scope: Scope, line: Line, row: Row, name: str) -> str:
    """Where it may be moved, by the state table and the asker's rights."""
    path, mark, query = row.url.partition("?")
    ways = [
        f"{to}={path}{BY_ACTION[action].noun}/{mark}{query}"
        for (begin, to), action in MOVES.items()
        if begin == name and _may(scope, line, action)
    ]
    return " ".join(ways)


def _may(scope: Scope, line: Line, action: str) -> bool:
    if not flow.may(action, line.status) or not allowed(scope, access.permission_of(action), line.community_id):
        return False
    if action == "suspend":
        return scope.has(line.community_id, *LEADERS) or scope.staff_id == line.handler_id
    return action != "transfer" or line.locked_at is None or bool(line.ruling)
