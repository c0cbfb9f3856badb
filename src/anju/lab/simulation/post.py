"""What was told to whom: the outbox against what the providers say they took (P3, P4, I7, I8, I19)."""

from collections import Counter
from datetime import timedelta

from anju.core import clock
from anju.lab.simulation.ledger import Ledger, Line, moment
from anju.lab.simulation.tally import Tally

STUCK = timedelta(seconds=180)
"""Three leases of a message."""
RANK = {"QUEUED": 0, "SENDING": 1, "SENT": 2, "FAILED": 3, "DELIVERED": 4, "READ": 5}
GONE = ("SENT", "DELIVERED", "READ")
A_DAY = 5
ROWS = (
    "SELECT id, template, to_kind, to_id, channel, state, reason, attempts, emergency, due_at, queued_at "
    "FROM notify_delivery"
)
TAKEN = "SELECT id, letter, template, recipient, at, key FROM channels_simmessage WHERE id > ? ORDER BY id"
FIRST_WORD = (
    "SELECT t.no FROM tickets_ticket t WHERE t.reporter_hash <> '' AND NOT EXISTS (SELECT 1 FROM notify_delivery d "
    "WHERE d.about_type = 'ticket' AND d.about_id = t.id AND d.template IN ('T101', 'T120', 'T121') "
    "AND d.created_at = t.created_at)"
)


class Post:
    """The outbox as seen from both ends."""

    def __init__(self, ledger: Ledger, tally: Tally) -> None:
        self.ledger, self.tally = ledger, tally
        self.ranks: dict[int, int] = {}
        self.taken: Counter[str] = Counter()
        self.letters: dict[str, str] = {}
        self.unknown = 0
        self.kills = 0
        self.last = 0

    def follow(self, lost_answers: set[str]) -> list[tuple[str, int]]:
        """Hear what providers took since the last time; `lost_answers`: the letters of which the answer is lost now.
        Gives the automatic calls among them: (recipient, id)."""
        calls = []
        for row in self.ledger.rows(TAKEN, self.last):
            self.last = row["id"]
            self.taken[row["key"]] += 1
            self.letters[row["key"]] = row["letter"]
            self.unknown += row["letter"] in lost_answers
            who = row["recipient"] if row["recipient"].startswith(("staff", "person")) else "phone"
            self.tally.note(f"{row['at']} taken {row['letter']} {row['template']} {who}")
            if row["letter"] == "V":
                calls.append((str(row["recipient"]), int(row["id"])))
        return calls

    def compare(self, *, held_up: bool) -> None:
        """Every message: where it is, that it moves on only forward, and whom it reached. `held_up`: somebody was just
        killed, so a lease may be running."""
        patience = STUCK if held_up else timedelta()
        sent: Counter[tuple[str, str]] = Counter()
        for row in self.ledger.rows(ROWS):
            self._one(row["id"], row["state"], row["reason"], int(row["attempts"]))
            due = moment(row["due_at"])
            waits = due is None or due >= clock.now() - patience
            self.tally.check("I7 stuck", waits, f"{row['id']} {row['template']} {row['state']} was due {due}")
            if _counts(row):
                day = clock.local(moment(row["queued_at"]) or clock.now()).date()
                sent[f"{row['to_kind']}:{row['to_id']}", f"{day}"] += 1
        for (who, when), times in sent.items():
            self.tally.check("I19 five a day", times <= A_DAY, f"{times} SMS to {who} on {when}")
        self._twice()
        for row in self.ledger.rows(FIRST_WORD):
            self.tally.check("P3 first word", False, f"{row['no']}: its reporter was told nothing")
        self.tally.check("P3 first word", True)

    def _one(self, row_id: int, state: str, reason: str, attempts: int) -> None:
        rank = RANK.get(state, 9)
        before = self.ranks.get(row_id, 0)
        again = state in ("QUEUED", "SENDING")  # a failed attempt is tried again, until it left
        self.tally.check("I8 forward", rank >= before or (again and before <= RANK["SENDING"]), f"{row_id} {state}")
        self.ranks[row_id] = rank
        times = self.taken[str(row_id)]
        if state == "READ" and not times:  # opened in the app before it could be sent
            self.tally.happened("read before it left")
        elif state in GONE:
            self.tally.check("P3 lost", times > 0, f"{row_id} says {state}, but no provider took it")
        elif rank in (RANK["FAILED"], 9):
            self.tally.check("P3 says why", bool(reason), f"{row_id} {state} without a reason")
        self.tally.check("P4 attempts", times <= max(1, attempts), f"{row_id} taken {times} times in {attempts}")

    def _twice(self) -> None:
        """Doubled: only by a provider without a key, and no oftener than somebody was killed or an answer got lost."""
        doubled = {key: times - 1 for key, times in self.taken.items() if times > 1}
        extra = sum(doubled.values())
        self.tally.most["doubled"] = extra
        self.tally.check("P4 bounded", extra <= self.kills + self.unknown, f"{extra} for {self.kills} + {self.unknown}")
        for key in doubled:
            self.tally.check("P4 keyless", self.letters[key] == "S", f"{key} twice through {self.letters[key]}")


def _counts(row: Line) -> bool:
    """Whether an SMS is one of the five a resident may get in a day (N8)."""
    sms = row["channel"] == "S" and row["state"] in GONE
    return bool(sms and row["to_kind"] != "staff" and not row["emergency"] and row["template"] != "T901")
