"""What incidents keep in words that people wrote."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from anju.core.personal import OFFICE, Declaration, Item, declare
from anju.incidents.choices import State
from anju.incidents.models import Improvement, Incident, Step

KEPT = timedelta(days=5 * 365)


def purge(now: datetime) -> Mapping[str, int]:
    """Words after five years; who was late by how much stays."""
    old = Incident.objects.filter(state__in=(State.CLOSED, State.CANCELLED), closed_at__lt=now - KEPT)
    ids = [row.id for row in old if row.review or row.reason]
    Incident.objects.filter(id__in=ids).update(review="", reason="")
    Step.objects.filter(incident__in=old).update(note="")
    Improvement.objects.filter(incident__in=old).update(what="")
    return {"incidents": len(ids)}


declare(
    Declaration(
        "incidents",
        (
            Item(
                "应急处置记录",
                (
                    "incidents.Incident.reason",
                    "incidents.Incident.review",
                    "incidents.Step.note",
                    "incidents.Improvement.what",
                ),
                "应急处置和复盘",
                OFFICE,
                "5年后去掉文字",
                "员工",
            ),
        ),
        purge=purge,
    )
)
