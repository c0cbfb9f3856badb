"""What stands beside the story of a ticket: merged tickets, and what each department has to do by a ruling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.scope import Scope
from anju.desk import frame
from anju.tickets import access, queries
from anju.tickets.models import Ticket
from anju.tickets.rules import flow
from anju.tickets.rules import tasks as rules
from anju.ui import times


@dataclass(frozen=True, slots=True)
class Child:
    """A merged ticket; `split` is the address that separates it again, "" where the asker may not."""

    no: str
    title: str
    at: datetime
    url: str
    split: str
    version: int


@dataclass(frozen=True, slots=True)
class Task:
    """What a department has to do by the ruling; `due` None when no time was given, `done` when and by whom it was
    ticked off, "" while it is open; `may`: the asker can tick it."""

    number: int
    dept: str
    words: str
    due: datetime | None
    lead: bool
    done: str
    may: bool


def child_of(scope: Scope, child: Ticket) -> Child:
    """A merged ticket as its master's page shows it."""
    may = "split" in queries.next_actions(scope, child)
    return Child(
        no=child.no,
        title=queries.text_for(scope, child, child.title),
        at=child.reported_at,
        url=frame.address(scope, child),
        split=frame.address(scope, child, "separation") if may else "",
        version=child.version,
    )


def tasks(scope: Scope, ticket: Ticket, names: Mapping[int, str]) -> list[Task]:
    """Who has to do what by the ruling: the leading department first, then those who help."""
    return sorted(
        (_task(scope, ticket, one, names) for one in rules.tasks(ticket.ruling)), key=lambda one: not one.lead
    )


def _task(scope: Scope, ticket: Ticket, one: rules.Task, names: Mapping[int, str]) -> Task:
    at = _moment(one.done_at)
    who = names.get(one.done_by or 0, "")
    community = ticket.community_id
    own = scope.depts.get(community) == one.dept or scope.has(community, "PM", "DM")
    return Task(
        number=one.number,
        dept=str(Dept(one.dept).label),
        words=queries.text_for(scope, ticket, one.text),
        due=_moment(one.due),
        lead=one.lead,
        done=f"{who} {times.hm(at, clock.now())}".strip() if at else "",
        may=own and access.can_do(scope, "tick", ticket) and flow.may("tick", ticket.status),
    )


def _moment(text: str) -> datetime | None:
    """A time as a program may have sent it; None for what is none."""
    try:
        return clock.parse(text)
    except ValueError:
        return None
