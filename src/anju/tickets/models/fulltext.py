"""The full-text table: FTS5 on SQLite, tsvector with GIN on PostgreSQL; made by a migration, not by the ORM."""

from anju.core import text
from anju.vault.blind import blind_token

TABLE = "tickets_fulltext"

CREATE = {
    "sqlite": (f"CREATE VIRTUAL TABLE {TABLE} USING fts5(tokens, tokenize='unicode61', detail='none')",),
    "postgresql": (
        f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        f"CREATE INDEX {TABLE}_tokens ON {TABLE} USING gin (tokens) WITH (fastupdate = on)",
    ),
}
DROP = f"DROP TABLE {TABLE}"


def token(term: str) -> str:
    """The keyed token of a search term."""
    return "t" + blind_token(term)


def community_token(community_id: int) -> str:
    """The token every ticket of a community carries, so that a search stays inside the asker's communities."""
    return f"c{community_id:x}"


def terms(wording: str) -> list[str]:
    """The tokens a ticket must have to match what somebody typed: those of every word between blanks."""
    found = dict.fromkeys(term for word in wording.split() for term in text.bigrams(word))
    return [token(term) for term in found]
