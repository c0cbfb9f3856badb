"""What stands beside the story of a ticket: merged tickets, and what each department has to do by a ruling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anju.accounts.choices import Dept
from anju.core import clock
from anju.core.scope import Scope
from anju.desk import frame
from anju.tickets import queries
from anju.tickets.models import Ticket


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
    """What a department has to do by the ruling; `due` None when no time was given."""

    dept: str
    words: str
    due: datetime | None
    lead: bool


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


def tasks(scope: Scope, ticket: Ticket) -> list[Task]:
    """Who has to do what by the ruling: the leading department first, then those who help."""
    ruling = ticket.ruling
    if not ruling:
        return []
    named = [_task(scope, ticket, one) for one in ruling.get("subtasks", ()) if one.get("dept") in Dept.values]
    told = {one.dept for one in named}
    others = [{"dept": dept} for dept in (ruling["lead"], *ruling.get("co", ())) if str(Dept(dept).label) not in told]
    return sorted([*named, *(_task(scope, ticket, one) for one in others)], key=lambda one: not one.lead)


def _task(scope: Scope, ticket: Ticket, one: Mapping[str, str]) -> Task:
    return Task(
        dept=str(Dept(one["dept"]).label),
        words=queries.text_for(scope, ticket, str(one.get("text", ""))),
        due=_moment(str(one.get("due", ""))),
        lead=one["dept"] == ticket.ruling["lead"],
    )


def _moment(text: str) -> datetime | None:
    """A time as a program may have sent it; None for what is none."""
    try:
        return clock.parse(text)
    except ValueError:
        return None
