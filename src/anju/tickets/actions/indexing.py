"""The text index, written with the ticket. It holds keyed tokens, not words: a dump of it says nothing (R16.5)."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from anju.core import text
from anju.tickets.models import Ticket
from anju.tickets.models.fulltext import TABLE, community_token, key_token, token
from anju.vault.rotation import Done

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
    yield key_token()
    for term in text.bigrams(wording):
        yield token(term)


def renew() -> Iterator[Done]:
    """Index again what an older index key indexed, newest first; gives the count of each batch. Resumes by itself."""
    last: int | None = None
    while True:
        with transaction.atomic():
            rows = Ticket.objects.select_for_update().order_by("-id")
            batch = list((rows.filter(id__lt=last) if last else rows)[:BATCH])
            stale = _stale(batch) if batch else []
            _delete([ticket.id for ticket in stale])
            add_many([(ticket.id, ticket.community_id, ticket.text) for ticket in stale])
        if not batch:
            return
        yield Done(len(batch), len(stale))
        last = batch[-1].id


def _stale(batch: Sequence[Ticket]) -> list[Ticket]:
    marker, postgres = key_token(), connection.vendor == "postgresql"
    column, tokens = ("id", "tokens::text") if postgres else ("rowid", "tokens")
    slots = ", ".join(["%s"] * len(batch))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, {tokens} FROM {TABLE} WHERE {column} IN ({slots})",  # noqa: S608 only constants
            [ticket.id for ticket in batch],
        )
        fresh = {row[0]: marker in row[1] for row in cursor.fetchall()}
    return [ticket for ticket in batch if not fresh.get(ticket.id, True)]


def _delete(ids: Sequence[int]) -> None:
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE {column} = %s", [[one] for one in ids])  # noqa: S608


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
