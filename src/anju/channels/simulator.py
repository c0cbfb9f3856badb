"""The outside world of the lab and of the demo: providers that keep what they are given and behave as told.

A provider that honours the idempotency key (WeChat, voice) answers a repeated key with its first answer; SMS sends
again, as real SMS gateways do. `delay_s` = 0 means the answer itself says DELIVERED; otherwise the answer says SENT
and the callback comes `delay_s` later. Nothing here ever sleeps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet

from anju.channels import receipts
from anju.channels.carrier import Failed, Message, Receipt, ReceiptState, Unknown, letters
from anju.channels.choices import Mode
from anju.channels.models import SimMessage, SimMode
from anju.core import clock


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as its recipient got it; `to` is the address, `recipient` the one meant ("person:12")."""

    template: str
    channel: str
    to: str
    recipient: str
    body: str
    at: datetime
    state: str
    delivery_id: int


def behave(kind: str, mode: str = Mode.OK, delay_s: int = 0) -> None:
    """Set how the simulator of a kind behaves from now on. Raises ValueError for a mode there is not."""
    SimMode.objects.update_or_create(kind=kind, defaults={"mode": Mode(mode), "delay_s": delay_s})


def take(kind: str, letter: str, message: Message, *, keyed: bool, body: str | None = None) -> Receipt:
    """What a provider of this kind does with a message now. Raises Failed or Unknown."""
    told = SimMode.objects.filter(kind=kind).first() or SimMode(kind=kind)
    if told.mode in (Mode.ERROR, Mode.DOWN):
        raise Failed("simulated refusal" if told.mode == Mode.ERROR else "simulated: no connection")
    if told.mode == Mode.TIMEOUT:
        raise Unknown("simulated time-out")
    kept = _keep(letter, message, keyed=keyed, body=message.body if body is None else body, delay_s=told.delay_s)
    if told.mode == Mode.ACCEPT_THEN_TIMEOUT:
        raise Unknown("simulated time-out after accepting")
    return Receipt(kept.provider_id, ReceiptState(kept.state))


def _keep(letter: str, message: Message, *, keyed: bool, body: str, delay_s: int) -> SimMessage:
    once = f"{letter}:{message.key}" if keyed else None
    first = SimMessage.objects.filter(once=once).first() if once else None
    if first:
        return first
    now = clock.now()
    kept = SimMessage(
        community_id=message.community_id,
        letter=letter,
        key=message.key,
        once=once,
        recipient=message.recipient,
        template=message.template,
        at=now,
        state=ReceiptState.SENT if delay_s else ReceiptState.DELIVERED,
        due_at=now + timedelta(seconds=delay_s) if delay_s else None,
    )
    kept.to, kept.body = message.to, body
    kept.save(force_insert=True)
    return kept


# --- the callbacks a simulated provider still owes ----------------------------------------------------------------


def next_due() -> datetime | None:
    """When the next callback goes out."""
    return _owed().order_by("due_at").values_list("due_at", flat=True).first()


def due(now: datetime, limit: int = 500) -> int:
    """Send the callbacks that are due, in order of due time, then id; gives their number."""
    rows = list(_owed().filter(due_at__lte=now).order_by("due_at", "id")[:limit])
    for row in rows:
        _call_back(row)
    return len(rows)


def _owed() -> QuerySet[SimMessage]:
    return SimMessage.objects.filter(due_at__isnull=False)


@transaction.atomic
def _call_back(row: SimMessage) -> None:
    at = row.due_at or clock.now()
    receipts.publish(receipts.Callback(row.letter, row.provider_id, ReceiptState.DELIVERED, at, row.key))
    SimMessage.objects.filter(pk=row.pk).update(state=ReceiptState.DELIVERED, due_at=None)


def in_use() -> bool:
    """Whether any letter of this office is served by a simulator."""
    return any(settings.ANJU_CHANNELS[letter].endswith(".simulator") for letter in letters())


# --- what the world heard -----------------------------------------------------------------------------------------


def messages(
    *,
    recipient: str = "",
    since: datetime | None = None,
    template: str = "",
    letter: str = "",
    communities: frozenset[int] | None = None,
    newest: int | None = None,
) -> list[Heard]:
    """Messages in the order they were taken; `newest` gives only that many of the last ones."""
    rows = SimMessage.objects.order_by("at", "id")
    wanted = {"recipient": recipient, "template": template, "letter": letter}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if since:
        rows = rows.filter(at__gte=since)
    if communities is not None:
        rows = rows.filter(community_id__in=communities)
    chosen = list(rows) if newest is None else list(rows.reverse()[:newest])[::-1]
    return [_heard(row) for row in chosen]


def _heard(row: SimMessage) -> Heard:
    return Heard(
        row.template,
        row.letter,
        row.to,
        row.recipient,
        row.body,
        row.at,
        row.state,
        int(row.key) if row.key.isdigit() else 0,
    )


def last_call(recipient: str) -> SimMessage | None:
    """The newest automatic call to somebody: the one in which he presses a key."""
    return SimMessage.objects.filter(recipient=recipient, letter="V").order_by("-id").first()


def newer(than: int) -> tuple[int, frozenset[int | None]]:
    """The id of the newest message taken, and the communities of those newer than `than`."""
    rows = SimMessage.objects.filter(id__gt=than) if than else SimMessage.objects.order_by("-id")[:1]
    found = list(rows.values_list("id", "community_id"))
    return max((row[0] for row in found), default=than), frozenset(row[1] for row in found)


def duplicates(letter: str = "") -> dict[str, int]:
    """Per key, how many more times than once it was taken (P4: counted, never hidden)."""
    rows = SimMessage.objects.filter(letter=letter) if letter else SimMessage.objects.all()
    counted = rows.values("key", "letter").annotate(times=Count("id")).filter(times__gt=1)
    return {row["key"]: row["times"] - 1 for row in counted}
