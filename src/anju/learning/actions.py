"""Keeping corrections."""

from datetime import datetime
from typing import Any

from anju.learning.models import Correction
from anju.tickets.models import Ticket
from anju.vault import masks


def keep(ticket_id: int, data: dict[str, Any], at: datetime) -> Correction | None:
    """Note that an agent corrected a suggestion; None when a person had chosen the leaf before, or there was no text.

    A second correction of the same ticket keeps what the system said first.
    """
    ticket = Ticket.objects.get(id=ticket_id)
    kept = Correction.objects.filter(ticket=ticket).first()
    if kept is not None:
        kept.after, kept.at = data["leaf"], at
        kept.save()
        return kept
    if data.get("source") != "AUTO" or not data.get("model") or not ticket.text:
        return None
    row = Correction(
        community_id=ticket.community_id,
        ticket=ticket,
        before=data["before"],
        after=data["leaf"],
        model=data["model"],
        confidence=data["confidence"],
        at=at,
    )
    row.text = masks.mask_text(ticket.text)
    row.save()
    return row
