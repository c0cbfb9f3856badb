"""From a valid form to a ticket, and on to somebody who does it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Asset, Community, Place, Room
from anju.files.models import File
from anju.tickets import actions as tickets
from anju.tickets.choices import Channel, Status
from anju.tickets.models import Ticket


def store(scope: Scope, community: Community, sent: Mapping[str, Any], kept: Sequence[File]) -> Ticket:
    """Make the ticket. Raises Refused with the fields of the form."""
    where = sent["place_found"]
    report = tickets.Report(
        community=community,
        text=sent["text"],
        channel=sent["channel"] or Channel.PHONE,
        room=where if isinstance(where, Room) else None,
        place=where if isinstance(where, Place) else None,
        asset=where if isinstance(where, Asset) else None,
        person=sent["who"],
        phone=sent["phone"],
        leaf=sent["chosen"],
        photos=kept,
        reported_at=sent["reported_at"],
        appointment=sent["appointment"],
        channel_ref=sent["call_id"],
    )
    return tickets.report(report, by=scope)


def send_on(scope: Scope, ticket: Ticket) -> list[str]:
    """受理 and 派单 in one go. What cannot be done now is said and does not undo the ticket."""
    said: list[str] = []
    for action, wanted in ((tickets.accept, Status.NEW), (tickets.dispatch, Status.ACCEPTED)):
        if ticket.status != wanted:
            continue
        try:
            with transaction.atomic():
                action(ticket, by=scope)
        except Refused as refusal:
            said.append(str(refusal.message))
    return said
