"""The estate while everything goes wrong: people act, the worker runs, the process dies and starts again."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from anju.accounts import actions as accounts
from anju.core import clock, crash, ids
from anju.core.chance import Dice
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.files import actions as files
from anju.files.models import File
from anju.journal import run as news
from anju.lab.demo import pictures
from anju.lab.demo.register import Resident
from anju.lab.demo.stage import Deed, Stage
from anju.lab.garden import Garden, next_change, on_duty
from anju.lab.simulation.fate import Fate, restart
from anju.lab.simulation.oracle import Oracle
from anju.lab.simulation.post import STUCK, Post
from anju.lab.simulation.tally import Tally
from anju.worker import loop

PENDING = "SELECT EXISTS (SELECT 1 FROM journal_news)"
Listener = Callable[[str, int], None]


class Stuck(Exception):
    """Something is due and does not run: there is nothing more to simulate."""


class World(Stage):
    """The stage of the demo with bad luck, and an oracle in the front row."""

    def __init__(
        self, garden: Garden, residents: Sequence[Resident], dice: Dice, *, fate: Fate, oracle: Oracle, post: Post
    ) -> None:
        super().__init__(garden, residents, dice)
        self.fate, self.oracle, self.post = fate, oracle, post
        self.tally: Tally = oracle.tally
        self.lost_answers: set[str] = set()
        self.called: Listener = lambda recipient, call: None
        self._photo: list[File] = []
        self._tokens: dict[str, str] = {}

    # --- time -----------------------------------------------------------------------------------------------------
    def play(self, until: datetime) -> None:
        """Let everything happen in order, the worker's due things first; whoever gets no answer tries again."""
        while self._step(until):
            self._told()
        self._told()

    def _step(self, until: datetime) -> bool:
        """The next thing that happens; False when nothing more does before `until`."""
        virtual = clock.virtual()
        if virtual is None:
            raise RuntimeError("a simulation needs a virtual clock")
        planned = self._agenda[0][0] if self._agenda else until
        due = loop.next_due()
        if due is not None and due <= min(planned, until):
            virtual.set(max(due, virtual.now()))
            if not self._work():
                self.tally.check("I23 runs", False, f"due at {due} and does not run")
                raise Stuck
            return True
        virtual.set(max(min(planned, until), virtual.now()))
        if not self._agenda or planned > until:
            return False
        self._act(heapq.heappop(self._agenda)[2])
        return True

    def _told(self) -> None:
        """News is told at once."""
        while self.oracle.ledger.count(PENDING) and news.waiting():
            self._work()

    def _act(self, deed: Deed) -> None:
        try:
            deed()
        except Refused as refusal:
            self.tally.note(f"refused {refusal.code}")
            self.tally.happened(f"refused {refusal.code}")
        except crash.Crash as killed:
            self._killed(killed)
            self.tally.happened("killed under a person")
            self.soon(0.2, 3, deed)
        self.watch()

    def _work(self) -> int:
        """One pass of the worker; a kill counts as work, for another one goes on."""
        try:
            done = loop.step(clock.now())
        except crash.Crash as killed:
            self._killed(killed)
            self.post.kills += 1
            done = 1
        self.watch()
        return done

    def _killed(self, killed: crash.Crash) -> None:
        self.tally.happened(f"killed {killed}")
        self.tally.note(f"killed {killed}")
        self.oracle.killed = clock.now()
        restart()

    def watch(self) -> None:
        """The oracle hears what was committed, and people hear their telephones."""
        self.oracle.follow()
        for recipient, call in self.post.follow(self.lost_answers):
            self.called(recipient, call)

    def look(self) -> None:
        """The whole picture: every ticket and every message against what must hold."""
        held_up = self.oracle.killed is not None and self.oracle.killed + STUCK > clock.now()
        self.oracle.compare()
        self.post.compare(held_up=held_up)

    def rest(self, span: timedelta) -> None:
        """Nobody acts any more; what is under way runs its course."""
        self._agenda.clear()
        self.called = lambda recipient, call: None
        self.play(clock.now() + span)

    # --- who and what ---------------------------------------------------------------------------------------------
    def keep_shifts(self, until: datetime) -> None:
        """People come and go by the duty table of the garden."""
        moment = next_change(clock.now())
        while moment < until:
            self.at(moment, lambda: self.shifts(lambda hire: on_duty(hire, clock.now())))
            moment = next_change(moment)

    def token(self, name: str, resident: Resident | None = None) -> str:
        """The bearer token of somebody, made when he first needs it."""
        if name not in self._tokens:
            secret = ids.token(32)
            if resident is None:
                accounts.issue_token(staff=self.garden.staff[name], label="simulation", secret=secret)
            else:
                accounts.issue_token(person=resident.person, label="simulation", secret=secret)
            self._tokens[name] = secret
        return self._tokens[name]

    def photos(self, leaf: str, by: Scope, *, mended: bool = False, most: int = 1) -> list[File]:
        """The same photo every time: pictures are not what is simulated."""
        if not self._photo:
            shot = pictures.take(leaf, self.dice, mended=mended)
            self._photo = [files.keep(shot, "IMG.jpg", community_id=self.garden.community.id, by=by)]
        return self._photo
