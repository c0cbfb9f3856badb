"""The master key: outside the database, it only wraps and unwraps data keys (R16.5).

`MasterKey` is what a key-management service would have to offer; `LocalMasterKey` is the one that ships: 32 bytes in
base64 from ANJU_MASTER_KEY, else from the file settings.ANJU_MASTER_KEY_FILE.
"""

import base64
import binascii
import os
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from anju.core import env, ids
from anju.vault.cipher import KEY_SIZE, Key

_LOCAL_ID = 0


class MasterKey(Protocol):
    """Wraps data keys. `context` ties a wrapped key to its row."""

    def wrap(self, data_key: bytes, context: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes: ...


class LocalMasterKey:
    """A master key held in this process."""

    def __init__(self, raw: bytes) -> None:
        self._key = Key(_LOCAL_ID, raw)

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        return self._key.seal(data_key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        return self._key.open(wrapped, context)


def exists() -> bool:
    """True when a master key is configured or stored."""
    return bool(env.text("ANJU_MASTER_KEY")) or _file().exists()


def create() -> None:
    """Write a fresh master key to its file (mode 0600) unless another process was first."""
    path = _file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{ids.token(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(base64.b64encode(os.urandom(KEY_SIZE)) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@cache
def current() -> MasterKey:
    """The master key of this process. Raises ImproperlyConfigured when it is absent or not 32 bytes in base64."""
    text = env.text("ANJU_MASTER_KEY")
    where = "ANJU_MASTER_KEY"
    if not text:
        path = _file()
        where = "ANJU_MASTER_KEY_FILE"
        try:
            text = path.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{where}: the master key cannot be read") from error
    return LocalMasterKey(_decode(text, where))


def forget() -> None:
    """Read the master key again at its next use."""
    current.cache_clear()


def _file() -> Path:
    return Path(settings.ANJU_MASTER_KEY_FILE)


def _decode(text: str, where: str) -> bytes:
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{where}: not base64") from error
    if len(raw) != KEY_SIZE:
        raise ImproperlyConfigured(f"{where}: must be {KEY_SIZE} bytes, not {len(raw)}")
    return raw
