"""Finding tickets by words."""

import re

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.core import phones, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.addresses import exact
from anju.estate.models import Room
from anju.tickets.access import SEE_ALL
from anju.tickets.models import Ticket
from anju.tickets.models.fulltext import TABLE, community_token, terms
from anju.tickets.queries.listing import LIST_RELATED, MANY, Filters, listed, visible
from anju.vault.blind import blinds

MAX_TERMS = 24
_NAMES_SOMEBODY = re.compile(r"[\d\s\-—+栋幢座号楼单元室房户层#]+")


def search(scope: Scope, wording: str, *, limit: int = 20) -> list[Ticket]:
    """Tickets whose text has all the words, newest first, within what the asker may see.

    A ticket number finds its ticket; a text without a single letter finds nothing. For staff an address or a phone
    finds its tickets when it is whole. Raises Refused SEARCH_TOO_BROAD for a part of one.
    """
    rows = visible(scope)
    return list(rows.select_related(*LIST_RELATED).filter(id__in=_matches(scope, wording, rows, limit)).order_by("-id"))


def matching(scope: Scope, wording: str, filters: Filters) -> list[int]:
    """The ids of the newest thousand tickets of a list whose text has all the words."""
    return _matches(scope, wording, listed(scope, filters), MANY, narrowed=filters != Filters(view="any"))


def _matches(scope: Scope, wording: str, rows: QuerySet[Ticket], limit: int, *, narrowed: bool = False) -> list[int]:
    wording = text.one_line(wording)
    wanted = terms(wording)[:MAX_TERMS]
    if not wanted:
        return []
    by_number = list(rows.filter(no=wording).values_list("id", flat=True)[:limit])
    if by_number:
        return by_number
    if scope.is_staff and _NAMES_SOMEBODY.fullmatch(wording):
        return list(_exactly(rows, scope, wording).order_by("-id").values_list("id", flat=True)[:limit])
    return _ids(rows, wanted, scope, limit, narrowed=narrowed)


def _exactly(rows: QuerySet[Ticket], scope: Scope, wording: str) -> QuerySet[Ticket]:
    """The tickets of a whole address or a whole phone number: residents are looked up, never browsed (R16.1)."""
    phone = phones.parse(wording)
    if phone is not None:
        return rows.filter(reporter_hash__in=blinds(phone.number, "phone"))
    found = [exact(scope, one, wording) for one in sorted(scope.communities)]
    homes = [one.id for one in found if isinstance(one, Room)]
    if not homes:
        raise Refused("SEARCH_TOO_BROAD", _("请使用完整地址精确匹配"))
    return rows.filter(room_id__in=homes)


def _ids(
    rows: QuerySet[Ticket], wanted: list[tuple[str, ...]], scope: Scope, limit: int, *, narrowed: bool
) -> list[int]:
    """The newest matches. In a narrowed list, and for whoever does not see everything, they are looked for among its
    rows, or they would be hidden behind newer ones. A cursor, because no expression of the ORM reads the index."""
    inside = sorted(community_token(one) for one in scope.communities)
    if not inside and not scope.is_system:
        return []
    own, values = ("", ()) if _sees_everything(scope) and not narrowed else rows.values("id").query.sql_with_params()
    column, statement, match = _looked_up(wanted, inside)
    if own:
        statement += f" AND {column} IN ({own})"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {column} DESC LIMIT %s", [match, *values, limit])
        return [row[0] for row in cursor.fetchall()]


def _looked_up(wanted: list[tuple[str, ...]], inside: list[str]) -> tuple[str, str, str]:
    """The id column of the index, the query for one of each of these tokens in these communities, and its parameter."""
    postgres = connection.vendor == "postgresql"
    both, either = (" & ", " | ") if postgres else (" AND ", " OR ")
    groups = [*wanted, *([inside] if inside else [])]
    match = both.join(f"({either.join(group)})" for group in groups)
    if postgres:
        return "id", f"SELECT id FROM {TABLE} WHERE tokens @@ %s::tsquery", match  # noqa: S608
    return "rowid", f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", match  # noqa: S608


def _sees_everything(scope: Scope) -> bool:
    return scope.is_system or all(scope.has(one, *SEE_ALL) for one in scope.communities)
