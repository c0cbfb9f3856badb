"""Which incidents there are, and which one a ticket or a home belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.estate import queries as estate
from anju.estate.models import Asset, Community, Place, Room
from anju.incidents import access
from anju.incidents.choices import RUNNING
from anju.incidents.models import Drill, Incident
from anju.incidents.rules import plans
from anju.tickets.models import Ticket

Area = Mapping[str, str]
RELATED = ("community", "commander", "opened_by")
HALF_YEAR, YEAR = 182, 365
"""Days between two drills of a plan."""


def incidents(scope: Scope, community_id: int | None = None) -> QuerySet[Incident]:
    """Incidents of the asker's communities, newest first."""
    rows = Incident.objects.select_related(*RELATED)
    if community_id is not None:
        rows = rows.filter(community_id=community_id)
    return rows if scope.is_system else rows.filter(community_id__in=_held(scope))


def _held(scope: Scope) -> list[int]:
    return [one for one in scope.communities if access.sees(scope, one)] if scope.is_staff else []


def by_no(scope: Scope, no: str) -> Incident:
    """One incident by its number. Raises Refused INCIDENT_UNKNOWN (404)."""
    return _found(incidents(scope).filter(no=no) if no.isprintable() else Incident.objects.none())


def by_id(scope: Scope, incident_id: int) -> Incident:
    """The same by its id: numbers repeat between communities."""
    return _found(incidents(scope).filter(id=incident_id))


def _found(rows: QuerySet[Incident]) -> Incident:
    row = rows.first()
    if row is None:
        raise Refused("INCIDENT_UNKNOWN", _("没有这个应急事件"), status=404)
    return row


def running(community_id: int) -> QuerySet[Incident]:
    """Incidents that are on, real ones and drills, oldest first."""
    return Incident.objects.filter(community_id=community_id, state__in=RUNNING).order_by("id")


# --- where ------------------------------------------------------------------------------------------------------------
def area_of(thing: Room | Place | Asset | None, *, whole_building: bool = False) -> dict[str, str]:
    """What a thing's fault affects: its building and unit, or the public part alone. Nothing named: everywhere."""
    if thing is None:
        return {"building": "", "unit": ""}
    spot = thing.place if isinstance(thing, Asset) else thing
    if not spot.building_no:
        return {"place": str(spot.pk), "name": spot.name} if isinstance(spot, Place) else {"room": str(spot.pk)}
    return {"building": spot.building_no, "unit": "" if whole_building else spot.unit_no}


def area_of_ticket(ticket: Ticket) -> dict[str, str]:
    """The building of a ticket, or its public part (R3.1)."""
    return area_of(ticket.room or ticket.place or ticket.asset, whole_building=True)


def overlap(one: Area, other: Area) -> bool:
    """Whether two areas have something in common."""
    if "building" not in one or "building" not in other:
        return dict(one) == dict(other) or "" in (one.get("building"), other.get("building"))
    if "" in (one["building"], other["building"]):
        return True
    return one["building"] == other["building"] and (one["unit"] == other["unit"] or "" in (one["unit"], other["unit"]))


def covers(row: Incident, areas: Iterable[Area]) -> bool:
    """Whether an incident's areas touch any of these."""
    return any(overlap(own, area) for own in row.areas for area in areas)


def known(community_id: int, leaf_code: str, area: Area) -> Incident | None:
    """The real incident of this kind that is on there: what a new caller is told of (R3.1)."""
    kind = plans.kind_of(leaf_code)
    rows = running(community_id).filter(kind=kind, is_drill=False) if kind else ()
    return next((one for one in rows if covers(one, [area])), None)


def of_resident(scope: Scope) -> list[Incident]:
    """The real incidents that are on where the asker lives."""
    if scope.kind is not Kind.RESIDENT or scope.person_id is None:
        return []
    homes = estate.rooms_of(scope.person_id)
    areas = [area_of(room) for room in homes]
    rows = Incident.objects.filter(community_id__in={one.community_id for one in homes})
    rows = rows.filter(is_drill=False, state__in=RUNNING).select_related(*RELATED)
    return [row for row in rows.order_by("id") if row.plan.tells and covers(row, areas)]


# --- drills -----------------------------------------------------------------------------------------------------------
def drills(scope: Scope, community_id: int) -> QuerySet[Drill]:
    """Drills of a community, newest first."""
    rows = Drill.objects.filter(community_id=community_id).select_related("incident", "observer", "community")
    return rows if scope.is_system or access.sees(scope, community_id) else rows.none()


def drill(scope: Scope, drill_id: int) -> Drill:
    """One drill. Raises Refused DRILL_UNKNOWN (404)."""
    row = Drill.objects.filter(id=drill_id).select_related("incident", "observer", "community").first()
    if row is None or not (scope.is_system or access.sees(scope, row.community_id)):
        raise Refused("DRILL_UNKNOWN", _("没有这次演练"), status=404)
    return row


@dataclass(frozen=True, slots=True)
class DueDrill:
    """A plan that must be practised, when it was last, and until when it must be again."""

    kind: str
    last: datetime | None
    due_on: date


def due_drills(scope: Scope, community: Community) -> list[DueDrill]:
    """R3.8: every plan once a year, fire and lift every half year ([L] TSG T5002), the soonest first. A plan that was
    never practised is due now."""
    if not (scope.is_system or access.sees(scope, community.id)):
        return []
    rows = Incident.objects.filter(community=community, is_drill=True).exclude(state="CANCELLED")
    last = dict(rows.order_by("opened_at").values_list("kind", "opened_at"))
    found = [DueDrill(kind, last.get(kind), _drill_due(kind, last.get(kind))) for kind in plans.plans()]
    return sorted(found, key=lambda one: one.due_on)


def _drill_due(kind: str, last: datetime | None) -> date:
    if last is None:
        return clock.today()
    return clock.local(last).date() + timedelta(days=HALF_YEAR if kind in plans.TWICE else YEAR)
