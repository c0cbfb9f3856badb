"""What the screen in a lobby shows on an ordinary day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.core.cache import cache
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core import scope as scopes
from anju.estate.models import Community, Place
from anju.feedback import queries as feedback
from anju.incidents import queries as incidents
from anju.incidents.queries import Notice
from anju.tickets import queries
from anju.tickets.choices import OWNER_WORDS, Status
from anju.tickets.queries import Rate

ROWS = 4
KEEP_S = 600
"""Anybody may ask, and a month of figures is much to count; so it is counted this seldom."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A repair of what belongs to all: where, what, how far, and when somebody comes."""

    where: str
    what: str
    state: str
    coming_at: datetime | None


@dataclass(frozen=True, slots=True)
class Month:
    """How the office does this month."""

    response: Rate
    solved: Rate
    stars: Rate

    @property
    def named(self) -> Sequence[tuple[Rate, str]]:
        """The three in words."""
        return (
            (self.response, _("15分钟内有人回应")),
            (self.solved, _("24小时内解决")),
            (self.stars, _("4星和5星评价")),
        )


class Lobby:
    """The ordinary day of one place."""

    def __init__(self, community: Community, place: Place) -> None:
        self.community, self.place, self.now = community, place, clock.now()

    @property
    def incident(self) -> Notice | None:
        """What goes before everything else: an incident of which the residents here are told."""
        return next(iter(incidents.around(self.community.id, incidents.area_of(self.place))), None)

    @property
    def matters(self) -> Sequence[Matter]:
        return [
            Matter(row.spot, row.leaf.short, str(OWNER_WORDS[Status(row.status)]), _still(row.promised_at))
            for row in queries.open_around(self.place, limit=ROWS)
        ]

    @property
    def month(self) -> Month:
        name = f"lobby:{self.community.id}"
        held = cache.get(name)
        if not isinstance(held, Month):
            held = self._month()
            cache.set(name, held, KEEP_S)
        return held

    def _month(self) -> Month:
        now = clock.now()
        since = clock.on(clock.today().replace(day=1), time.min)
        scope = scopes.screen(self.community.id)
        figures = queries.figures(scope, self.community.id, since, now)
        stars = feedback.given(scope, self.community.id, since, now)
        return Month(figures.response, figures.solved, Rate(sum(stars[3:]), sum(stars)))


def _still(at: datetime | None) -> datetime | None:
    """A promise that is past is better not shown to everybody: the office sees it red."""
    return at if at is not None and at > clock.now() else None
