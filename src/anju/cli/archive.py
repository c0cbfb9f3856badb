"""What a backup holds, and how it is made and opened: a tar of the database, the photos and the notes of the erased.

Everything goes through `vault.stream`; the only plain copies are of a database whose personal columns are sealed, in the
data folder (mode 0600), for as long as it takes.
"""

import base64
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connection

from anju.core import clock
from anju.files import disk
from anju.vault import erasing, master, rotation, stream

FACTS, DATABASE, ERASED = "facts.json", "database", "erased.log"


class Unfit(ValueError):
    """This backup cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a backup turned out to hold."""

    made_at: str
    vendor: str
    rows: int
    files: int
    keys: int


def write(target: Path) -> Checked:
    """Make a backup of the running office. Raises OSError or Unfit; then there is no file at `target`."""
    draft = target.with_name(f"{target.name}.part")
    with _copy() as database:
        rows = _rows(database) if connection.vendor == "sqlite" else 0
        facts: dict[str, Any] = {
            "made_at": clock.iso(clock.now()),
            "vendor": connection.vendor,
            "rows": rows,
            "keys": {str(row.pk): base64.b64encode(bytes(row.wrapped)).decode() for row in rotation.held()},
        }
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            sealed = stream.Writer(out)
            files = _fill(sealed, facts, database)
            sealed.close()
            out.flush()
            os.fsync(out.fileno())
    draft.rename(target)
    return Checked(facts["made_at"], facts["vendor"], rows, files, len(facts["keys"]))


def _fill(sealed: stream.Writer, facts: dict[str, Any], database: Path) -> int:
    """Files come after the database: what it names is there, or was dropped since."""
    count = 0
    with tarfile.open(mode="w|", fileobj=cast("Any", sealed), format=tarfile.PAX_FORMAT) as tar:
        _put(tar, FACTS, json.dumps(facts).encode())
        tar.add(database, DATABASE)
        _put(tar, ERASED, erasing.notes_file().read_bytes() if erasing.notes_file().exists() else b"")
        for path in sorted(disk.root().glob("*/*")):
            try:
                _put(tar, f"files/{path.relative_to(disk.root())}", path.read_bytes())
                count += 1
            except FileNotFoundError:
                continue
    return count


def _put(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


@contextmanager
def opened(source: Path, into: Path) -> Iterator[Checked]:
    """Unpack a backup below `into` and check all of it. Raises Unfit, or vault errors for a changed or cut file."""
    count = 0
    facts: dict[str, Any] = {}
    with source.open("rb") as raw:
        reader = stream.Reader(raw)
        with tarfile.open(mode="r|", fileobj=cast("Any", reader)) as tar:
            for member in tar:
                facts, count = facts or _facts(tar, member), count + member.name.startswith("files/")
                if member.name != FACTS:
                    _unpack(tar, member, into)
        reader.read()  # to the end: what is missing behind the tar is missing too
    if facts.get("vendor") == "sqlite":
        _check_sqlite(into / DATABASE, facts["rows"])
    elif not (into / DATABASE).exists() or _tool(["pg_restore", "--file", os.devnull, str(into / DATABASE)]):
        raise Unfit("备份里的数据库读不出来")
    for number, wrapped in facts["keys"].items():
        master.current().unwrap(base64.b64decode(wrapped), number.encode())
    yield Checked(facts["made_at"], facts["vendor"], facts["rows"], count, len(facts["keys"]))


def _facts(tar: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, Any]:
    file = tar.extractfile(member)
    if member.name != FACTS or file is None:
        raise Unfit("这不是安居的备份")
    return dict(json.load(file))


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> None:
    """A plain file below `into`, nothing else; tarfile's own filters are missing in the Python of Debian 12."""
    source, target = tar.extractfile(member), (into / member.name).resolve()
    if source is None or not member.isreg() or not target.is_relative_to(into.resolve()):
        raise Unfit("这不是安居的备份")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(source, out)


@contextmanager
def _copy() -> Iterator[Path]:
    """A consistent copy of the database while everybody works."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.ANJU_DATA_DIR) as folder:
        copy = Path(folder) / DATABASE
        if connection.vendor == "sqlite":
            source = f"file:{settings.DATABASES['default']['NAME']}?mode=ro"
            with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(copy)) as kept:
                live.backup(kept)
                kept.execute("PRAGMA journal_mode=DELETE")
        elif error := _tool(["pg_dump", "--format=custom", "--no-owner", "--file", str(copy)]):
            raise Unfit(error)
        yield copy


def put_back(folder: Path) -> None:
    """Let an unpacked backup be the office's database; the one before stays beside it (SQLite) or is replaced in one
    transaction (PostgreSQL). Nothing else may be running. Raises Unfit."""
    connection.close()
    if connection.vendor != "sqlite":
        words = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        name = str(settings.DATABASES["default"]["NAME"])
        if error := _tool([*words, "--dbname", name, str(folder / DATABASE)]):
            raise Unfit(error)
        return
    live = Path(settings.DATABASES["default"]["NAME"])
    stamp = f"{clock.local(clock.now()):%Y%m%d-%H%M%S}"
    for suffix in ("", "-wal", "-shm"):
        old = live.with_name(live.name + suffix)
        if old.exists():
            old.rename(live.with_name(f"{live.name}.before-{stamp}{suffix}"))
    (folder / DATABASE).chmod(0o600)
    shutil.move(folder / DATABASE, live)


def _check_sqlite(database: Path, rows: int) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Unfit("备份里的数据库已损坏")
        if _rows(database) != rows:
            raise Unfit("备份里的数据库少了数据")
    except sqlite3.DatabaseError as error:
        raise Unfit("备份里的数据库已损坏") from error


def _rows(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as copy:
        names = copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        counts = (copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall())  # noqa: S608
        return sum(counts)


def _tool(words: list[str]) -> str:
    """Run a program of PostgreSQL against our database, the password in its environment only; gives its complaint."""
    held = settings.DATABASES["default"]
    known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = os.environ | {name: str(held[key]) for name, key in known.items() if held.get(key)}
    try:
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise Unfit(f"没有{words[0]}，请安装 postgresql-client") from error
    return "" if done.returncode == 0 else " ".join(done.stderr.split())[:500] or f"{words[0]} {done.returncode}"
