"""Identities: time-ordered row ids made before the row is stored, and unguessable tokens.

A row id is needed before the INSERT because encrypted fields are bound to it, and because one flush writes many rows
that name each other. 63 bits: milliseconds, then a number drawn per process, then a counter.
"""

import secrets
import threading
from datetime import timedelta

from anju.core import clock

_WORKER_BITS = 10
_COUNTER_BITS = 11
_EPOCH_MS = 1_735_689_600_000  # 2025-01-01 UTC

_lock = threading.Lock()
_worker = secrets.randbelow(1 << _WORKER_BITS)
_last = 0


def new() -> int:
    """A positive 63-bit id, larger than every earlier one of this process."""
    global _last
    moment = int(clock.now().timestamp() * 1000) - _EPOCH_MS
    with _lock:
        floor = ((max(moment, 0) << _WORKER_BITS) | _worker) << _COUNTER_BITS
        _last = max(_last + 1, floor)
        return _last


def begin(worker: int) -> None:
    """Count anew, with this number drawn: a simulation gives the same ids each time. Never in an office, where the
    ids that were given out must not come again."""
    global _worker, _last
    with _lock:
        _worker, _last = worker % (1 << _WORKER_BITS), 0


def earlier(row_id: int, span: timedelta) -> int:
    """An id below every one that was made within `span` before `row_id`, for readers who look back a little."""
    return max(0, row_id - (int(span.total_seconds() * 1000) << _WORKER_BITS + _COUNTER_BITS))


def token(size: int = 16) -> str:
    """A URL-safe secret of `size` random bytes (128 bits by default)."""
    return secrets.token_urlsafe(size)


def digits(length: int = 6) -> str:
    """A numeric code from a cryptographic source, leading zeros kept."""
    return f"{secrets.randbelow(10**length):0{length}d}"
