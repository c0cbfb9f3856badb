"""The text of a printed code: a random part and its signature, so that home-made codes fail (R6.5)."""

import hmac
import secrets

from anju.vault.blind import sign

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SIGNATURE = 10


def new_code() -> str:
    """Ten characters nobody mistakes for others."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def signed(code: str, purpose: str = "label") -> str:
    """What stands in the QR code after the address: code and signature. Other links have other purposes."""
    return f"{code}-{_signature(code, purpose)}"


def opened(text: str, purpose: str = "label") -> str | None:
    """The code inside a signed text or inside the address that carries it, None when the signature is wrong."""
    tail = text.strip().rstrip("/").rsplit("/", 1)[-1]
    code, _dash, signature = tail.partition("-")
    known = bool(signature) and tail.isascii() and hmac.compare_digest(signature.upper(), _signature(code, purpose))
    return code if known else None


def _signature(code: str, purpose: str) -> str:
    return sign(code, purpose)[:_SIGNATURE].upper()
