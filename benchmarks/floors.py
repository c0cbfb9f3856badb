"""What the same rows cost the bare database, without any product around them."""

import psycopg

SCHEMA = """
CREATE TABLE floor_ticket (id bigserial PRIMARY KEY, body text, at timestamptz DEFAULT now(), level int DEFAULT 0,
                           due timestamptz, open boolean DEFAULT true);
CREATE TABLE floor_event (id bigserial PRIMARY KEY, ticket bigint, seq int, body jsonb);
CREATE TABLE floor_outbox (id bigserial PRIMARY KEY, ticket bigint, body text, due timestamptz);
CREATE INDEX ON floor_ticket (due) WHERE open;
CREATE INDEX ON floor_outbox (due);
"""
SWEEP = """
WITH late AS (
  UPDATE floor_tickets_ticket SET level = 1, light = 'RED', rank = 0, due_at = now(), event_seq = event_seq + 1
  RETURNING id, community_id, event_seq),
told AS (
  INSERT INTO floor_notify_delivery
  SELECT (jsonb_populate_record(NULL::floor_notify_delivery,
    (SELECT to_jsonb(d) FROM notify_delivery d LIMIT 1) || jsonb_build_object('id', late.id, 'about_id', late.id))).*
  FROM late)
INSERT INTO floor_journal_entry
SELECT (jsonb_populate_record(NULL::floor_journal_entry,
  (SELECT to_jsonb(e) FROM journal_entry e LIMIT 1)
  || jsonb_build_object('id', late.id, 'subject_id', late.id, 'seq', late.event_seq))).*
FROM late
"""


class Floor:
    """A connection of its own to the same server."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)
        with self.connection.transaction():
            self.connection.execute(SCHEMA)

    def intake(self, units: int) -> None:
        """One transaction each: ticket, event, two outbox rows (four statements)."""
        for _unit in range(units):
            with self.connection.transaction():
                row = self.connection.execute(
                    "INSERT INTO floor_ticket (body, due) VALUES (%s, now()) RETURNING id", ["厨房水龙头一直滴漏" * 3]
                ).fetchone()
                number = row[0] if row else 0
                self.connection.execute(
                    "INSERT INTO floor_event (ticket, seq, body) VALUES (%s, 1, '{\"a\": 1}')", [number]
                )
                for _row in range(2):
                    self.connection.execute(
                        "INSERT INTO floor_outbox (ticket, body, due) VALUES (%s, %s, now())",
                        [number, "已收到您反映的" * 5],
                    )

    def prepare_sweep(self, count: int) -> None:
        """The same tickets in tables of the same columns and indexes."""
        with self.connection.transaction():
            for table in ("tickets_ticket", "journal_entry", "notify_delivery"):
                self.connection.execute(f"DROP TABLE IF EXISTS floor_{table}")
                self.connection.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)")
            self.connection.execute(
                "INSERT INTO floor_tickets_ticket SELECT * FROM tickets_ticket ORDER BY id LIMIT %s", [count]
            )
        self.connection.execute("ANALYZE")
        self.connection.commit()

    def sweep(self, units: int) -> None:
        """Set-based: raise the level of everything, one event and one message each, in one transaction."""
        with self.connection.transaction():
            self.connection.execute(SWEEP)

    def newest(self, units: int) -> None:
        """The fifty newest open rows by index."""
        for _unit in range(units):
            self.connection.execute("SELECT * FROM floor_ticket WHERE open ORDER BY id DESC LIMIT 50").fetchall()
            self.connection.commit()
