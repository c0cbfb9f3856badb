"""Where the bytes lie: ANJU_DATA_DIR/files/ab/<rest>, written whole or not at all, for our eyes only.

The path comes from a hash of the token, so a listing of the folder opens nothing.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from anju.core import clock, ids

_DRAFT = ".part"


def root() -> Path:
    """The folder of all files."""
    return Path(settings.ANJU_DATA_DIR) / "files"


def name(token: str) -> str:
    """The path of a file below `root()`."""
    digest = sha256(token.encode()).hexdigest()
    return f"{digest[:2]}/{digest[2:42]}"


def write(token: str, data: bytes) -> None:
    """Store the bytes so that they survive a loss of power. Raises OSError, and then leaves nothing behind."""
    path = root() / name(token)
    for folder in (root(), path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{ids.token(6)}{_DRAFT}")
    try:
        _write_through(draft, data)
        draft.rename(path)
        _sync_folder(path.parent)
    except OSError:
        for rest in (draft, path):
            with suppress(OSError):
                rest.unlink(missing_ok=True)
        raise


def read(token: str) -> bytes:
    """The stored bytes. Raises FileNotFoundError."""
    return (root() / name(token)).read_bytes()


def put_back(file: Path) -> None:
    """Take a file of a backup, unpacked at .../ab/<rest>, to its place; what lies there may be sealed by a key that the
    database of the backup does not know."""
    path = root() / file.parent.name / file.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.chmod(0o600)
    file.replace(path)


def remove(token: str) -> None:
    """Forget the bytes; it is no error when they are gone."""
    (root() / name(token)).unlink(missing_ok=True)


def older_than(moment: datetime) -> Iterator[str]:
    """The paths below `root()` written before `moment`, drafts of interrupted writes too."""
    for path in root().glob("*/*"):
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                yield str(path.relative_to(root()))


def remove_path(relative: str) -> None:
    """Forget what lies at a path that `older_than` gave."""
    (root() / relative).unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        moment = clock.now().timestamp()
        os.utime(out.fileno(), (moment, moment))  # the clock of the house, which the lab may move
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
