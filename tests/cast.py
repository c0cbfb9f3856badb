"""The cast: 阳光花园 with its people, and short words for what they do (domain file 00 §0.5)."""

from datetime import datetime, timedelta
from typing import Any

from anju.accounts.queries import scope_of_person, scope_of_staff
from anju.channels import simulator
from anju.core import clock
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files.models import File
from anju.lab import garden as fixture
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket
from anju.worker import loop
from tests.pictures import photo
from tests.planted import planted

HOMES = {name: code for name, _phone, code, _role, _wechat in fixture.OWNERS}


class Cast:
    """The fixture in hand, with the clock and everybody's scope."""

    def __init__(self) -> None:
        self.garden = planted()
        self.community = self.garden.community

    def scope(self, name: str) -> Scope:
        """Who is asking, by name."""
        if name in self.garden.staff:
            return scope_of_staff(self.garden.staff[name])
        return scope_of_person(self.garden.people[name])

    def freeze(self, *automatic: str) -> None:
        """Switch automatisms off: accept, dispatch, merge."""
        self.community.config |= {f"automatic.{name}": False for name in automatic}
        self.community.save()

    def report(self, text: str = "厨房水龙头一直滴漏", *, who: str = "张伟", **more: Any) -> Ticket:
        """A resident or an employee reports."""
        person = self.garden.people.get(who)
        room = more.pop("room", HOMES.get(who) if not {"place", "asset"} & set(more) else None)
        place, asset = more.pop("place", None), more.pop("asset", None)
        report = tickets.Report(
            community=self.community,
            text=text,
            person=person,
            room=self.garden.rooms.get(room or ""),
            place=self.garden.places.get(place or ""),
            asset=self.garden.assets.get(asset or ""),
            channel="miniprogram" if person else "staff",
            **more,
        )
        return tickets.report(report, by=self.scope(who))

    def do(self, action: str, ticket: Ticket, who: str, **more: Any) -> Ticket:
        """Somebody does something to a ticket."""
        verb = {"return": "give_back"}.get(action, action)
        for name in ("to",):
            if isinstance(more.get(name), str):
                more[name] = self.garden.staff[more[name]]
        return getattr(tickets, verb)(ticket, by=self.scope(who), **more)

    def photo(self) -> File:
        """A kept photo."""
        return files.keep(photo(), "a.jpg", community_id=self.community.id, by=self.scope("陈师傅"))

    def at(self, text: str) -> None:
        """Move the clock to "09:10", "09:15:01" of 2 March, or "03-04 13:00"; everything due on the way runs."""
        day, _space, hour = text.rpartition(" ")
        day = day or f"{clock.local(clock.now()):%m-%d}"
        loop.until(clock.parse(f"2026-{day}T{hour if hour.count(':') == 2 else hour + ':00'}"))

    def heard(self, name: str, template: str = "", *, letter: str = "") -> list[simulator.Heard]:
        """What somebody has been told."""
        loop.until(clock.now())
        return simulator.messages(recipient=self.address(name), template=template, letter=letter)

    def address(self, name: str) -> str:
        """How deliveries name somebody."""
        if name in self.garden.staff:
            return f"staff:{self.garden.staff[name].id}"
        return f"person:{self.garden.people[name].id}"

    def in_progress(self, *, at: str = "10:00", who: str = "陈师傅", **more: Any) -> Ticket:
        """A ticket of 张伟, reported now, accepted, dispatched, taken, and begun at that time."""
        self.freeze("accept", "dispatch")
        ticket = self.report(**more)
        self.do("accept", ticket, "李敏")
        self.do("dispatch", ticket, "李敏", to=who)
        self.do("take", ticket, who, eta=30)
        self.at(at)
        return self.do("start", ticket, who, proof={"geo": {"lat": 31.0, "lng": 121.0}})


def later(**span: int) -> datetime:
    """A moment from now."""
    return clock.now() + timedelta(**span)
