"""Finding tickets by words."""

from django.db import connection
from django.db.models import QuerySet

from anju.core import text
from anju.core.scope import Scope
from anju.tickets.access import SEE_ALL
from anju.tickets.models import Ticket
from anju.tickets.models.fulltext import TABLE, community_token, terms
from anju.tickets.queries.listing import LIST_RELATED, visible

MAX_TERMS = 24


def search(scope: Scope, wording: str, *, limit: int = 20) -> list[Ticket]:
    """Tickets whose text has all the words, newest first, within what the asker may see.

    A ticket number finds its ticket; a text without a single letter finds nothing.
    """
    wording = text.one_line(wording)
    wanted = terms(wording)[:MAX_TERMS]
    if not wanted:
        return []
    rows = visible(scope).select_related(*LIST_RELATED)
    by_number = list(rows.filter(no=wording)[:limit])
    if by_number:
        return by_number
    return list(rows.filter(id__in=_ids(rows, wanted, scope, limit)).order_by("-id"))


def _ids(rows: QuerySet[Ticket], wanted: list[str], scope: Scope, limit: int) -> list[int]:
    """The newest matches. For whoever does not see everything they are looked for among his own, or what is his
    would be hidden behind newer ones that are not. A cursor, because no expression of the ORM reads the index."""
    inside = sorted(community_token(one) for one in scope.communities)
    if not inside and not scope.is_system:
        return []
    own, values = ("", ()) if _sees_everything(scope) else rows.values("id").query.sql_with_params()
    if connection.vendor == "postgresql":
        match = " & ".join([*wanted, *([f"({' | '.join(inside)})"] if inside else [])])
        column, statement = "id", f"SELECT id FROM {TABLE} WHERE tokens @@ %s::tsquery"  # noqa: S608
    else:
        match = " AND ".join([*wanted, *([f"({' OR '.join(inside)})"] if inside else [])])
        column, statement = "rowid", f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s"  # noqa: S608
    if own:
        statement += f" AND {column} IN ({own})"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {column} DESC LIMIT %s", [match, *values, limit])
        return [row[0] for row in cursor.fetchall()]


def _sees_everything(scope: Scope) -> bool:
    return scope.is_system or all(scope.has(one, *SEE_ALL) for one in scope.communities)
