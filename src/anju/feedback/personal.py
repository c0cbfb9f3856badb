"""What stars and visits keep of people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.core.personal import CONTRACT, Declaration, Item, declare
from anju.feedback.models import Rating, Revisit

KEPT = timedelta(days=5 * 365)


def copy(person_id: int) -> Mapping[str, Any]:
    """His stars and words."""
    rows = Rating.objects.filter(ticket__reporter_id=person_id).select_related("ticket").order_by("at")
    return {
        "评价": [{"工单": row.ticket.no, "星": row.stars, "内容": row.text, "时间": clock.iso(row.at)} for row in rows]
    }


def erase(person_id: int) -> None:
    """The stars stay, the words go."""
    Rating.objects.filter(ticket__reporter_id=person_id).update(text="")
    Revisit.objects.filter(ticket__reporter_id=person_id).update(note="")


def purge(now: datetime) -> Mapping[str, int]:
    """Words after five years."""
    old = [row.id for row in Rating.objects.filter(at__lt=now - KEPT) if row.text]
    Rating.objects.filter(id__in=old).update(text="")
    Revisit.objects.filter(created_at__lt=now - KEPT).update(note="")
    return {"ratings": len(old)}


declare(
    Declaration(
        "feedback",
        (
            Item(
                "评价和回访记录",
                ("feedback.Rating.text", "feedback.Revisit.note"),
                "改进服务",
                CONTRACT,
                "5年后去掉文字",
            ),
        ),
        copy=copy,
        erase=erase,
        purge=purge,
    )
)
