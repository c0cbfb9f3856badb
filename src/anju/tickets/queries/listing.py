"""Lists of tickets: what an asker may see, filtered, in the order of the lights, by keyset."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet

from anju.core.scope import Kind, Scope
from anju.tickets.access import SEE_ALL
from anju.tickets.choices import Light, Status
from anju.tickets.models import Ticket
from anju.tickets.models.ticket import OPEN
from anju.tickets.queries import paging
from anju.tickets.queries.lines import Line, lines

LIST_RELATED = ("community", "place", "room", "asset", "handler", "accountable")
MANY = 1000
COUNTED = ("id", "rank", "status", "visit_due", "handler_id", "accountable_id")
VIEWS = ("all", "mine", "new", "waiting", "visit", "closed")
Each = TypeVar("Each", Ticket, Line)


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
class Page(Generic[Each]):
    """Some rows of a list and the cursor of the next ones, "" at the end."""

    rows: Sequence[Each]
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
    if scope.kind is Kind.SCREEN:
        return rows.filter(community_id__in=scope.communities)
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


def queue(
    scope: Scope,
    filters: Filters,
    *,
    limit: int = 50,
    cursor: str = "",
    sort: str = "light",
    among: Collection[int] | None = None,
) -> Page[Ticket]:
    """One page of a list in one of `paging.ORDERS`; `among` are the ids it is narrowed to, as by a search."""
    rows = _narrowed(scope, filters).select_related(*LIST_RELATED)
    if among is not None:
        rows = rows.filter(id__in=among)
    return _page(list(_from(rows, cursor, sort)[: limit + 1]), limit)


def queue_lines(scope: Scope, filters: Filters, *, limit: int = 50, cursor: str = "") -> Page[Line]:
    """What must be done first, as lines: a page of whole tickets costs five times as much."""
    return _page(lines(_from(_narrowed(scope, filters), cursor, "light")[: limit + 1]), limit)


def _from(rows: QuerySet[Ticket], cursor: str, sort: str) -> QuerySet[Ticket]:
    if cursor:
        rows = rows.filter(paging.after(cursor, sort))
    return rows.order_by(*paging.ORDERS[sort])


def _page(found: list[Each], limit: int) -> Page[Each]:
    return Page(found[:limit], paging.cursor_of(found[limit - 1]) if len(found) > limit else "")


def counts(scope: Scope, filters: Filters, views: Sequence[str] = ()) -> dict[str, int]:
    """How many tickets per light, and in each of these open views of the same community: up to a thousand each, all in
    one short statement. A cursor, because the ORM counts one list at a time and says each list's whole condition."""
    lists = {light.value: ("listed", Q(rank=rank)) for rank, light in enumerate(Light)}
    lists |= {view: ("around", _wanted(view, scope)) for view in views}
    around = _narrowed(scope, Filters(view="open", community=filters.community))
    try:
        listed, listed_values = _narrowed(scope, filters).values(*COUNTED).query.sql_with_params()
        whole, whole_values = around.values(*COUNTED).query.sql_with_params()
    except EmptyResultSet:  # who belongs nowhere sees nothing
        return dict.fromkeys(lists, 0)
    columns, values = [], [*listed_values, *whole_values]
    compiler = around.query.get_compiler(connection=connection)
    for table, wanted in lists.values():
        where, given = Ticket.objects.filter(wanted).query.where.as_sql(compiler, connection)
        columns.append(
            f'(SELECT COUNT(*) FROM (SELECT 1 FROM {table} AS "tickets_ticket" WHERE {where} LIMIT {MANY}) AS counted)'  # noqa: S608
        )
        values += given
    tables = f"listed AS NOT MATERIALIZED ({listed}), around AS NOT MATERIALIZED ({whole})"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {tables} SELECT {', '.join(columns)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))


def listed(scope: Scope, filters: Filters) -> QuerySet[Ticket]:
    """The tickets a list is about, in no order: to count them, or to ask whether a row still belongs to it."""
    return _narrowed(scope, filters)


def rows(scope: Scope, ids: Sequence[int]) -> list[Line]:
    """These tickets in this order, as lines; those the asker may not see are left out."""
    found = {line.id: line for line in lines(visible(scope).filter(id__in=ids))}
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
    return rows.filter(_wanted(view, scope), status__in=OPEN)


def _wanted(view: str, scope: Scope) -> Q:
    """What a view of open tickets is narrowed to beyond being open."""
    work = ~Q(status=Status.PENDING_VISIT, visit_due=False)
    return {
        "all": work,
        "mine": work & (Q(handler_id=scope.staff_id) | Q(accountable_id=scope.staff_id)),
        "new": Q(status=Status.NEW),
        "waiting": Q(status=Status.ACCEPTED),
        "visit": Q(status__in=[Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT]),
    }.get(view, Q())


def in_hand(scope: Scope, community_id: int) -> dict[int, int]:
    """How many tickets each worker of one of the asker's communities has in hand."""
    if not scope.is_system and community_id not in scope.communities:
        return {}
    working = (Status.DISPATCHED, Status.TAKEN, Status.IN_PROGRESS)
    rows = Ticket.objects.filter(community_id=community_id, status__in=working, handler__isnull=False)
    return dict(rows.values_list("handler_id").annotate(n=Count("id")).values_list("handler_id", "n"))
