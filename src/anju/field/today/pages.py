"""What a worker has today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju.accounts import queries as accounts
from anju.accounts.models import Membership
from anju.core import clock
from anju.core.scope import Scope
from anju.duty import queries as duty
from anju.duty.models import Callout, Turn
from anju.tickets import queries
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.queries import Filters, Shown

OPEN_OFFERS = 5
EARLY = clock.iso_duration("PT15M1S")


@dataclass(frozen=True, slots=True)
class Stop:
    """Jobs in hand in one building."""

    name: str
    jobs: Sequence[Shown]


@dataclass(frozen=True, slots=True)
class Today:
    """The way through the jobs in hand, offers to him, offers to his group, what waits; and his posts with their switch."""

    route: Sequence[Stop]
    offers: Sequence[Shown]
    group: Sequence[Shown]
    waiting: Sequence[Shown]
    posts: Sequence[Membership]
    turns: Sequence[Turn] = ()
    calls: Sequence[Callout] = ()

    @property
    def count(self) -> int:
        return self.in_hand + len(self.offers)

    @property
    def in_hand(self) -> int:
        return sum(len(stop.jobs) for stop in self.route)

    @property
    def empty(self) -> bool:
        return not (self.count or self.group or self.waiting)


def today(scope: Scope) -> Today:
    """Everything in the order of the lights."""
    mine = queries.for_handler(scope)
    taken = [row for row in mine if row.status in (Status.TAKEN, Status.IN_PROGRESS)]
    return Today(
        route=route(scope, taken),
        offers=queries.show_all(scope, [row for row in mine if row.status == Status.DISPATCHED]),
        group=queries.show_all(scope, _group(scope, {row.id for row in mine})),
        waiting=queries.show_all(scope, [row for row in mine if row.status == Status.SUSPENDED]),
        posts=posts(scope),
        turns=turns(scope),
        calls=duty.for_me(scope),
    )


def route(scope: Scope, rows: Sequence[Ticket]) -> list[Stop]:
    """Building by building, the one with the most urgent job first: nobody climbs the same stairs twice."""
    stops: dict[str, list[Shown]] = {}
    for row, shown in zip(rows, queries.show_all(scope, rows), strict=True):
        stops.setdefault(_building(row), []).append(shown)
    return [Stop(name, jobs) for name, jobs in stops.items()]


def _building(row: Ticket) -> str:
    at = row.room or row.place
    return _("%(no)s栋") % {"no": at.building_no} if at and at.building_no else _("公共区域")


def turns(scope: Scope) -> list[Turn]:
    """The published turn he is at, or may check in to now."""
    now = clock.now()
    found = duty.turns_of(scope, now, now + EARLY)
    return [one for one in found if one.state in ("PUBLISHED", "CHECKED_IN") and not one.shift.on_call]


def _group(scope: Scope, mine: set[int]) -> list[Ticket]:
    """Offers to colleagues that nobody has taken yet: whoever is nearer may."""
    if not any("WK" in roles for roles in scope.roles.values()):
        return []
    rows = queries.queue(scope, Filters(status=Status.DISPATCHED), limit=OPEN_OFFERS).rows
    return [row for row in rows if row.id not in mine and row.lead_dept == scope.depts.get(row.community_id)]


def posts(scope: Scope) -> list[Membership]:
    """His place in each community."""
    me = scope.staff_id or 0
    found = [accounts.staff_in(scope, one).filter(staff_id=me).first() for one in sorted(scope.communities)]
    return [one for one in found if one is not None]
