"""Finding equal values without opening them: keyed hashes under a key of their own (R16.5)."""

import hmac
from hashlib import blake2b

from anju.vault import keys
from anju.vault.choices import Purpose

INDEX_CHARS = 32
TOKEN_CHARS = 10


def blind(value: str, purpose: str) -> str:
    """The blind index of a value: HMAC-SHA-256, 32 hex characters; `purpose` keeps equal values of two fields apart.

    The caller makes the value canonical first (a phone through `core.phones`, a name through `core.text.fold`).
    """
    key = keys.active(None, Purpose.BLIND).raw
    return hmac.digest(key, f"{purpose}\0{value}".encode(), "sha256").hex()[:INDEX_CHARS]


def blind_token(term: str) -> str:
    """A short keyed token (10 hex characters) of one search term, for the full-text index of sealed texts."""
    key = keys.active(None, Purpose.BLIND).raw
    return blake2b(term.encode(), key=key, digest_size=TOKEN_CHARS // 2).hexdigest()
