"""One report and what will come of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from anju.core.scope import Scope, guest
from anju.estate.models import Asset, Place, Room
from anju.files.models import File
from anju.lab.demo.office import Office
from anju.lab.demo.register import Resident
from anju.lab.demo.stories import Story
from anju.tickets import actions as tickets
from anju.tickets.models import Ticket

SCANNED = frozenset({"qr"})
KINDS = {"lobby": "大堂", "unit": "单元", "lift": "电梯", "door": "门禁", "gate": "道闸"}


@dataclass
class Plot:
    """`stop`: the state in which nobody does anything more. `tricks`: turns it will take, each once."""

    story: Story
    who: Resident
    channel: str
    at: datetime
    stop: str = ""
    tricks: set[str] = field(default_factory=set)
    slow: float = 1.0
    where: str = ""
    ticket: Ticket | None = None

    def takes(self, trick: str) -> bool:
        """True once, when this turn belongs to the plot."""
        found = trick in self.tricks
        self.tricks.discard(trick)
        return found

    @property
    def theirs(self) -> Scope:
        """The reporter's scope: a resident, or a guest who holds the ticket's key."""
        if self.ticket is None or self.ticket.reporter_id:
            return self.who.scope
        return guest(self.ticket.id)


def report(office: Office, plot: Plot) -> Ticket:
    """The report comes in through its channel."""
    place, asset, room = _where(office, plot)
    by, staff = _by(office, plot)
    known = plot.channel not in SCANNED
    asked = tickets.Report(
        community=office.garden.community,
        text=plot.story.text,
        channel=plot.channel,
        room=room if known else None,
        place=place,
        asset=asset,
        person=plot.who.person if known and plot.channel != "staff" else None,
        phone=plot.who.phone if plot.channel == "qr" else "",
        leaf=plot.story.leaf if staff and office.dice.random() < 0.5 else "",
        photos=_photos(office, plot, by),
    )
    plot.ticket = tickets.report(asked, by=by)
    return plot.ticket


def _by(office: Office, plot: Plot) -> tuple[Scope, bool]:
    if plot.channel in ("phone", "counter"):
        return office.agent(), True
    if plot.channel == "staff":
        return office.named(office.dice.choice(("孙涛", "蔡姐", "丁浩", "高工"))), True
    if plot.channel == "qr":
        return guest(communities=frozenset({office.garden.community.id})), False
    return plot.who.scope, False


def _photos(office: Office, plot: Plot, by: Scope) -> Sequence[File]:
    many = office.dice.choice((0, 1, 1, 2)) if plot.channel in ("miniprogram", "qr", "staff") else 0
    fits = plot.story.kind.type in ("RP", "CP") and plot.story.kind.arrival_min is not None
    return [office.photo(plot.story.leaf, by) for _ in range(many if fits else 0)]


def _where(office: Office, plot: Plot) -> tuple[Place | None, Asset | None, Room | None]:
    """The place or asset of the story nearest to the reporter, or his home."""
    garden, wanted, room = office.garden, plot.where or plot.story.where, plot.who.room
    if wanted == "room":
        return None, None, room
    if wanted in garden.assets:
        return None, garden.assets[wanted], None
    if wanted in garden.places:
        return garden.places[wanted], None, None
    kind = KINDS[wanted]
    things = [*garden.places.values()] if wanted in ("lobby", "unit") else [*garden.assets.values()]
    able = [one for one in things if one.kind == kind]
    near = [one for one in able if _beside(one, room)] or able
    found = near[0] if len(near) == 1 else office.dice.choice(near)
    return (found, None, None) if isinstance(found, Place) else (None, found, None)


def _beside(thing: Place | Asset, room: Room) -> bool:
    place = thing if isinstance(thing, Place) else thing.place
    return (place.building_no, place.unit_no) == (room.building_no, room.unit_no)
