"""What the outside answering service recorded, what of it the day team has not looked at yet (R2.10), and what callers
may be told of what is known already (R2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core.scope import Scope
from anju.duty import queries as duty
from anju.estate.models import Community
from anju.journal import queries as journal
from anju.tickets.choices import ENDED, OWNER_WORDS, Channel, Status
from anju.tickets.models import Ticket
from anju.tickets.queries.one import ONE_RELATED

MOST_KNOWN = 50
SETTLED = ENDED | {Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT}


@dataclass(frozen=True, slots=True)
class Night:
    """A shift of the outside service: its tickets, those (ids) that no agent of ours has touched, and the counts."""

    begin: datetime
    end: datetime
    rows: Sequence[Ticket]
    untouched: frozenset[int]
    calls: int
    callouts: int
    promises: int


def night(scope: Scope, community: Community, begin: datetime, end: datetime) -> Night:
    """What was recorded from `begin` up to `end`, for those whom the day team's work is open to."""
    agents, desk = _teams(community.id) if allowed(scope, "tickets.night", community.id) else ([], [])
    made = Ticket.objects.select_related(*ONE_RELATED).filter(community=community, reporter_staff_id__in=agents)
    rows = list(made.filter(created_at__gte=begin, created_at__lt=end).order_by("id"))
    waiting = {row.id for row in rows if row.status not in ENDED}
    return Night(
        begin,
        end,
        rows,
        frozenset(waiting - journal.touched("ticket", waiting, desk)),
        calls=sum(row.channel == Channel.PHONE for row in rows),
        callouts=len(duty.runs_for("ticket", [row.id for row in rows])),
        promises=sum(row.promised_at is not None for row in rows),
    )


def _teams(community_id: int) -> tuple[list[int], list[int]]:
    """Who answers from outside, and our own agents."""
    crew = accounts.crew(community_id)
    outside = [one.staff_id for one in crew if "OUT" in one.roles]
    return outside, [one.staff_id for one in crew if not {"CS", "CSS"}.isdisjoint(one.roles)]


@dataclass(frozen=True, slots=True)
class Known:
    """A matter at a public place: no word of whoever reported it, and nobody's home."""

    no: str
    where: str
    what: str
    since: datetime
    state: str
    promised_at: datetime | None
    reporters: int


def known(scope: Scope, community: Community) -> list[Known]:
    """What is being dealt with at public places, the most urgent first."""
    if not allowed(scope, "tickets.known", community.id):
        return []
    rows = Ticket.objects.select_related("place", "asset", "room").filter(community=community, master=None, room=None)
    rows = rows.exclude(place=None, asset=None).exclude(status__in=SETTLED).order_by("rank", "reported_at", "id")
    return [
        Known(
            row.no,
            row.where,
            row.leaf.short,
            row.reported_at,
            str(OWNER_WORDS[Status(row.status)]),
            row.promised_at,
            row.child_count + 1,
        )
        for row in rows[:MOST_KNOWN]
    ]
