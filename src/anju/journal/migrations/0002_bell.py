"""PostgreSQL rings a bell when a transaction that wrote to the journal commits; who listens need not ask all the time."""

from typing import Any

from django.db import migrations

CREATE = (
    "CREATE FUNCTION journal_ring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NOTIFY anju_journal; RETURN NULL; END'",
    "CREATE TRIGGER journal_bell AFTER INSERT ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_ring()",
)
DROP = "DROP FUNCTION IF EXISTS journal_ring() CASCADE"


def create(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in CREATE:
            editor.execute(statement)


def drop(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunPython(create, drop, elidable=False),)
