"""What the console shows: tonight's own records, who may take a caller over, what may be read out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anju import understanding
from anju.accounts.choices import Role
from anju.accounts.models import Staff
from anju.core import clock
from anju.core.scope import Scope
from anju.desk.frame import Frame
from anju.duty import queries as duty
from anju.duty.models import Callout
from anju.estate.models import Community
from anju.tickets import queries
from anju.tickets.actions.nights import RECEIVERS
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.tickets.queries import Known, Shown
from anju.ui import times

RANK = ("DM", "CS", "CSS", "SUP", "PM")
SHOWN = 40
RELATED = ("community", "place", "room", "asset", "reporter", "handler", "accountable")


@dataclass(frozen=True, slots=True)
class Kind:
    """An emergency as a button, with what is asked and said first (C.3)."""

    code: str
    name: str
    first: understanding.FirstWords | None


def kinds() -> list[Kind]:
    """Everything that starts the chain."""
    found = (understanding.leaf(code) for code in understanding.leaves() if code in understanding.emergencies())
    return [Kind(leaf.code, leaf.short, understanding.first_words(leaf.code)) for leaf in found]


def waiting(scope: Scope, community: Community) -> list[Ticket]:
    """What others have reported and nobody has accepted yet: the outside service answers for it in its window."""
    rows = queries.visible(scope).filter(community=community, status=Status.NEW, master=None)
    rows = rows.exclude(reporter_staff_id=scope.staff_id)
    return list(rows.select_related(*RELATED).order_by("rank", "due_at", "id")[:SHOWN])


def mine(scope: Scope, community: Community) -> list[Ticket]:
    """What this agent has recorded in the window that is open, or was last; the newest first."""
    begin, _end = duty.window(community).around(clock.now())
    rows = queries.visible(scope).filter(community=community, reporter_staff_id=scope.staff_id, created_at__gte=begin)
    return list(rows.select_related(*RELATED).order_by("-id")[:SHOWN])


def receivers(around: Frame) -> list[tuple[Staff, str]]:
    """Who may take a caller over now: those on duty, the duty manager first, and the project manager always."""
    staff = {row.staff_id: row.staff for row in around.staff}
    people = duty.worker_rows(around.scope, around.community)
    able = [one for one in people if not one.roles.isdisjoint(RECEIVERS) and (one.on_shift or "PM" in one.roles)]
    able.sort(key=lambda one: (min(RANK.index(role) for role in one.roles & RECEIVERS), one.staff_id))
    return [(staff[one.staff_id], _posts(one.roles)) for one in able if one.staff_id != around.scope.staff_id]


def _posts(roles: frozenset[str]) -> str:
    return "、".join(str(Role(role).label) for role in RANK if role in roles)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A known matter and the sentence that may be read out."""

    known: Known
    words: str


def bulletins(scope: Scope, community: Community) -> list[Bulletin]:
    """What callers may be told of what is known already; no word more."""
    return [Bulletin(one, _sentence(one)) for one in queries.known(scope, community)]


def _sentence(one: Known) -> str:
    now = clock.now()
    values = {"where": one.where, "what": one.what, "at": times.hm(one.since, now), "state": one.state}
    words = _("%(where)s的%(what)s，我们%(at)s已经收到，现在%(state)s") % values
    if one.promised_at is None:
        return words + "。"
    return words + _("，预计%(eta)s到。") % {"eta": times.hm(one.promised_at, now)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record: its number to read out, where it stands, who has been rung."""

    ticket: Ticket
    shown: Shown
    runs: Sequence[Callout]
    first: understanding.FirstWords | None
    may: frozenset[str]


def sheet(scope: Scope, ticket: Ticket) -> Sheet:
    """Nothing of it is more than R2.5 allows: no quote, no closing."""
    head = ticket.master or ticket
    return Sheet(
        ticket,
        queries.show(scope, ticket),
        duty.runs_for("ticket", [head.id]),
        understanding.first_words(ticket.leaf_code),
        frozenset(queries.next_actions(scope, ticket)) & {"accept", "urge", "note"},
    )
