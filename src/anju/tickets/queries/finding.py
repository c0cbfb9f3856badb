"""Finding tickets by words."""

from django.db import connection

from anju.core.scope import Scope
from anju.tickets.models import Ticket
from anju.tickets.models.fulltext import TABLE, community_token, terms
from anju.tickets.queries.listing import LIST_RELATED, visible

MAX_TERMS = 24


def search(scope: Scope, wording: str, *, limit: int = 20) -> list[Ticket]:
    """Tickets whose text has all the words, newest first, within what the asker may see.

    A ticket number finds its ticket; a text without a single letter finds nothing.
    """
    wanted = terms(wording)[:MAX_TERMS]
    if not wanted:
        return []
    rows = visible(scope).select_related(*LIST_RELATED)
    by_number = list(rows.filter(no=wording.strip())[:limit])
    if by_number:
        return by_number
    found = _ids(wanted, scope, limit * 2 if not scope.is_system else limit)
    return list(rows.filter(id__in=found).order_by("-id")[:limit])


def _ids(wanted: list[str], scope: Scope, limit: int) -> list[int]:
    inside = sorted(community_token(one) for one in scope.communities)
    if not inside and not scope.is_system:
        return []
    if connection.vendor == "postgresql":
        match = " & ".join([*wanted, *([f"({' | '.join(inside)})"] if inside else [])])
        statement = f"SELECT id FROM {TABLE} WHERE tokens @@ %s::tsquery ORDER BY id DESC LIMIT %s"  # noqa: S608
    else:
        match = " AND ".join([*wanted, *([f"({' OR '.join(inside)})"] if inside else [])])
        statement = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [match, limit])
        return [row[0] for row in cursor.fetchall()]
