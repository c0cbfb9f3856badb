"""Who plays in the demo's fortnight and what happens when: a list of moments on the virtual clock."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

from anju.accounts import actions as accounts
from anju.accounts.queries import crew, scope_of_staff
from anju.core import clock, ids
from anju.core.chance import Dice
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.files import actions as files
from anju.files.models import File
from anju.journal import run as news
from anju.lab.demo import pictures
from anju.lab.demo.register import Resident
from anju.lab.garden import STAFF, Garden, Hire, on_duty
from anju.worker import loop

Deed = Callable[[], None]
AGENTS = ("李敏", "王芳", "外包01")
HIRES = {hire.name: hire for hire in STAFF}


class Stage:
    """The garden, its people, the dice, and everything that is still to happen."""

    def __init__(self, garden: Garden, residents: Sequence[Resident], dice: Dice) -> None:
        self.garden, self.residents, self.dice = garden, residents, dice
        self.names = {staff.id: name for name, staff in garden.staff.items()}
        self.refused: list[str] = []
        self.final = False
        self._scopes = {name: scope_of_staff(staff) for name, staff in garden.staff.items()}
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._order = count()

    # --- what happens when --------------------------------------------------------------------------------------
    def at(self, moment: datetime, deed: Deed) -> None:
        """Put something on the agenda."""
        heapq.heappush(self._agenda, (moment, next(self._order), deed))

    def soon(self, low: float, high: float, deed: Deed) -> None:
        """Put something on the agenda between so many minutes from now."""
        self.at(clock.now() + timedelta(minutes=self.dice.uniform(low, high)), deed)

    def play(self, until: datetime) -> None:
        """Let everything happen in order, the worker's due things between; a refusal leaves the thing undone."""
        while self._agenda and self._agenda[0][0] <= until:
            moment, _order, deed = heapq.heappop(self._agenda)
            _until(max(moment, clock.now()))
            try:
                deed()
            except Refused as refusal:
                self.refused.append(refusal.code)
        _until(until)

    # --- who --------------------------------------------------------------------------------------------------------
    def scope(self, name: str) -> Scope:
        """How a member of staff acts."""
        return self._scopes[name]

    def agent(self) -> str:
        """The agent at the desk at this hour."""
        now = clock.now()
        return next((name for name in AGENTS if on_duty(HIRES[name], now)), "赵静")

    def name_of(self, staff_id: int | None) -> str:
        """The name of a member of staff, "" for nobody."""
        return self.names.get(staff_id or 0, "")

    def shifts(self, working: Callable[[Hire], bool]) -> None:
        """Check everybody in or out."""
        for row in crew(self.garden.community.id):
            hire = HIRES.get(row.staff.login)
            if hire is not None:
                accounts.set_shift(row, on=working(hire), by=SYSTEM)

    def photos(self, leaf: str, by: Scope, *, mended: bool = False, most: int = 1) -> list[File]:
        """One photo or more of a place, kept."""
        number = 1 + (most > 1 and self.dice.random() < 0.3)
        name = f"IMG_{clock.local(clock.now()):%Y%m%d_%H%M%S}.jpg"
        shots = [pictures.take(leaf, self.dice, mended=mended) for _ in range(number)]
        return [files.keep(shot, name, community_id=self.garden.community.id, by=by) for shot in shots]

    def chance(self, probability: float) -> bool:
        return self.dice.random() < probability


def _until(target: datetime) -> None:
    """Move the clock as `loop.until` does, but with everything that is due at one moment together: half the time."""
    virtual = clock.virtual()
    if virtual is None:
        raise RuntimeError("the demo needs a virtual clock")
    while (moment := loop.next_due()) is not None and moment <= target:
        virtual.set(max(moment, virtual.now()))
        if not loop.step(virtual.now()):
            break
    virtual.set(target)
    while news.waiting():
        loop.step(target)


def guest_key() -> str:
    """What a guest's link to his ticket holds."""
    return ids.token()
