"""A stream of any length under one key: chunks of AES-256-GCM that cannot be reordered, dropped or cut off.

The stream begins with a mark and its own key, wrapped by the master key. Each chunk is bound to its number and to
whether it is the last; so a file that ends early does not open.
"""

import os
from struct import Struct
from typing import BinaryIO

from anju.vault import master
from anju.vault.cipher import KEY_SIZE, Key, key_id
from anju.vault.errors import Tampered

MARK = b"ANJU-BACKUP-1\n"
CHUNK = 1 << 20
_CONTEXT = b"anju backup"
_SIZE = Struct(">I")
_LAST = 1 << 31


class Writer:
    """Seals what is written; `close` writes the last chunk, without which nobody can open the stream."""

    def __init__(self, out: BinaryIO) -> None:
        raw = os.urandom(KEY_SIZE)
        wrapped = master.current().wrap(raw, _CONTEXT)
        self._out, self._key, self._held, self._number = out, Key(0, raw), bytearray(), 0
        out.write(MARK + _SIZE.pack(len(wrapped)) + wrapped)

    def write(self, data: bytes) -> int:
        """Take bytes; whole chunks go out at once."""
        self._held += data
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Write the rest."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, data: bytes, *, last: bool) -> None:
        sealed = self._key.seal(data, _bound(self._number, last=last))
        self._out.write(_SIZE.pack(len(sealed) | (_LAST if last else 0)) + sealed)
        self._number += 1


class Reader:
    """Opens a stream as it is read. Raises Tampered at the first byte that is not as it was written, or missing."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._held, self._number, self._ended = source, bytearray(), 0, False
        if source.read(len(MARK)) != MARK:
            raise Tampered("not a backup of ours")
        wrapped = self._exactly(self._size())
        self._key = Key(0, master.current().unwrap(wrapped, _CONTEXT))

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all of the rest when it is negative; empty at the end."""
        while not self._ended and (size < 0 or len(self._held) < size):
            self._chunk()
        end = len(self._held) if size < 0 else size
        data = bytes(self._held[:end])
        del self._held[:end]
        return data

    def _chunk(self) -> None:
        size = self._size()
        last = bool(size & _LAST)
        sealed = self._exactly(size & ~_LAST)
        if key_id(sealed) != self._key.id:
            raise Tampered("a chunk of another key")
        self._held += self._key.open(sealed, _bound(self._number, last=last))
        self._number += 1
        self._ended = last
        if last and self._source.read(1):
            raise Tampered("bytes after the end of the backup")

    def _size(self) -> int:
        return int(_SIZE.unpack(self._exactly(_SIZE.size))[0])

    def _exactly(self, size: int) -> bytes:
        if size > 2 * CHUNK:
            raise Tampered("not a chunk of ours")
        data = self._source.read(size)
        if len(data) != size:
            raise Tampered("the backup ends too early")
        return data


def _bound(number: int, *, last: bool) -> bytes:
    return f"{number}:{'last' if last else 'more'}".encode()
