"""The oracle must see what is wrong: each fault here is one it has to find."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from anju.core import clock
from anju.lab.simulation import report
from anju.lab.simulation.ledger import Ledger
from anju.lab.simulation.oracle import Oracle
from anju.lab.simulation.post import Post
from anju.lab.simulation.tally import Tally

NINE = datetime.fromisoformat("2026-03-02 01:00:00")
TABLES = """
CREATE TABLE journal_entry (id INTEGER PRIMARY KEY, verb, at, subject_type, subject_id, seq, actor_kind, actor_id, data);
CREATE TABLE tickets_ticket (id, no, leaf_code, prio, reported_at, created_at, appointment_start, appointment_end,
  accountable_id, status, level, event_seq, was_red, handler_id, master_id, reporter_hash);
CREATE TABLE tickets_clock (ticket_id, kind, round, deadline, breached_at, state);
CREATE TABLE notify_delivery (id, template, to_kind, to_id, channel, state, reason, attempts, emergency, due_at,
  queued_at, created_at, about_type, about_id);
CREATE TABLE channels_simmessage (id INTEGER PRIMARY KEY, letter, template, recipient, at, key);
"""


class Book:
    """A database as it may have been written, and the oracle over it."""

    def __init__(self, file: Path) -> None:
        self.sql = sqlite3.connect(file, isolation_level=None)
        self.sql.executescript(TABLES)
        self.tally = Tally()
        self.oracle, self.post = Oracle(Ledger(file), self.tally), Post(Ledger(file), self.tally)
        self.seq = 0

    def add(self, table: str, **columns: Any) -> None:
        names, holes = ", ".join(columns), ", ".join("?" * len(columns))
        self.sql.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", list(columns.values()))

    def ticket(self, **more: Any) -> None:
        row = {"id": 1, "no": "260302-0001", "leaf_code": "IN04", "prio": "P2", "accountable_id": 5, "level": 0}
        row |= {"reported_at": str(NINE), "created_at": str(NINE), "status": "NEW", "event_seq": 1, "reporter_hash": ""}
        self.add("tickets_ticket", **row | more)
        self.say("report")

    def say(self, verb: str, minutes: float = 0, actor: str = "staff", **data: Any) -> list[str]:
        """One more line of the journal at so many minutes after nine; gives what is wrong by then."""
        self.seq += 1
        at = NINE + timedelta(minutes=minutes)
        self.add(
            "journal_entry",
            verb=f"tickets.{verb}",
            at=str(at),
            subject_type="ticket",
            subject_id=1,
            seq=self.seq,
            actor_kind=actor,
            data=json.dumps(data),
        )
        virtual = clock.virtual()
        assert virtual is not None
        virtual.set(max(virtual.now(), at.replace(tzinfo=virtual.now().tzinfo)))
        self.oracle.follow()
        return self.tally.wrong

    def moved(self, verb: str, before: str, after: str, minutes: float = 0, **data: Any) -> list[str]:
        return self.say(verb, minutes, **{"from": before, "to": after} | data)

    def message(self, **columns: Any) -> list[str]:
        row = {
            "id": 9,
            "template": "T101",
            "to_kind": "person",
            "to_id": 3,
            "channel": "S",
            "state": "SENT",
            "attempts": 1,
        }
        row |= {"reason": "", "emergency": 0, "queued_at": str(NINE), "created_at": str(NINE), "about_id": 1}
        self.add("notify_delivery", **row | columns)
        return self.posted()

    def posted(self) -> list[str]:
        self.post.follow(set())
        self.post.compare(held_up=False)
        return self.tally.wrong


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = Book(tmp_path / "book.sqlite3")
    yield made
    made.sql.close()
    made.oracle.ledger.close()
    made.post.ledger.close()


def wrong(book: Book) -> list[str]:
    """The names of what was found wrong."""
    return [" ".join(one.split()[:2]) for one in book.tally.wrong]


def test_a_good_story_is_good(book: Book) -> None:
    book.ticket()
    book.moved("accept", "NEW", "ACCEPTED", 5, auto=False)
    book.moved("dispatch", "ACCEPTED", "DISPATCHED", 5)
    book.moved("take", "DISPATCHED", "TAKEN", 8)
    book.say("breach", 120 + 1 / 60, "system", clock="RED")
    book.moved("start", "TAKEN", "IN_PROGRESS", 125)
    assert book.tally.wrong == []
    assert (book.tally.seen["late RED"], book.tally.checked["I3 path"]) == (1, 4)
    book.sql.execute("UPDATE tickets_ticket SET status = 'IN_PROGRESS', event_seq = 6")
    book.oracle.compare()
    assert book.tally.wrong == []


@pytest.mark.parametrize(
    ("name", "deed"),
    [
        ("I3 path", lambda book: book.moved("finish", "NEW", "PENDING_ACCEPTANCE", 1)),
        ("I3 path", lambda book: book.moved("take", "DISPATCHED", "TAKEN", 1)),
        ("I5 moment", lambda book: book.say("breach", 15, "system", clock="RESP")),
        ("I5 moment", lambda book: book.say("breach", 16, "system", clock="RESP")),
        ("P2 missed", lambda book: book.moved("accept", "NEW", "ACCEPTED", 16, auto=True)),
        ("I6 levels", lambda book: book.say("escalate", 1, level=2)),
        (
            "I4 handed",
            lambda book: (book.say("accountable", 1, before=5, staff=6), book.say("accountable", 2, before=5, staff=7)),
        ),
        ("I4 handed", lambda book: book.say("accountable", 1, before=5, staff=None)),
    ],
)
def test_a_step_that_must_not_be(book: Book, name: str, deed: Any) -> None:
    book.ticket()
    assert book.tally.wrong == []
    deed(book)
    assert name in wrong(book)


def test_a_line_that_is_missing(book: Book) -> None:
    book.ticket()
    book.seq += 1
    book.moved("accept", "NEW", "ACCEPTED", 5, auto=False)
    assert wrong(book) == ["I3 seq"]


def test_a_step_that_comes_late(book: Book) -> None:
    book.ticket()
    virtual = clock.virtual()
    assert virtual is not None
    virtual.advance(timedelta(minutes=17))
    book.say("breach", 15 + 1 / 60, "system", clock="RESP")
    assert (wrong(book), book.tally.most["seconds late"]) == (["P2 late"], 119)


def test_one_that_is_freed_makes_up_for_days_at_once(book: Book) -> None:
    book.ticket()
    book.moved("merge", "NEW", "TAKEN")
    book.say("note", 3 * 1440)
    assert book.tally.wrong == []
    book.moved("freed", "TAKEN", "ACCEPTED", 3 * 1440)
    for at, kind in ((120, "RED"), (240, "ARRIVE"), (1440, "RESOLVE"), (1440, "ESC24")):
        book.say("breach", at + 1 / 60, "system", clock=kind)
    book.say("escalate", 1440 + 1 / 60, "system", level=1)
    book.say("breach", 2880 + 2 / 60, "system", clock="PLAN")
    assert book.tally.wrong == []


def test_what_is_stored_otherwise_than_told(book: Book) -> None:
    book.ticket(status="ACCEPTED", accountable_id=None)
    book.add("tickets_clock", ticket_id=1, kind="RED", round=0, deadline="2026-03-02 02:00:00", state="RUNNING")
    book.add("tickets_ticket", id=2, no="260302-0002", status="NEW", event_seq=1)
    book.oracle.compare()
    assert sorted(wrong(book)) == ["I3 state", "I3 told", "I4 one", "I5 due"]


def test_a_message_that_reached_nobody(book: Book) -> None:
    book.message()
    assert wrong(book) == ["P3 lost"]


def test_a_message_sent_twice_by_one_who_knows_better(book: Book) -> None:
    for number in (1, 2):
        book.add("channels_simmessage", id=number, letter="W", template="T101", recipient="person:3", at="", key="9")
    book.message(channel="W", attempts=2)
    assert wrong(book) == ["P4 bounded", "P4 keyless"]
    book.tally.wrong.clear()
    book.post.kills = 1
    assert [one[:10] for one in book.posted()] == ["P4 keyless"]


def test_a_message_that_is_stuck_goes_back_or_says_nothing(book: Book) -> None:
    book.message(state="QUEUED", due_at="2026-03-02 00:00:00")
    assert wrong(book) == ["I7 stuck"]
    book.tally.wrong.clear()
    book.sql.execute("UPDATE notify_delivery SET state = 'DELIVERED', due_at = NULL")
    book.add("channels_simmessage", id=1, letter="S", template="T101", recipient="phone:88", at="", key="9")
    assert book.posted() == []
    book.sql.execute("UPDATE notify_delivery SET state = 'SENT'")
    assert [one[:10] for one in book.posted()] == ["I8 forward"]
    book.tally.wrong.clear()
    book.sql.execute("UPDATE notify_delivery SET state = 'FAILED', id = 10")
    book.posted()
    assert wrong(book) == ["P3 says"]


def test_six_sms_and_a_reporter_who_heard_nothing(book: Book) -> None:
    book.ticket(reporter_hash="ab")
    for number in range(6):
        key = str(20 + number)
        book.add(
            "channels_simmessage", id=number + 1, letter="S", template="T106", recipient="person:3", at="", key=key
        )
        book.add(
            "notify_delivery", id=20 + number, template="T106", to_kind="person", to_id=3, channel="S", state="SENT",
            reason="", attempts=1, emergency=0, queued_at=str(NINE),
        )  # fmt: skip
    book.posted()
    assert sorted(wrong(book)) == ["I19 five", "P3 first"]


def test_a_run_that_tried_nothing_fails() -> None:
    tally = Tally()
    assert len(report.failings(tally, short=False)) == len(report.CHECKED) - 1 + len(report.SOMETIMES)
    for name in report.CHECKED:
        tally.check(name, holds=True)
    for name in report.OFTEN:
        tally.happened(name)
    assert (report.failings(tally, short=True), report.failings(tally, short=False) != []) == ([], True)
    for name in report.SOMETIMES:
        tally.happened(name)
    assert report.failings(tally, short=False) == []
    tally.check("P1 lost", holds=False, words="report-1")
    assert report.failings(tally, short=True) == ["P1 lost report-1"]
