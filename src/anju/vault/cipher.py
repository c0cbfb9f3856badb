"""AES-256-GCM with a header that says which key made it: version (1 byte), key id (8), nonce (12), ciphertext + tag."""

import os
from struct import Struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anju.vault.errors import Tampered

VERSION = 1
NONCE = 12
TAG = 16
KEY_SIZE = 32

_HEADER = Struct(">BQ")
_BODY = _HEADER.size + NONCE
SMALLEST = _BODY + TAG


class Key:
    """A data key ready for use: its id and its cipher. Its bytes are never shown."""

    __slots__ = ("_gcm", "_head", "id", "raw")

    def __init__(self, key_id: int, raw: bytes) -> None:
        self.id = key_id
        self.raw = raw
        self._gcm = AESGCM(raw)
        self._head = _HEADER.pack(VERSION, key_id)

    def __repr__(self) -> str:
        return f"<Key {self.id}>"

    def seal(self, data: bytes, context: bytes) -> bytes:
        """`data` encrypted and bound to `context`; the same context is needed to open it."""
        nonce = os.urandom(NONCE)
        return self._head + nonce + self._gcm.encrypt(nonce, data, context)

    def open(self, blob: bytes, context: bytes) -> bytes:
        """What was sealed. Raises Tampered for another key, another context or a changed blob."""
        try:
            return self._gcm.decrypt(blob[_HEADER.size : _BODY], blob[_BODY:], context)
        except (InvalidTag, ValueError) as error:
            raise Tampered("sealed value does not open") from error


def key_id(blob: bytes) -> int:
    """The id of the key that made the blob. Raises Tampered when it is no sealed value."""
    if len(blob) < SMALLEST or blob[0] != VERSION:
        raise Tampered("not a sealed value")
    return int.from_bytes(blob[1 : _HEADER.size], "big")
