"""What duty keeps in words that people wrote: remarks of the roster and of handovers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.core.personal import OFFICE, Declaration, Item, declare
from anju.duty.models import Handover

KEPT = timedelta(days=3 * 365)
"""As long as somebody may still ask who handed what to whom (民法典 §188)."""


def purge(now: datetime) -> Mapping[str, int]:
    """Handover sheets with their lines, three years after the turn."""
    old = Handover.objects.filter(turn__end_at__lt=now - KEPT)
    count = old.count()
    old.delete()
    return {"handovers": count}


declare(
    Declaration(
        "duty",
        (
            Item(
                "值班和交接记录",
                ("duty.Line.note", "duty.Line.objection", "duty.Line.ruling", "duty.Handover.reason"),
                "交接未办完的事",
                OFFICE,
                "3年",
                "员工",
            ),
        ),
        purge=purge,
    )
)
