"""The office during the demo's fortnight: who is on duty, whose word counts, and the photos people take."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password

from anju.accounts import actions as accounts
from anju.accounts.queries import scope_of_staff
from anju.core import clock
from anju.core.chance import Dice
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files.models import File
from anju.lab import garden as fixture
from anju.lab.demo import pictures
from anju.lab.demo.register import Resident
from anju.lab.demo.stage import Stage

MORE_STAFF = (
    fixture.Hire(
        "罗师傅", "ENG", ("WK",), fixture.ELECTRIC + fixture.WATER + fixture.BUILDING, shift="夜", certs=("低压电工",)
    ),
    fixture.Hire("孙姐", "CLN", ("WK",), ("*CLN",), shift="中"),
    fixture.Hire("老梁", "GRN", ("WK",), ("*GRN",), shift="早"),
    fixture.Hire("小唐", "ENG", ("WK",), fixture.WATER + fixture.BUILDING, shift="早"),
)
"""The fixture has nobody for water at night, and one cleaner."""
ALL = (*fixture.STAFF, *MORE_STAFF)
VARIANTS = 3


@dataclass
class Office:
    """What everybody in the play needs at hand."""

    garden: fixture.Garden
    residents: list[Resident]
    dice: Dice
    stage: Stage
    now: datetime
    _scopes: dict[int, Scope] = field(default_factory=dict)
    _album: dict[tuple[str, bool, int], bytes] = field(default_factory=dict)

    def by(self, staff_id: int | None) -> Scope:
        """The scope of a member of staff."""
        if staff_id not in self._scopes:
            found = next(one for one in self.garden.staff.values() if one.id == staff_id)
            self._scopes[found.id] = scope_of_staff(found)
        return self._scopes[staff_id or 0]

    def named(self, name: str) -> Scope:
        """The scope of somebody by name."""
        return self.by(self.garden.staff[name].id)

    def agent(self) -> Scope:
        """Who sits at the desk now."""
        for hire in ALL:
            if {"CS", "OUT"} & set(hire.roles) and fixture.on_duty(hire, clock.now()):
                return self.named(hire.name)
        return self.named("赵静")

    def photo(self, leaf: str, by: Scope, *, mended: bool = False) -> File:
        """A new photo; the drawings are made once each."""
        key = (leaf[:2], mended, self.dice.randrange(VARIANTS))
        if key not in self._album:
            self._album[key] = pictures.take(leaf, self.dice, mended=mended)
        name = f"IMG_{self.dice.randrange(10**4):04d}.jpg"
        return files.keep(self._album[key], name, community_id=self.garden.community.id, by=by)

    def change_shifts(self) -> None:
        """Check people in and out as the duty table says, now and at every later change."""
        for hire in ALL:
            member = self.garden.members[hire.name]
            on = fixture.on_duty(hire, clock.now())
            if member.on_shift != on:
                accounts.set_shift(member, on=on, by=self.named(hire.name))
                member.on_shift = on
        self.stage.at(fixture.next_change(clock.now()), self.change_shifts)


def hire_more(garden: fixture.Garden, hires: Iterable[fixture.Hire] = MORE_STAFF) -> None:
    """Some more hands than the fixture has."""
    hashed = make_password(fixture.PASSWORD)
    for number, hire in enumerate(hires):
        staff = accounts.create_staff(login=hire.name, name=hire.name, hashed=hashed, phone=f"13900011{number:03d}")
        garden.staff[hire.name] = staff
        garden.members[hire.name] = accounts.join(
            staff,
            garden.community,
            dept=hire.dept,
            roles=list(hire.roles),
            skills=sorted(fixture.skills(hire.skills)),
            on_shift=fixture.on_duty(hire, clock.now()),
        )
        for cert in hire.certs:
            accounts.certify(staff, cert, clock.today().replace(month=12, day=31))
