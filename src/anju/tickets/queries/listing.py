"""Lists of tickets: what an asker may see, filtered, in the order of the lights, by keyset."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.tickets.access import SEE_ALL
from anju.tickets.choices import Light, Status
from anju.tickets.models import Ticket
from anju.tickets.models.ticket import OPEN

LIST_RELATED = ("community", "place", "room", "asset", "handler", "accountable")
MANY = 1000
MAX_CURSOR = 200
VIEWS = ("all", "mine", "new", "waiting", "visit", "closed")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    view: str = "all"
    light: str = ""
    status: str = ""
    dept: str = ""
    handler: int | None = None
    leaf: str = ""
    community: int | None = None
    no_children: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list and the cursor of the next ones, "" at the end."""

    rows: Sequence[Ticket]
    cursor: str = ""


def visible(scope: Scope) -> QuerySet[Ticket]:
    """Every ticket this asker may see (screens of domain file 01)."""
    rows = Ticket.objects.all()
    if scope.is_system:
        return rows
    if scope.kind is Kind.RESIDENT:
        return rows.filter(Q(reporter_id=scope.person_id) | Q(id__in=scope.tickets))
    if scope.kind is Kind.GUEST:
        return rows.filter(id__in=scope.tickets)
    return _for_staff(rows, scope)


def _for_staff(rows: QuerySet[Ticket], scope: Scope) -> QuerySet[Ticket]:
    seeing = [one for one, roles in scope.roles.items() if not roles.isdisjoint(SEE_ALL)]
    rest = [one for one in scope.communities if one not in seeing]
    if not rest:
        return rows.filter(community_id__in=seeing)
    me = scope.staff_id
    own = Q(handler_id=me) | Q(co_offer_id=me) | Q(first_contact_id=me) | Q(reporter_staff_id=me)
    for one in rest:
        if scope.has(one, "OUT"):
            own |= Q(community_id=one, status=Status.NEW)
        if scope.has(one, "WK"):
            own |= Q(community_id=one, status=Status.DISPATCHED, lead_dept=scope.depts.get(one, ""))
    return rows.filter(Q(community_id__in=seeing) | (Q(community_id__in=rest) & own))


def queue(scope: Scope, filters: Filters, *, limit: int = 50, cursor: str = "") -> Page:
    """Open tickets in the order of what must be done first: light, unheld, overdue, nearest deadline."""
    rows = _narrowed(scope, filters).select_related(*LIST_RELATED)
    if cursor:
        rows = rows.filter(_after(_opened(cursor)))
    found = list(rows.order_by("rank", "held", F("due_at").asc(nulls_last=True), "id")[: limit + 1])
    return Page(found[:limit], _cursor(found[limit - 1]) if len(found) > limit else "")


def counts(scope: Scope, filters: Filters) -> dict[str, int]:
    """How many open tickets per light, counted up to a thousand each."""
    base = _narrowed(scope, filters)
    return {light.value: base.filter(rank=rank)[:MANY].count() for rank, light in enumerate(Light)}


def listed(scope: Scope, filters: Filters) -> QuerySet[Ticket]:
    """The tickets a list is about, in no order: to count them, or to ask whether a row still belongs to it."""
    return _narrowed(scope, filters)


def rows(scope: Scope, ids: Sequence[int]) -> list[Ticket]:
    """These tickets in this order, with what a row shows; those the asker may not see are left out."""
    found = visible(scope).select_related(*LIST_RELATED).in_bulk(list(ids))
    return [found[one] for one in ids if one in found]


def _narrowed(scope: Scope, filters: Filters) -> QuerySet[Ticket]:
    rows = visible(scope)
    if filters.community:
        rows = rows.filter(community_id=filters.community)
    if filters.no_children:
        rows = rows.filter(master=None)
    rows = _view(rows, filters.view, scope)
    plain = {
        "light": filters.light,
        "status": filters.status,
        "lead_dept": filters.dept,
        "handler_id": filters.handler,
        "leaf_code": filters.leaf,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def _view(rows: QuerySet[Ticket], view: str, scope: Scope) -> QuerySet[Ticket]:
    if view == "closed":
        return rows.exclude(status__in=OPEN)
    if view == "any":
        return rows
    rows = rows.filter(status__in=OPEN)
    if view in ("all", "mine"):
        rows = rows.exclude(status=Status.PENDING_VISIT, visit_due=False)
    if view == "mine":
        return rows.filter(Q(handler_id=scope.staff_id) | Q(accountable_id=scope.staff_id))
    wanted = {
        "new": [Status.NEW],
        "waiting": [Status.ACCEPTED],
        "visit": [Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT],
    }
    return rows.filter(status__in=wanted[view]) if view in wanted else rows


def _cursor(row: Ticket) -> str:
    key = [row.rank, row.held, row.due_at.isoformat() if row.due_at else None, row.id]
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _opened(cursor: str) -> list[Any]:
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor[:MAX_CURSOR] + "=" * (-len(cursor) % 4)))
        rank, held, due_at, row_id = key
        due = datetime.fromisoformat(due_at).astimezone(UTC) if due_at else None
        return [_small(rank), bool(held), due, _small(row_id)]
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused("CURSOR_INVALID", _("翻页位置已失效，请从头看"), status=422) from error


def _small(value: object) -> int:
    """A whole number as databases hold it. Raises ValueError."""
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("not a number of ours")
    return value


def _after(key: list[Any]) -> Q:
    rank, held, due_at, row_id = key
    same = Q(rank=rank, held=held)
    if due_at is None:
        tail = same & Q(due_at=None, id__gt=row_id)
    else:
        tail = same & (Q(due_at__gt=due_at) | Q(due_at=None) | Q(due_at=due_at, id__gt=row_id))
    return Q(rank__gt=rank) | (Q(rank=rank, held=True) if not held else Q(pk=None)) | tail


def in_hand(scope: Scope, community_id: int) -> dict[int, int]:
    """How many tickets each worker of one of the asker's communities has in hand."""
    if not scope.is_system and community_id not in scope.communities:
        return {}
    working = (Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS)
    rows = Ticket.objects.filter(community_id=community_id, status__in=working, handler__isnull=False)
    return dict(rows.values_list("handler_id").annotate(n=Count("id")).values_list("handler_id", "n"))
