"""A throw-away server starts beside any other, takes Chinese, and leaves nothing behind."""

from pathlib import Path

import psycopg
import pytest

from tools import postgres


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is missing")
def test_a_server_comes_and_goes():
    cluster = postgres.Cluster()
    url = cluster.start()
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT lower('甲A'), setting FROM pg_settings WHERE name = 'data_directory'"
        ).fetchone()
    cluster.stop()
    assert row is not None
    assert row[0] == "甲a"
    assert not Path(row[1]).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)


def test_without_programs_it_says_so(monkeypatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)
    with pytest.raises(RuntimeError, match="apt-get install postgresql"):
        postgres.Cluster().start()
