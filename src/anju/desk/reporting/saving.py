"""From a valid form to a ticket, and on to somebody who does it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Asset, Community, Place, Room
from anju.files.models import File
from anju.tickets import actions as tickets
from anju.tickets import queries
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
        twin=sent["same"],
        apart=sent["apart"] is not None,
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


def further(scope: Scope, community: Community, sent: Mapping[str, Any]) -> list[str]:
    """What else was said in the same call, each for itself: what cannot be done now is said."""
    said: list[str] = []
    for one in sent["also"] or ():
        what, _colon, value = one.partition(":")
        try:
            with transaction.atomic():
                said.append(
                    _urge(scope, community, value) if what == "urge" else _second(scope, community, sent, value)
                )
        except Refused as refusal:
            said.append(str(refusal.message))
    return said


def _urge(scope: Scope, community: Community, no: str) -> str:
    ticket = tickets.urge(queries.by_no(scope, no, community=community.id), by=scope)
    return _("已催办 %(no)s") % {"no": ticket.no}


def _second(scope: Scope, community: Community, sent: Mapping[str, Any], leaf: str) -> str:
    made = store(scope, community, {**sent, "chosen": leaf, "same": None, "apart": None, "call_id": ""}, ())
    return _("另存 %(no)s") % {"no": made.no}
