"""The text index, written with the ticket. It holds keyed tokens, not words: a dump of it says nothing (R16.5)."""

from collections.abc import Iterable, Sequence

from django.db import connection

from anju.core import text
from anju.tickets.models import Ticket
from anju.tickets.models.fulltext import TABLE, community_token, token

BATCH = 200


def add(ticket: Ticket, wording: str) -> None:
    """Index one ticket."""
    add_many([(ticket.id, ticket.community_id, wording)])


def add_many(rows: Sequence[tuple[int, int, str]]) -> None:
    """Index many tickets: (ticket id, community id, text)."""
    values = [(ticket_id, " ".join(_tokens(community_id, wording))) for ticket_id, community_id, wording in rows]
    for start in range(0, len(values), BATCH):
        _insert(values[start : start + BATCH])


def _tokens(community_id: int, wording: str) -> Iterable[str]:
    yield community_token(community_id)
    for term in text.bigrams(wording):
        yield token(term)


def _insert(values: Sequence[tuple[int, str]]) -> None:
    postgres = connection.vendor == "postgresql"
    column, slot = ("id", "(%s, array_to_tsvector(string_to_array(%s, ' ')))") if postgres else ("rowid", "(%s, %s)")
    slots = ", ".join([slot] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} ({column}, tokens) VALUES {slots}",  # noqa: S608 only constants are formatted in
            [part for value in values for part in value],
        )


def remove(ids: Sequence[int]) -> None:
    """Take tickets out of the index."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    slots = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE {column} IN ({slots})", list(ids))  # noqa: S608 only constants
