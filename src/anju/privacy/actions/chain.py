"""Adding lines to the signed log; the caller's transaction commits before anything it tells of leaves the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from anju.core import bulk, clock
from anju.core.scope import Scope
from anju.privacy.models import Chain, LogLine
from anju.privacy.queries.chain import END, mac
from anju.privacy.queries.revealing import acting
from anju.vault import keys, policy
from anju.vault.choices import Purpose

DEVICE = 120


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody asks: address and browser, for the log."""

    ip: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing to be written down: fields of one person, because of a source row."""

    kind: str
    source_id: int
    field: str
    person_id: int | None = None
    room_id: int | None = None
    ticket_id: int | None = None
    reason: str = ""
    text: str = ""


def lock() -> Chain:
    """The end of the chain, held until the transaction ends: lines are added one after the other."""
    Chain.objects.bulk_create([Chain(id=END)], ignore_conflicts=True)
    return Chain.objects.select_for_update().get(id=END)


def add(
    seen: Sequence[Seen], *, community_id: int, by: Scope, origin: Origin, end: Chain | None = None
) -> list[LogLine]:
    """Write lines in this order. Needs the caller's transaction."""
    end = end or lock()
    key_id, now = keys.active(None, Purpose.CHAIN).id, clock.now().replace(microsecond=0)
    lines = []
    for one in seen:
        line = LogLine(
            seq=end.seq + 1,
            at=now,
            kind=one.kind,
            community_id=community_id,
            actor_id=by.staff_id or 0,
            role=acting(by, community_id),
            person_id=one.person_id,
            room_id=one.room_id,
            ticket_id=one.ticket_id,
            source_id=one.source_id,
            field=one.field,
            reason=one.reason,
            ip=origin.ip,
            device=origin.device[:DEVICE],
            policy=policy.VERSION,
            key_id=key_id,
            before=end.mac,
        )
        line.text = one.text
        line.mac = mac(line)
        end.seq, end.mac = line.seq, line.mac
        lines.append(line)
    bulk.insert(lines)
    end.save(update_fields=["seq", "mac"])
    return lines
