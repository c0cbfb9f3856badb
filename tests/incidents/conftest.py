"""The garden with short words for incidents."""

from typing import Any

import pytest

from anju.core import clock
from anju.incidents import actions, queries
from anju.incidents.actions.bulletins import Words
from anju.incidents.models import Incident
from tests.cast import Cast

DARK = "整栋停电了，楼里全黑"


class Team(Cast):
    """The cast, and what it does in incidents."""

    def open(self, plan: str = "停电", who: str = "李敏", place: str = "B3", **more: Any) -> Incident:
        spot = self.garden.places[place]
        area = more.pop("areas", [queries.area_of(spot)])
        asked = actions.Opening(self.community, kind=plan, place=spot.name, place_codes=[place], areas=area, **more)
        return actions.open_incident(asked, by=self.scope(who))

    def say(self, row: Incident, who: str = "李敏", progress: str = "电工正在排查", **more: Any) -> Incident:
        words = Words(
            progress=progress, **{name: more.pop(name) for name in ("free", "eta", "audience") if name in more}
        )
        return actions.post(row, by=self.scope(who), words=words, **more)

    def act(self, verb: str, row: Incident, name: str = "何勇", **more: Any) -> Incident:
        return getattr(actions, verb)(row, by=self.scope(name), **more)

    def ended(self, row: Incident, who: str = "何勇") -> Incident:
        self.act("control", row, who)
        return self.act("restore", row, who, conditions=True)

    def calls(self, row: Incident, role: str) -> list[tuple[str, str]]:
        return [(one.staff.name, one.state) for one in row.calls.filter(role=role)]

    def grid(self, row: Incident) -> list[str]:
        return ["MET" if one.met_at else "MISSED" if one.missed_at else "OPEN" for one in row.slots.all()]

    def times(self, who: str, template: str) -> list[str]:
        return [f"{clock.local(one.at):%H:%M:%S}" for one in self.heard(who, template)]

    def dark(self) -> Incident:
        """Three reports of building 3, at 18:55, 18:58 and 19:00."""
        for at, who in (("18:55", "张伟"), ("18:58", "王秀英"), ("19:00:00", "李建国")):
            self.at(at)
            self.report(DARK, who=who)
        self.at("19:00:00")
        return Incident.objects.get()


@pytest.fixture
def team(db: None) -> Team:
    return Team()
