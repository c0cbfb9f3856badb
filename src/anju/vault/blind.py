"""Finding equal values without opening them: keyed hashes under a key of their own (R16.5).

While that key is being turned, some rows still hold what the old one made: store `blind`, but search by `blinds`.
"""

import hmac
from hashlib import blake2b

from anju.vault import keys
from anju.vault.choices import Purpose
from anju.vault.cipher import Key

INDEX_CHARS = 32
TOKEN_CHARS = 10


def blind(value: str, purpose: str) -> str:
    """The blind index of a value: HMAC-SHA-256, 32 hex characters; `purpose` keeps equal values of two fields apart.

    The caller makes the value canonical first (a phone through `core.phones`, a name through `core.text.fold`).
    """
    return _index(keys.active(None, Purpose.BLIND), value, purpose)


def blinds(value: str, purpose: str) -> tuple[str, ...]:
    """Every index under which a row with this value may be stored now: one, or two while the key is being turned."""
    return tuple(_index(key, value, purpose) for key in keys.searched())


def blind_token(term: str) -> str:
    """A short keyed token (10 hex characters) of one search term, for the full-text index of sealed texts."""
    return _token(keys.active(None, Purpose.BLIND), term)


def blind_tokens(term: str) -> tuple[str, ...]:
    """Every token that stands for this term now."""
    return tuple(_token(key, term) for key in keys.searched())


def sign(value: str, purpose: str) -> str:
    """A keyed hash for what has left the house: printed codes, links, codes under way. Its key is never turned."""
    return _index(keys.active(None, Purpose.SIGN), value, purpose)


def _index(key: Key, value: str, purpose: str) -> str:
    return hmac.digest(key.raw, f"{purpose}\0{value}".encode(), "sha256").hex()[:INDEX_CHARS]


def _token(key: Key, term: str) -> str:
    return blake2b(term.encode(), key=key.raw, digest_size=TOKEN_CHARS // 2).hexdigest()
