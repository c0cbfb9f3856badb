"""What people do besides the usual: slowly, twice, too late, in the wrong order, and to the wrong department."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from anju.core import clock
from anju.core.errors import Refused
from anju.lab.demo.people import CREWS, Life
from anju.lab.simulation.world import World
from anju.tickets import actions as tickets

MEDDLES, FORGETS, RACES, ANSWERS = 0.22, 0.10, 0.2, 0.5
TRIES = 4
PACES = (1, 1, 1, 1, 2, 3, 8)
CONFLICTS = ("STATE_CONFLICT", "ALREADY_TAKEN", "NOT_ALLOWED")


@dataclass(slots=True)
class Habit(Life):
    """A ticket's life among people who are not always at their best."""

    stage: World
    pace: float = 1.0
    forgotten: bool = False

    def begin(self) -> None:
        self.pace = self.stage.dice.choice(PACES)
        Life.begin(self)

    def _next(self, low: float, high: float) -> None:
        if not self.forgotten and self.stage.chance(FORGETS):
            self.forgotten = True
            low, high = low + 1500, high + 4500
        self.stage.soon(low * self.pace, high * self.pace, self.step)

    def _do(self) -> None:
        if self.stage.chance(MEDDLES):
            self._meddle()
            self._next(1, 60)
            return
        version = self.ticket.version
        Life._do(self)
        if self.stage.chance(RACES) and self.ticket.version != version:
            self._too_late(version)

    def _too_late(self, version: int) -> None:
        """Somebody else had the page open and presses the same moment (F29)."""
        try:
            tickets.note(self.ticket, by=self.stage.scope("赵静"), note_text="我来跟进这一单", version=version)
        except Refused as refusal:
            self.stage.tally.happened("came second" if refusal.code in CONFLICTS else f"came second {refusal.code}")
            return
        self.stage.tally.check("I3 second", False, "a stale page was taken")

    def _meddle(self) -> None:
        """Whatever is possible now, after one or two things that are not."""
        for deed in self.stage.dice.sample(MEDDLING, TRIES):
            try:
                deed(self)
                return
            except Refused as refusal:
                self.stage.tally.happened(f"refused {refusal.code}")

    # --- what comes between -----------------------------------------------------------------------------------------
    def urge(self) -> None:
        tickets.urge(self.ticket, by=self.reporter)

    def escalate(self) -> None:
        level = min(3, self.ticket.level + 1)
        tickets.escalate(self.ticket, by=self.stage.scope("赵静"), reason="业主很着急", to_level=level)

    def plan(self) -> None:
        due = clock.now() + timedelta(hours=self.stage.dice.randint(2, 100))
        tickets.plan(self.ticket, by=self.stage.scope("吴刚"), plan_due_at=due, reason="要等厂家来人")

    def hand_off(self) -> None:
        dept = self.stage.dice.choice([one for one in ("ENG", "SEC", "CLN") if one != self.ticket.lead_dept])
        tickets.offer(self.ticket, by=self.stage.scope("赵静"), dept=dept, reason="看起来归他们管")
        if self.stage.chance(ANSWERS):
            self.stage.soon(1, 14, self._answered)

    def _answered(self) -> None:
        by = self.stage.scope("周强")
        if self.stage.chance(0.5):
            tickets.refuse(self.ticket, by=by, reason="不归我们", evidence="类别表第三页")
        else:
            tickets.receive(self.ticket, by=by)

    def give_back(self) -> None:
        by = self.stage.scope(self.stage.name_of(self.ticket.handler_id) or "陈师傅")
        tickets.give_back(self.ticket, by=by, reason="工具不够", photos=self.stage.photos("IN", by))

    def transfer(self) -> None:
        crew = CREWS.get(self.ticket.lead_dept, CREWS["ENG"])
        to = self.stage.garden.staff[self.stage.dice.choice(crew)]
        tickets.transfer(self.ticket, by=self.stage.scope("吴刚"), to=to)

    def suspend(self) -> None:
        """Waiting for the owner needs nobody's agreement; the levels go on counting."""
        name = self.stage.name_of(self.ticket.handler_id) or "陈师傅"
        until = clock.now() + timedelta(hours=self.stage.dice.randint(1, 60))
        tickets.suspend(self.ticket, by=self.stage.scope(name), reason="等待业主时间", resume_at=until)

    def resume(self) -> None:
        tickets.resume(self.ticket, by=self.stage.scope("吴刚"))

    def classify(self) -> None:
        leaf = self.stage.dice.choice(("IN04", "PE02", "EL01", "CL01", "IQ02", "NS01", "IN02", "SG01"))
        tickets.classify(self.ticket, by=self.stage.scope("赵静"), leaf=leaf)

    def rule(self) -> None:
        tickets.rule(self.ticket, by=self.stage.scope("周强"), lead=self.stage.dice.choice(("ENG", "SEC")))

    def cancel(self) -> None:
        tickets.cancel(self.ticket, by=self.reporter, reason="自己好了")


MEDDLING: tuple[Callable[[Habit], None], ...] = (
    Habit.urge,
    Habit.escalate,
    Habit.plan,
    Habit.plan,
    Habit.hand_off,
    Habit.hand_off,
    Habit.hand_off,
    Habit.give_back,
    Habit.transfer,
    Habit.suspend,
    Habit.suspend,
    Habit.suspend,
    Habit.suspend,
    Habit.resume,
    Habit.classify,
    Habit.rule,
    Habit.cancel,
)
