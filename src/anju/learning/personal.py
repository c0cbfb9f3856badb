"""What the office has learnt from keeps no person: the words are masked before they are kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.core.personal import CONTRACT, Declaration, Item, declare
from anju.learning.models import Correction

KEPT = timedelta(days=5 * 365)


def erase(person_id: int) -> None:
    """Corrections of his reports lose their words."""
    Correction.objects.filter(ticket__reporter_id=person_id).update(text="")


def purge(now: datetime) -> Mapping[str, int]:
    """Words after five years, as those of the report itself."""
    old = [row.id for row in Correction.objects.filter(at__lt=now - KEPT) if row.text]
    Correction.objects.filter(id__in=old).update(text="")
    return {"corrections": len(old)}


declare(
    Declaration(
        "learning",
        (Item("分类纠正记录（已遮罩）", ("learning.Correction.text",), "改进分类", CONTRACT, "5年后去掉文字"),),
        erase=erase,
        purge=purge,
    )
)
