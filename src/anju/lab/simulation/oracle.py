"""The oracle: follows the journal line by line, and says what must hold of every ticket (I3–I6, P2)."""

from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.lab.simulation import paths
from anju.lab.simulation.ledger import Ledger, facts, moment
from anju.lab.simulation.story import Story, Told
from anju.lab.simulation.tally import Tally
from anju.lab.simulation.watches import Watch
from anju.understanding import leaf

BY_ITSELF = {"RESUME": "resume", "AUTO_ACCEPT": "confirm", "VISIT": "close", "QUOTE": "quote_expired"}
"""Clocks whose end is a step of the procedure, with that step; every other one that is late says `breach`."""
SILENT = ("QUEUE",)
LEASE = timedelta(seconds=121)
"""So long the work of a killed process may lie until another one takes it over (docs/operations.md)."""
NEWS = (
    "SELECT id, verb, at, subject_type, subject_id, seq, actor_kind, actor_id, data FROM journal_entry "
    "WHERE id > ? ORDER BY id"
)
BIRTH = (
    "SELECT id, no, leaf_code, prio, reported_at, created_at, appointment_start, appointment_end, accountable_id "
    "FROM tickets_ticket WHERE id = ?"
)
AS_STORED = (
    "SELECT id, no, status, level, accountable_id, event_seq, was_red, handler_id, master_id FROM tickets_ticket"
)


class Oracle:
    """Every ticket's story, and what was found wrong with it."""

    def __init__(self, ledger: Ledger, tally: Tally) -> None:
        self.ledger, self.tally = ledger, tally
        self.stories: dict[int, Story] = {}
        self.last = 0
        self.killed: datetime | None = None

    # --- following along ------------------------------------------------------------------------------------------
    def follow(self) -> int:
        """Hear what was committed since the last time; gives the number of lines."""
        heard = 0
        for row in self.ledger.rows(NEWS, self.last):
            self.last, heard = row["id"], heard + 1
            told = Told(
                row["id"],
                row["verb"].partition(".")[2],
                moment(row["at"]) or clock.now(),
                row["seq"],
                row["actor_kind"],
                facts(row["data"]),
            )
            self._note(row, told)
            if row["subject_type"] == "ticket" and row["verb"].startswith("tickets."):
                self._hear(row["subject_id"], told)
        return heard

    def _note(self, row: Any, told: Told) -> None:
        name = f"{row['subject_type']}:{row['subject_id']}"
        actor = f"{row['actor_kind']}:{row['actor_id']}"
        self.tally.note(
            f"{clock.now():%m-%d %H:%M:%S} {row['at']} {row['verb']} {name}#{told.seq} {actor} {row['data']}"
        )

    def _hear(self, ticket_id: int, told: Told) -> None:
        story = self.stories.get(ticket_id)
        if story is None:
            story = self.stories[ticket_id] = self._born(ticket_id)
            story.begin(told.at)
        self._in_order(story, told)
        self._nothing_missed(story, told.at)
        self._on_time(story, told)
        self._may_follow(story, told)
        story.hear(told)
        story.watches.known(told.at, clock.now())

    def _born(self, ticket_id: int) -> Story:
        row = next(self.ledger.rows(BIRTH, ticket_id))
        names = ("reported_at", "created_at", "appointment_start", "appointment_end")
        born = {name: moment(row[name]) for name in names}
        return Story(row["no"], born, leaf(row["leaf_code"]), row["prio"])

    def _in_order(self, story: Story, told: Told) -> None:
        self.tally.check("I3 seq", told.seq == story.seq + 1, f"{story.no}: {told.seq} after {story.seq}")
        story.seq = told.seq

    def _may_follow(self, story: Story, told: Told) -> None:
        """Only the steps of the table, and responsibility handed from one to the next without a hole (I3, I4, I6)."""
        if "to" in told.data:
            before, after = told.data["from"], told.data["to"]
            good = before == story.status and paths.listed(told.verb, before, after)
            self.tally.check(
                "I3 path", good, f"{story.no}#{told.seq} {told.verb}: {before} -> {after}, was {story.status}"
            )
        if told.verb == "accountable":
            before, after = told.data["before"], told.data["staff"]
            known = story.accountable in (None, before)
            self.tally.check("I4 handed on", known and after is not None, f"{story.no}#{told.seq} {before} -> {after}")
            story.accountable = after
        if told.verb == "escalate":
            wanted = story.asked_level or story.level + 1
            open_ = story.status in paths.OPEN
            words = f"{story.no}#{told.seq} level {told.data['level']} after {story.level} in {story.status}"
            self.tally.check("I6 levels", open_ and told.data["level"] == wanted, words)
            self.tally.happened(f"L{told.data['level']}")

    # --- what the clocks demand -----------------------------------------------------------------------------------
    def _on_time(self, story: Story, told: Told) -> None:
        """What comes by itself comes at its very second, and only then (I5, P2)."""
        kind = told.data["clock"] if told.verb == "breach" else self._kind_of(story, told)
        if kind is None:
            return
        watch = story.watches.by_kind.get(kind)
        due = watch.due if watch else None
        self.tally.check("I5 moment", due == told.at, f"{story.no}#{told.seq} {told.verb} {kind}: {told.at}, not {due}")
        if watch is not None:
            self._how_late(story, watch, told.at)
            watch.late = told.at
        self.tally.happened(f"late {kind}" if told.verb == "breach" else f"by itself {told.verb}")

    def _kind_of(self, story: Story, told: Told) -> str | None:
        if told.actor != "system":
            return None
        kind = next((kind for kind, verb in BY_ITSELF.items() if verb == told.verb), None)
        given = told.verb == "close" and told.data.get("code") != "UNRATED"
        urged = told.verb == "resume" and story.watches.by_kind["RESUME"].due != told.at
        return None if given or urged else kind

    def _how_late(self, story: Story, watch: Watch, at: datetime) -> None:
        """A step is written the second it is due, but for the lease of a process that was killed with it."""
        waited = clock.now() - max(at, watch.told)
        excused = self.killed is not None and self.killed + LEASE >= clock.now() - waited
        self.tally.worst("seconds late", int(waited.total_seconds()))
        self.tally.check("P2 late", waited <= (LEASE if excused else timedelta()), f"{story.no} {watch.kind} {waited}")

    def _nothing_missed(self, story: Story, before: datetime) -> None:
        for watch in story.watches.missed(before):
            silent = watch.kind in SILENT or (watch.kind == "VISIT" and story.waits_for_visit)
            self.tally.check("P2 missed", silent, f"{story.no} {watch.kind} was due {watch.due}, it is {before}")
            watch.over = True

    # --- the whole picture ------------------------------------------------------------------------------------------
    def compare(self) -> None:
        """Every ticket as it is stored against its story; nothing may be due and not done."""
        until = clock.now() - (LEASE if self.killed and self.killed + LEASE > clock.now() else timedelta())
        for row in self.ledger.rows(AS_STORED):
            story = self.stories.get(row["id"])
            if story is None:
                self.tally.check("I3 told", False, f"{row['no']} is in no line of the journal")
                continue
            self._nothing_missed(story, until)
            stored = (row["status"], row["level"], row["event_seq"])
            meant = (story.status, story.level, story.seq)
            self.tally.check("I3 state", stored == meant, f"{row['no']} is {stored}, the story says {meant}")
            held = row["accountable_id"] is not None and story.accountable in (None, row["accountable_id"])
            self.tally.check(
                "I4 one accountable", held, f"{row['no']}: {row['accountable_id']}, not {story.accountable}"
            )
        self._clocks()

    def _clocks(self) -> None:
        """Each stored clock of an open ticket: late when the story says so, due when the story says so (I5)."""
        rows = self.ledger.rows(
            "SELECT c.ticket_id, c.kind, c.deadline, c.breached_at, c.state, max(c.round) AS round "
            "FROM tickets_clock c JOIN tickets_ticket t ON t.id = c.ticket_id "
            "WHERE t.status NOT IN ('CLOSED', 'CANCELLED') AND t.master_id IS NULL GROUP BY c.ticket_id, c.kind"
        )
        for row in rows:
            story = self.stories[row["ticket_id"]]
            watch = story.watches.by_kind.get(row["kind"])
            if watch is None or row["kind"] in (*SILENT, *BY_ITSELF):
                continue
            late = moment(row["breached_at"])
            self.tally.check("I5 late", late == watch.late, f"{story.no} {row['kind']}: late {late}, not {watch.late}")
            if watch.due is not None:
                second = timedelta(seconds=1)
                due = (moment(row["deadline"]) or clock.now()) + second
                self.tally.check("I5 due", due == watch.due, f"{story.no} {row['kind']}: due {due}, not {watch.due}")
