"""From a scan to a ticket, once, and to the link that shows it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from anju import understanding
from anju.core.scope import SYSTEM, Kind, Scope
from anju.estate import queries as estate
from anju.estate.models import Person
from anju.files.models import File
from anju.portal import guests
from anju.portal.spots import Spot
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.choices import Channel
from anju.tickets.models import Ticket
from anju.ui.guard import Request
from anju.ui.once import done_once
from anju.understanding import Chip, Leaf

TRAPPED = "EL01"


def store(
    request: Request,
    spot: Spot,
    *,
    leaf: Leaf | None,
    chip: Chip | None = None,
    text: str = "",
    phone: str = "",
    photos: Sequence[File] = (),
    voice: File | None = None,
    join: str = "",
) -> str:
    """Make the ticket and give the address of its page. `join`: the number of what somebody else reported already."""
    said = "，".join(one for one in (chip.label if chip else "", text) if one) or (_("留了语音，请听") if voice else "")
    key = guests.link_key(request)
    report = tickets.Report(
        community=spot.community,
        text=said,
        channel=Channel.QR,
        place=spot.place or (spot.asset.place if spot.asset else None),
        asset=spot.asset,
        person=resident(request.scope, spot),
        phone=phone,
        leaf=leaf.code if leaf else "",
        photos=photos,
        voice=voice,
        guest_key=guests.hash_of(key),
    )

    def act() -> tuple[str, int]:
        if not _urgent(spot, leaf, said):
            guests.count_report(request, spot.community.hotline)
        return _joined(tickets.report(report, by=request.scope), spot, join).subject

    done_once(request, "scan", act)
    ticket, _scope = guests.by_key(request, key)
    guests.hold(request, ticket)
    return reverse("portal:ticket", args=[key]) + "?done=1"


def resident(scope: Scope, spot: Spot) -> Person | None:
    """The resident who scans while logged in, when he lives here."""
    if scope.kind is not Kind.RESIDENT or spot.community.id not in scope.communities:
        return None
    return estate.people(scope, {scope.person_id or 0}).first()


def _urgent(spot: Spot, leaf: Leaf | None, said: str) -> bool:
    return bool(leaf and leaf.emergency) or understanding.classify_at(spot.kind, said).emergency


def _joined(ticket: Ticket, spot: Spot, join: str) -> Ticket:
    """我也遇到: follow the ticket that was shown, when the rules have not joined them already."""
    master = next((row for row in queries.open_at(spot.label) if row.no == join and row.id != ticket.id), None)
    if master is not None and ticket.master_id is None:
        tickets.merge(ticket, by=SYSTEM, master=master)
    return ticket


def trapped(request: Request, spot: Spot) -> str:
    """困在电梯里: an emergency at once, before anybody has typed a word."""
    return store(request, spot, leaf=understanding.leaf(TRAPPED), text=_("有人困在电梯里（扫码报警）"))
