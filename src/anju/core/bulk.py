"""Many rows in one statement. The ORM's bulk forms spend most of their time on expressions; these write plain rows.

Every function takes instances of one model and stores what they hold, as `save` would. Callers are inside a
transaction; signals and related objects play no part.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import count
from types import NoneType
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

COPY_FROM = 100
"""From so many rows on, PostgreSQL takes them by COPY (a quarter of the time)."""
CHUNK_VALUES = 20_000
_numbers = count()
_PLAIN: frozenset[type] = frozenset({str, bool, NoneType})
_NUMBERED = ("IntegerField", "AutoField", "ForeignKey", "OneToOneField")

AnyField: TypeAlias = "models.Field[Any, Any]"


def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows."""
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    fields = rows[0]._meta.concrete_fields
    if database.vendor == "postgresql" and len(rows) >= COPY_FROM:
        _copy(rows, fields, database)
    else:
        _insert(rows, fields, database, "")
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


def upsert(rows: Sequence[models.Model], *, unique: Sequence[str], update: Sequence[str]) -> None:
    """Store rows; where one with the same `unique` columns exists, its `update` columns are replaced."""
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    fields = rows[0]._meta.concrete_fields
    columns = {field.name: _quoted(field, database) for field in fields}
    columns |= {field.attname: _quoted(field, database) for field in fields}
    keys = ", ".join(columns[name] for name in unique)
    setters = ", ".join(f"{columns[name]} = excluded.{columns[name]}" for name in update)
    tail = f" ON CONFLICT ({keys}) DO UPDATE SET {setters}"
    if database.vendor == "postgresql" and len(rows) >= COPY_FROM:
        stage, names = _stage(rows, fields, database), ", ".join(_quoted(field, database) for field in fields)
        _execute(f"INSERT INTO {_table(rows[0], database)} ({names}) SELECT {names} FROM {stage}{tail}", database)  # noqa: S608
    else:
        _insert(rows, fields, database, tail)
    for row in rows:
        row._state.adding, row._state.db = False, database.alias


def update(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Store these fields of rows that the caller holds locked."""
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    by_name = {field.name: field for field in rows[0]._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    table = _table(rows[0], database)
    if database.vendor == "postgresql" and len(rows) >= COPY_FROM:
        stage = _stage(rows, [rows[0]._meta.concrete_fields[0], *fields], database)
        setters = ", ".join(f"{name} = stage.{name}" for name in (_quoted(field, database) for field in fields))
        _execute(f"UPDATE {table} AS t SET {setters} FROM {stage} AS stage WHERE t.id = stage.id", database)  # noqa: S608
        return
    setters = ", ".join(f"{_quoted(field, database)} = %s" for field in fields)
    with database.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET {setters} WHERE id = %s",  # noqa: S608
            [[*_values(row, fields, database), row.pk] for row in rows],
        )


def _stage(rows: Sequence[models.Model], fields: "Sequence[AnyField]", database: BaseDatabaseWrapper) -> str:
    """The rows in a table that ends with the transaction: COPY is far quicker than a statement with all values in it."""
    name = database.ops.quote_name(f"stage_{next(_numbers)}")
    columns = ", ".join(_quoted(field, database) for field in fields)
    _execute(
        f"CREATE TEMP TABLE {name} ON COMMIT DROP AS SELECT {columns} FROM {_table(rows[0], database)} WITH NO DATA",  # noqa: S608
        database,
    )
    _copy(rows, fields, database, into=name)
    return name


def _execute(statement: str, database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute(statement)


def _insert(
    rows: Sequence[models.Model], fields: "Sequence[AnyField]", database: BaseDatabaseWrapper, tail: str
) -> None:
    columns = ", ".join(_quoted(field, database) for field in fields)
    hole = f"({', '.join(['%s'] * len(fields))})"
    for chunk in _chunks(rows, len(fields)):
        statement = (
            f"INSERT INTO {_table(chunk[0], database)} ({columns}) VALUES {', '.join([hole] * len(chunk))}{tail}"  # noqa: S608
        )
        with database.cursor() as cursor:
            cursor.execute(statement, [value for row in chunk for value in _values(row, fields, database)])


def _copy(
    rows: Sequence[models.Model], fields: "Sequence[AnyField]", database: BaseDatabaseWrapper, *, into: str = ""
) -> None:
    columns = ", ".join(_quoted(field, database) for field in fields)
    statement = f"COPY {into or _table(rows[0], database)} ({columns}) FROM STDIN"
    ready = [list(_values(row, fields, database)) for row in rows]  # before the COPY: sealing may ask for a key
    with database.cursor() as cursor, database.wrap_database_errors, cursor.cursor.copy(statement) as out:
        for values in ready:
            out.write_row(values)


def _chunks(rows: Sequence[models.Model], width: int) -> Iterator[Sequence[models.Model]]:
    size = max(1, CHUNK_VALUES // width)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _values(row: models.Model, fields: "Sequence[AnyField]", database: BaseDatabaseWrapper) -> Iterator[Any]:
    """What goes to the database; plain values take no way round (most of them, in the longest loop here)."""
    held = row.__dict__
    for name, plain, field in _plan(tuple(fields), database.vendor):
        value = held.get(name)
        if type(value) in plain:
            yield value
        else:
            yield field.get_db_prep_save(field.pre_save(row, add=True), database)


@lru_cache(maxsize=200)
def _plan(fields: "tuple[AnyField, ...]", vendor: str) -> "list[tuple[str, frozenset[type], AnyField]]":
    """For each field its name on the row and the types of value that it stores as they are."""
    return [(field.attname, _as_they_are(field.get_internal_type(), vendor), field) for field in fields]


def _as_they_are(kind: str, vendor: str) -> frozenset[type]:
    if kind == "BinaryField":
        return frozenset()
    if kind.endswith(_NUMBERED):
        return _PLAIN | {int}
    return _PLAIN | {datetime} if kind == "DateTimeField" and vendor == "postgresql" else _PLAIN


def _quoted(field: "AnyField", database: BaseDatabaseWrapper) -> str:
    return database.ops.quote_name(str(field.column))


def _table(row: models.Model, database: BaseDatabaseWrapper) -> str:
    return database.ops.quote_name(row._meta.db_table)
