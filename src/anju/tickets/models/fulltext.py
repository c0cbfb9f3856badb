"""The full-text table: FTS5 on SQLite, tsvector with GIN on PostgreSQL; made by a migration, not by the ORM."""

from anju.core import text
from anju.vault import keys
from anju.vault.blind import blind_token, blind_tokens
from anju.vault.choices import Purpose

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


def key_token() -> str:
    """The token that says which index key made the others."""
    return f"k{keys.active(None, Purpose.BLIND).id:x}"


def terms(wording: str) -> list[tuple[str, ...]]:
    """What a ticket must have to match what somebody typed: for every word between blanks one of its tokens."""
    found = dict.fromkeys(term for word in wording.split() for term in text.bigrams(word))
    return [tuple("t" + one for one in blind_tokens(term)) for term in found]
