"""How to speak: one folder per provider, discovered by being there.

A *letter* names a way to reach somebody: S (SMS), W (WeChat or app push), V (voice call). A *connector* is a module
`channels/<kind>/<send|simulator>.py` with `HONOURS_KEY` and `hand_over(letter, message) -> Receipt`; the setting
`ANJU_CHANNELS` says which connector serves a letter ("off": none). A connector knows no ticket, and it is never called
inside a transaction. A *callback* is what a provider tells later: delivered, read, refused.
"""

from anju.channels.carrier import (
    Failed,
    Message,
    Receipt,
    ReceiptState,
    Unknown,
    Unserved,
    connectors,
    hand_over,
    honours_key,
    letters,
    serves,
)
from anju.channels.receipts import Callback, on_receipt, publish

__all__ = [
    "Callback",
    "Failed",
    "Message",
    "Receipt",
    "ReceiptState",
    "Unknown",
    "Unserved",
    "connectors",
    "hand_over",
    "honours_key",
    "letters",
    "on_receipt",
    "publish",
    "serves",
]
