"""What the same rows cost the bare database, without any product around them."""

from itertools import count

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

TABLES = ("tickets_ticket", "journal_entry", "notify_delivery")
SWEEP = """
WITH late AS (
  UPDATE floor_tickets_ticket SET level = 1, light = 'RED', rank = 0, due_at = now(), event_seq = event_seq + 1
  RETURNING id, event_seq),
told AS (INSERT INTO floor_notify_delivery ({delivery}) SELECT {delivery_values} FROM late)
INSERT INTO floor_journal_entry ({entry}) SELECT {entry_values} FROM late
"""


class Floor:
    """A connection of its own to the same server."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)
        self.numbers = count(1)
        self.names: dict[str, list[str]] = {}
        self.rows: dict[str, list[object]] = {}
        self._sweep = b""

    def prepare_intake(self) -> None:
        """Tables of the product's own columns and indexes, and one real row of each to write again."""
        self._copies()
        with self.connection.transaction():
            self.rows = {table: self._sample(table) for table in TABLES}

    def _copies(self) -> None:
        with self.connection.transaction():
            for table in TABLES:
                self.connection.execute(f"DROP TABLE IF EXISTS floor_{table}")
                self.connection.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")

    def _sample(self, table: str) -> list[object]:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")
            row = cursor.fetchone() or ()
            self.names[table] = [column.name for column in cursor.description or ()]
        return [Jsonb(value) if isinstance(value, dict | list) else value for value in row]

    def intake(self, units: int) -> None:
        """One transaction each: ticket, event, two outbox rows (four statements), of the product's own width."""
        for _unit in range(units):
            with self.connection.transaction():
                for table in ("tickets_ticket", "journal_entry", "notify_delivery", "notify_delivery"):
                    self._insert(table, next(self.numbers))

    def _insert(self, table: str, number: int) -> None:
        values = [
            number if name in ("id", "subject_id") else f"F{number}" if name == "no" else value
            for name, value in zip(self.names[table], self.rows[table], strict=True)
        ]
        holes = ", ".join(["%s"] * len(values))
        self.connection.execute(f"INSERT INTO floor_{table} VALUES ({holes})", values)

    def prepare_sweep(self, count: int) -> None:
        """The same tickets in tables of the same columns and indexes."""
        self.prepare_intake()
        with self.connection.transaction():
            self.connection.execute(
                "INSERT INTO floor_tickets_ticket SELECT * FROM tickets_ticket ORDER BY id LIMIT %s", [count]
            )
            self._sweep = self._written(SWEEP)
        self.connection.execute("ANALYZE")
        self.connection.commit()

    def _written(self, statement: str) -> bytes:
        """The columns and constants of one real row each, as a skilled person would write them by hand; only what
        tells the rows apart comes from the update."""
        from_update = {"about_id": "late.id", "subject_id": "late.id", "seq": "late.event_seq", "id": "late.id"}
        parts = {}
        for name, table in (("delivery", "notify_delivery"), ("entry", "journal_entry")):
            row = dict(zip(self.names[table], self.rows[table], strict=True))
            parts[name] = sql.SQL(", ").join(map(sql.Identifier, row))
            parts[f"{name}_values"] = sql.SQL(", ").join(
                sql.SQL(from_update[column]) if column in from_update else sql.Literal(value)
                for column, value in row.items()
            )
        return sql.SQL(statement).format(**parts).as_bytes(self.connection)

    def sweep(self, units: int) -> None:
        """Set-based: raise the level of everything, one event and one message each, in one transaction."""
        with self.connection.transaction():
            self.connection.execute(self._sweep)
