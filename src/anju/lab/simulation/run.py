"""One run: an estate of so many households for so many days, from a seed."""

import logging
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from anju.core import clock, ids
from anju.core.chance import dice
from anju.core.scope import Scope
from anju.estate import actions as estate
from anju.journal import run as news
from anju.lab import garden as fixture
from anju.lab.demo import register
from anju.lab.demo.story import EXTRA_SKILLS
from anju.lab.demo.wording import Said
from anju.lab.simulation.carriers import Carriers
from anju.lab.simulation.fate import Fate, restart
from anju.lab.simulation.habits import Habit
from anju.lab.simulation.ledger import Ledger
from anju.lab.simulation.oracle import Oracle
from anju.lab.simulation.post import Post
from anju.lab.simulation.reporters import Reporters
from anju.lab.simulation.tally import Tally
from anju.lab.simulation.world import Stuck, World
from anju.privacy.actions import rounds
from anju.privacy.queries import chain
from anju.tickets.models import Ticket
from anju.timers import run as timers

MORTAL = "anju.lab.simulation.mortal"
A_TOWER = 24
OFTEN = 60
"""Days between two reports of one household."""
FEWEST = 5
QUIET = timedelta(days=10)
"""At the end nobody acts and nobody dies: what is under way comes to rest, up to the last level and the last star."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is."""

    households: int
    days: int

    @property
    def towers(self) -> list[tuple[str, str]]:
        """Those of the demo, and more of them until there are enough homes."""
        more = max(0, self.households // A_TOWER - len(register.TOWERS))
        return [*register.TOWERS, *((str(8 + number // 2), str(1 + number % 2)) for number in range(more))]

    @property
    def a_day(self) -> int:
        return max(FEWEST, self.households // OFTEN)


def prepare() -> Path:
    """An empty migrated database in the data folder, to begin each run from; nobody pulls the plug of this machine, so
    nothing waits for its disk."""
    held = settings.DATABASES["default"]
    held["ENGINE"] = MORTAL
    del connections[DEFAULT_DB_ALIAS]
    held["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    with clock.using(clock.VirtualClock(fixture.START)):
        ids.begin(0)
        call_command("migrate", verbosity=0)
    connection.close()
    empty = Path(f"{held['NAME']}.empty")
    shutil.copyfile(held["NAME"], empty)
    return empty


def play(size: Size, seed: int, empty: Path, tally: Tally) -> None:
    """Live through it from the beginning, and count in `tally` what was checked and what was wrong."""
    file = Path(str(settings.DATABASES["default"]["NAME"]))
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(empty, file)
    restart()
    errors = _Errors(tally)
    logging.getLogger("anju").addHandler(errors)
    ids.begin(seed)
    ledger = Ledger(file)
    try:
        with clock.using(clock.VirtualClock(fixture.START)):
            _play(size, seed, Oracle(ledger, tally), Post(ledger, tally))
    except Stuck:
        return
    finally:
        logging.getLogger("anju").removeHandler(errors)
        ledger.close()
        connection.close()


def _play(size: Size, seed: int, oracle: Oracle, post: Post) -> None:
    chance, fate = dice(seed), Fate(dice(-seed - 1))
    garden = fixture.plant(lat=31.2304, lng=121.4737, password=fixture.PASSWORD)
    estate.configure(garden.community, {"duty.check_in": False})
    for name, skills in EXTRA_SKILLS.items():
        member = garden.members[name]
        member.skills = [*member.skills, *skills]
        member.save(update_fields=["skills"])
    residents = register.build(garden, chance, size.towers)
    rounds.begin()
    world = World(garden, residents, chance, fate=fate, oracle=oracle, post=post)
    until = clock.now() + timedelta(days=size.days)
    reporters = Reporters(world, lambda ticket, said, who: _live(world, ticket, said, who))
    carriers = Carriers(world)
    world.keep_shifts(until)
    reporters.plan(until, size.a_day)
    fate.begin()
    try:
        _days(world, until)
    finally:
        fate.end()
    carriers.calm()
    world.rest(QUIET)
    _settled(world, reporters)


def _live(world: World, ticket: Ticket, said: Said, reporter: Scope) -> None:
    Habit(world, ticket, said, reporter).begin()


def _days(world: World, until: datetime) -> None:
    """Day by day, with a look at the whole picture each midnight."""
    while clock.now() < until:
        world.play(min(until, clock.day_start(clock.now()) + timedelta(days=1)))
        world.look()


def _settled(world: World, reporters: Reporters) -> None:
    """Everything has come to rest: the full account."""
    world.look()
    tally, ledger = world.tally, world.oracle.ledger
    reporters.kept({row["no"]: row["id"] for row in ledger.rows("SELECT id, no FROM tickets_ticket")})
    tally.check("I23 timers parked", not timers.parked().exists(), "a timer is parked")
    tally.check("I23 news parked", not news.parked().exists(), "a piece of news is parked")
    tally.check("I17 chain", chain.verify().holds, chain.verify().why)
    whole = ledger.count("SELECT count(*) FROM journal_entry WHERE at NOT GLOB '????-??-?? ??:??:??'")
    tally.check("I24 whole seconds", whole == 0, f"{whole} lines")
    tally.checked["lines of the journal"] += ledger.count("SELECT count(*) FROM journal_entry")
    tally.checked["tickets"] += len(world.oracle.stories)
    tally.checked["messages"] += len(world.post.ranks)
    tally.note(f"states {sorted(world.post.ranks.values())}")


class _Errors(logging.Handler):
    """What the product itself calls an error is one, but for messages that could not be sent."""

    def __init__(self, tally: Tally) -> None:
        super().__init__(logging.ERROR)
        self.tally = tally

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if not said.startswith("delivery "):
            cause = record.exc_info[1] if record.exc_info else ""
            self.tally.check("no error", False, f"{record.name}: {said} {cause!r}")
