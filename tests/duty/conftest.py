"""A garden with four teams, and a fortnight from Monday 16 March 2026 on: two weeks from now."""

from datetime import date

import pytest

from anju.duty import queries
from anju.duty.models import Turn
from anju.lab import rota
from tests.cast import Cast

FIRST, LAST = date(2026, 3, 16), date(2026, 3, 29)


class Teams(Cast):
    """The cast with four teams, and short words for their turns."""

    def __init__(self) -> None:
        super().__init__()
        rota.found(self.garden)

    def turn(self, name: str, day: int, month: int = 3) -> Turn:
        """Somebody's turn of a day that still stands."""
        rows = Turn.objects.filter(staff=self.garden.staff[name], day=date(2026, month, day))
        return rows.exclude(state__in=("SWAPPED", "ABSENT")).get()

    def who(self, post: str, shift: str, day: int) -> str:
        """Who has this shift on this post."""
        rows = Turn.objects.filter(post__code=post, shift__code=shift, day=date(2026, 3, day))
        return rows.exclude(state__in=("SWAPPED", "ABSENT")).get().staff.name

    def check(self):
        return queries.check(self.scope("韩梅"), self.community, FIRST, LAST)


@pytest.fixture
def teams(db: None) -> Teams:
    return Teams()


@pytest.fixture
def planned(teams: Teams) -> Teams:
    """The fortnight as a draft."""
    rota.draft(teams.garden, FIRST, LAST)
    return teams


@pytest.fixture
def published(teams: Teams) -> Teams:
    """The fortnight in force."""
    rota.publish(teams.garden, FIRST, LAST)
    return teams
