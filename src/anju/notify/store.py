"""Writing many deliveries in one statement: each row is bound to its own values, so the ORM's own bulk forms are slow."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field

from anju.notify.models import Delivery


def insert(rows: Sequence[Delivery]) -> None:
    """Store new rows with one INSERT."""
    if not rows:
        return
    fields = Delivery._meta.concrete_fields
    columns = ", ".join(_quoted(field) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    values = [[field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_table()} ({columns}) VALUES ({holes})", values)  # noqa: S608
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(rows: Iterable[Delivery], names: Sequence[str]) -> None:
    """Store these fields of rows that the caller holds locked, with one UPDATE."""
    by_name = {field.name: field for field in Delivery._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    setters = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk] for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {_table()} SET {setters} WHERE id = %s", values)  # noqa: S608


def _quoted(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _table() -> str:
    return connection.ops.quote_name(Delivery._meta.db_table)
