"""An emergency was reported: it joins the incident that is on there, or opens one with others of its kind (R3.1)."""

from datetime import timedelta

from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.defaults import setting
from anju.incidents.actions import linking
from anju.incidents.actions.opening import Opening, mix, open_incident
from anju.incidents.models import Link
from anju.incidents.queries import finding
from anju.incidents.rules import plans
from anju.tickets.choices import Prio, Status
from anju.tickets.models import Ticket

RELATED = ("community", "room", "place", "asset__place")


def consider(ticket_id: int) -> None:
    """What this report means for incidents. Safe to run twice."""
    ticket = Ticket.objects.select_related(*RELATED).get(id=ticket_id)
    if ticket.prio != Prio.P0 or Link.objects.filter(ticket=ticket).exists():
        return
    area = finding.area_of_ticket(ticket)
    on = finding.known(ticket.community_id, ticket.leaf_code, area)
    if on is not None:
        linking.link(on, tickets=[ticket], by=SYSTEM)
        return
    mix(ticket.community_id, [area])
    if ticket.leaf.emergency and plans.kind_of(ticket.leaf_code):
        _open_with_others(ticket, area)


def _open_with_others(ticket: Ticket, area: dict[str, str]) -> None:
    """Enough of the same leaf in the same building within ten minutes, whether they follow one another or not."""
    config = ticket.community.config
    if not setting(config, "automatic.incident"):
        return
    since = ticket.created_at - timedelta(minutes=setting(config, "incident.auto_open_min"))
    rows = Ticket.objects.filter(community_id=ticket.community_id, leaf_code=ticket.leaf_code, created_at__gte=since)
    rows = rows.exclude(status=Status.CANCELLED).exclude(id__in=Link.objects.values("ticket_id"))
    same = [one for one in rows.select_related(*RELATED).order_by("id") if finding.area_of_ticket(one) == area]
    if len(same) < setting(config, "incident.auto_open_tickets"):
        return
    place = (
        estate.places(SYSTEM, ticket.community_id).filter(building_no=area.get("building") or "-", unit_no="").first()
    )
    asked = Opening(
        ticket.community,
        leaf=ticket.leaf_code,
        place=place.name if place else _named(ticket, area),
        place_codes=[place.code] if place else [],
        areas=[area],
        tickets=same,
    )
    open_incident(asked, by=SYSTEM)


def _named(ticket: Ticket, area: dict[str, str]) -> str:
    """3栋, or the public part."""
    return area.get("name") or (ticket.room.stairway.split("栋")[0] + "栋" if ticket.room else ticket.where)
