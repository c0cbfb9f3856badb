"""Those who report, through the product's API: each keeps his key and what he was promised (P1, I1, I2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.test import Client

from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.lab.demo import reports, wording
from anju.lab.demo.register import Resident
from anju.lab.demo.story import HOURS, WEIGHTS
from anju.lab.demo.wording import Said
from anju.lab.simulation.world import World
from anju.tickets import queries
from anju.tickets.models import Ticket

Then = Callable[[Ticket, Said, Scope], None]
LOST, TWICE, LATE, STORM, VISIT = 0.08, 0.06, 0.04, 0.08, 0.06
STAIRWAY, ALARM = 0.5, 0.6
"""How likely each is: an answer that gets lost, a finger that presses twice, …; the last two on each day."""
TROUBLES = (
    ("lift", "电梯不动了，停在一楼不开门"),
    ("lobby", "楼道灯坏了一个，晚上很黑"),
    ("door", "门禁刷脸没反应，刷卡也不行"),
    ("unit", "整栋停电了，电梯也停了"),
)
"""What many neighbours report at once, and where."""


@dataclass(slots=True)
class Letter:
    """A report with its key: sent again with the same one until there is an answer."""

    key: str
    who: str
    resident: Resident | None
    body: dict[str, Any]
    said: Said
    reporter: Scope
    tries: int = 0


class Reporters:
    """All who report, and what they were promised."""

    def __init__(self, world: World, then: Then) -> None:
        self.world, self.then = world, then
        self.client = Client(SERVER_NAME="localhost", headers={"Accept": "application/json"})
        self.promised: dict[str, str] = {}
        self.open: set[str] = set()
        self._keys = count(1)

    # --- when -----------------------------------------------------------------------------------------------------
    def plan(self, until: datetime, a_day: int) -> None:
        """Reports at the hours at which they come, more of them on some days, and now and then a whole stairway."""
        for at in self._moments(until, a_day):
            self.world.at(at, self._somebody)
        day = clock.now() + timedelta(days=1)
        while day < until:
            for probability, deed in ((STAIRWAY, self._stairway), (ALARM, self._alarm)):
                if self.world.chance(probability):
                    at = clock.on(clock.local(day).date(), time(self.world.dice.choice((3, 8, 12, 18, 21))))
                    self.world.at(at, deed)
            day += timedelta(days=1)

    def _moments(self, until: datetime, a_day: int) -> Iterator[datetime]:
        dice, day = self.world.dice, clock.local(clock.now()).date()
        while day <= clock.local(until).date():
            storm = 3 if self.world.chance(STORM) else 1
            for _ in range(dice.randint(a_day * 3 // 4, a_day * 5 // 4) * storm):
                hour = dice.choices(HOURS, WEIGHTS)[0]
                at = clock.on(day, time(hour, dice.randrange(60), dice.randrange(60)))
                if clock.now() < at < until:
                    yield at
            day += timedelta(days=1)

    # --- who says what ----------------------------------------------------------------------------------------------
    def _somebody(self) -> None:
        self._report(reports.draw(self.world))

    def _alarm(self) -> None:
        """An emergency, at whatever hour."""
        self._report(self.world.dice.choice(wording.EMERGENCIES))

    def _report(self, said: Said) -> None:
        world = self.world
        who = world.dice.choice(world.residents)
        letter = self._letter(said, who, reports.spot(world, said.where, who))
        self.send(letter)
        if world.chance(TWICE):  # a finger that presses twice
            world.soon(0, 0.02, partial(self.send, letter))

    def _stairway(self) -> None:
        """Many neighbours report one trouble within minutes (F28)."""
        world = self.world
        where, text = world.dice.choice(TROUBLES)
        first = reports.spot(world, where, world.residents[0])
        for who in world.dice.sample(list(world.residents), world.dice.randint(3, 8)):
            letter = self._letter(Said(1, where, text, "已修好"), who, first)
            world.soon(0, 4, partial(self.send, letter))
        world.tally.happened("a stairway reports")

    def _letter(self, said: Said, who: Resident, spot: dict[str, Any]) -> Letter:
        world = self.world
        body: dict[str, Any] = {"text": said.text} | {name: _code(one) for name, one in spot.items()}
        key = f"report-{next(self._keys)}"
        if world.chance(VISIT):
            start = clock.now() + timedelta(hours=world.dice.randint(3, 30))
            body["appointment"] = {"start": clock.iso(start), "end": clock.iso(start + timedelta(hours=2))}
        if world.chance(0.5):
            return Letter(key, who.name + who.phone, who, body, said, who.scope)
        agent = world.agent()
        body["phone"] = who.phone
        if world.chance(LATE):
            body["reported_at"] = clock.iso(clock.now() - timedelta(minutes=world.dice.randint(5, 300)))
        return Letter(key, agent, None, body, said, who.scope)

    # --- sending ----------------------------------------------------------------------------------------------------
    def send(self, letter: Letter) -> None:
        """Send it; without an answer it is sent again later, the same with the same key."""
        world = self.world
        letter.tries += 1
        self.open.add(letter.key)
        token = world.token(letter.who, letter.resident)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": letter.key}
        answer = self.client.post("/api/v1/tickets", letter.body, content_type="application/json", headers=headers)
        world.tally.check("I21 answered", answer.status_code < 500, f"{letter.key} {answer.status_code}")
        if world.chance(LOST):
            world.tally.happened("an answer got lost")
            world.soon(0.1, 2, partial(self.send, letter))
            return
        self.open.discard(letter.key)
        told = answer.json()
        if answer.status_code != 201:
            world.tally.happened(f"report refused {told['code']}")
            return
        self._promise(letter, told)

    def _promise(self, letter: Letter, told: dict[str, Any]) -> None:
        world, no = self.world, told["no"]
        before = self.promised.get(letter.key)
        world.tally.check("I2 same answer", before in (None, no), f"{letter.key}: {no}, before {before}")
        if letter.tries > 1:
            world.tally.happened("asked again, the same ticket")
        if before is None:
            self.promised[letter.key] = no
            self.then(queries.by_no(SYSTEM, no), letter.said, letter.reporter)

    def kept(self, stored: dict[str, int]) -> None:
        """Every number somebody saw is a ticket, and no report became two (P1, I1, I2)."""
        for key, no in self.promised.items():
            self.world.tally.check("P1 lost", no in stored, f"{key} was promised {no}")
        made, known = len(stored), len(set(self.promised.values()))
        twice = len(self.promised) - known
        self.world.tally.check("I2 one each", twice == 0, f"{twice} numbers promised twice")
        self.world.tally.check("I2 none besides", made - known <= len(self.open), f"{made} tickets, {known} promised")


def _code(one: Any) -> str:
    """How the API names a room, place or asset."""
    return str(getattr(one, "full_code", "") or one.code)
