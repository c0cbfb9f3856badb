"""What messages keep of people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.core.personal import CONTRACT, Declaration, Item, declare
from anju.notify.models import Delivery

KEPT = timedelta(days=3 * 365)
PURGED = "PURGED"
EMPTY = {"address": "", "phone": "", "body": "", "secrets": "", "vars": {}, "detail": PURGED}


def copy(person_id: int) -> Mapping[str, Any]:
    """What he was told."""
    rows = Delivery.objects.filter(to_kind="person", to_id=person_id).order_by("-queued_at", "-id")[:1000]
    return {"消息": [{"时间": clock.iso(row.queued_at), "内容": row.body} for row in rows]}


def erase(person_id: int) -> None:
    """That he was told stays; what and where is gone."""
    Delivery.objects.filter(to_kind="person", to_id=person_id).update(**EMPTY)


def purge(now: datetime) -> Mapping[str, int]:
    """The words of messages after three years."""
    old = Delivery.objects.filter(created_at__lt=now - KEPT, due_at=None).exclude(detail=PURGED)
    return {"messages": old.update(**EMPTY)}


def knows(person_ids: Sequence[int]) -> Collection[int]:
    """Who was told something."""
    rows = Delivery.objects.filter(to_kind="person", to_id__in=person_ids)
    return set(rows.values_list("to_id", flat=True))


declare(
    Declaration(
        "notify",
        (
            Item(
                "发给本人的消息",
                (
                    "notify.Delivery.address",
                    "notify.Delivery.phone",
                    "notify.Delivery.body",
                    "notify.Delivery.secrets",
                ),
                "通知进展，证明已通知",
                CONTRACT,
                "3年",
            ),
        ),
        copy=copy,
        erase=erase,
        purge=purge,
        knows=knows,
    )
)
