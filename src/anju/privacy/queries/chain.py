"""The signed log: what a line is signed with, and whether all of them still hold."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from anju.core import clock
from anju.privacy import rules
from anju.privacy.models import Chain, LogLine
from anju.vault import keys
from anju.vault.errors import VaultError

END = 1
"""The id of the one row that holds the end of the chain."""


def mac(line: LogLine) -> str:
    """The signature of a line with its key: HMAC-SHA-256 over all it says and the signature before it."""
    said = (
        line.before,
        line.seq,
        clock.iso(line.at),
        line.kind,
        line.community_id,
        line.actor_id,
        line.role,
        line.person_id,
        line.room_id,
        line.ticket_id,
        line.source_id,
        line.field,
        line.reason,
        line.text,
        line.ip,
        line.device,
        line.policy,
    )
    return hmac.digest(keys.by_id(line.key_id).raw, rules.statement(said), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many lines were read; where the first one is that does not hold, and why ("" when all hold)."""

    lines: int
    position: int = 0
    at: datetime | None = None
    why: str = ""

    @property
    def holds(self) -> bool:
        return not self.why


def verify(since: datetime | None = None) -> Verdict:
    """Read the log from its beginning, or from a moment on: numbers without gap, each line signed, the end as stored."""
    end = Chain.objects.filter(id=END).first() or Chain()
    rows = LogLine.objects.order_by("seq")
    first = rows.filter(at__gte=since).first() if since else None
    seq, before = (first.seq - 1, first.before) if first else (end.kept_seq, end.kept_mac)
    count = 0
    for line in rows.filter(seq__gt=seq).iterator(chunk_size=1000):
        count += 1
        why = _wrong(line, seq + 1, before)
        if why:
            return Verdict(count, seq + 1, line.at, why)
        seq, before = line.seq, line.mac
    if (seq, before) != (end.seq, end.mac):
        return Verdict(count, seq + 1, None, "CUT")
    return Verdict(count)


def _wrong(line: LogLine, expected: int, before: str) -> str:
    if line.seq != expected:
        return "MISSING"
    if line.before != before:
        return "BROKEN"
    try:
        return "" if hmac.compare_digest(line.mac, mac(line)) else "CHANGED"
    except (VaultError, ValueError):
        return "CHANGED"
