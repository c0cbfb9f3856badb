"""Who lives where an incident is: the only people who are told of it (R3.1)."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from anju.core.scope import SYSTEM
from anju.estate import queries as estate
from anju.estate.models import Room
from anju.estate.queries import Household


def rooms_of(community_id: int, areas: Sequence[Mapping[str, str]]) -> QuerySet[Room]:
    """The homes in these areas; none in a public part without a building."""
    wanted = Q(pk=0)
    for area in areas:
        if "room" in area:
            wanted |= Q(pk=area["room"])
        elif "building" in area:
            building = Q(building_no=area["building"]) if area["building"] else Q(community_id=community_id)
            wanted |= building & (Q(unit_no=area["unit"]) if area["unit"] else Q())
    return Room.objects.filter(wanted, community_id=community_id)


def households(community_id: int, areas: Sequence[Mapping[str, str]]) -> list[Household]:
    """Everybody who lives there today, each once, with the number called first."""
    return estate.households(SYSTEM, rooms_of(community_id, areas))
