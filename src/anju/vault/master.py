"""The master key: outside the database, it only wraps and unwraps data keys (R16.5).

`MasterKey` is what a key-management service has to offer: ANJU_KMS names a module whose `master()` returns one.
`LocalMasterKey` is the one that ships: 32 bytes in base64 from ANJU_MASTER_KEY, else from the file
settings.ANJU_MASTER_KEY_FILE. Several keys (by commas, or one a line) are a key being turned: the first wraps, all unwrap.
"""

import base64
import binascii
import os
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from anju.core import clock, env, ids
from anju.vault import cipher
from anju.vault.cipher import KEY_SIZE, Key
from anju.vault.errors import MasterKeyMissing, Tampered

_UNNAMED = 0
"""The key id in what was wrapped before master keys had names."""
KEEP_OLD = timedelta(hours=1)
"""How long an old master key stays beside the new one, for processes that are just wrapping with it."""


class MasterKey(Protocol):
    """Wraps data keys. `context` ties a wrapped key to its row."""

    def wrap(self, data_key: bytes, context: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Raises MasterKeyMissing, or Tampered."""

    def is_current(self, wrapped: bytes) -> bool:
        """False when it was wrapped by a master key that has been replaced since."""


class LocalMasterKey:
    """Master keys held in this process: the newest, and those before it."""

    def __init__(self, *raws: bytes) -> None:
        self._keys = [Key(_name(raw), raw) for raw in raws]

    def wrap(self, data_key: bytes, context: bytes) -> bytes:
        return self._keys[0].seal(data_key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        named = cipher.key_id(wrapped)
        found = [key for key in self._keys if named in (key.id, _UNNAMED)]
        if not found:
            raise MasterKeyMissing("wrapped by a master key that is not here")
        for key in found[:-1]:
            try:
                return key.open(wrapped, context)
            except Tampered:
                continue
        return found[-1].open(wrapped, context)

    def is_current(self, wrapped: bytes) -> bool:
        return cipher.key_id(wrapped) == self._keys[0].id


def _name(raw: bytes) -> int:
    """A master key's id: of its own hash, so that two files never disagree about it."""
    return int.from_bytes(sha256(b"anju master key" + raw).digest()[:8], "big") | 1


def exists() -> bool:
    """True when a master key is configured or stored."""
    return not in_file() or _file().exists()


def create() -> None:
    """Write a fresh master key to its file (mode 0600) unless another process was first."""
    draft = _draft([_fresh()])
    try:
        os.link(draft, _file())
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def renew() -> None:
    """Put a fresh key before those in the file. Raises ImproperlyConfigured when the key does not come from our file."""
    _draft([_fresh(), *_lines()]).replace(_file())
    forget()


def drop_old() -> int:
    """Leave only the newest key in the file; returns how many went. Raises ImproperlyConfigured, also when the newest
    is younger than an hour. Nothing may be wrapped by the others any more, no backup needed that is older."""
    lines = _lines()
    written = datetime.fromtimestamp(_file().stat().st_mtime, UTC)
    if len(lines) > 1 and clock.now() < written + KEEP_OLD:
        raise ImproperlyConfigured("the new master key is younger than an hour; others may still wrap with the old one")
    if len(lines) > 1:
        _draft(lines[:1]).replace(_file())
        forget()
    return len(lines) - 1


def in_file() -> bool:
    """True when the master key comes from our file and not from a service or the environment."""
    return not (settings.ANJU_KMS or env.text("ANJU_MASTER_KEY"))


def _fresh() -> str:
    return base64.b64encode(os.urandom(KEY_SIZE)).decode()


def _lines() -> list[str]:
    if not in_file():
        raise ImproperlyConfigured("the master key is not in a file of ours: put the new one first where it comes from")
    return _file().read_text(encoding="ascii").split()


def _draft(lines: list[str]) -> Path:
    """A file beside the master key's, on the disk for sure, stamped by the clock of the house."""
    path = _file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{ids.token(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write("".join(f"{line}\n" for line in lines))
        out.flush()
        moment = clock.now().timestamp()
        os.utime(out.fileno(), (moment, moment))
        os.fsync(out.fileno())
    return draft


@cache
def current() -> MasterKey:
    """The master key of this process. Raises ImproperlyConfigured when it is absent or not 32 bytes in base64."""
    if settings.ANJU_KMS:
        service: Any = import_module(settings.ANJU_KMS)
        found: MasterKey = service.master()
        return found
    text = env.text("ANJU_MASTER_KEY")
    where = "ANJU_MASTER_KEY"
    if not text:
        where = "ANJU_MASTER_KEY_FILE"
        try:
            text = _file().read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{where}: the master key cannot be read") from error
    raws = [_decode(one, where) for one in text.replace(",", " ").split()]
    if not raws:
        raise ImproperlyConfigured(f"{where}: empty")
    return LocalMasterKey(*raws)


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
