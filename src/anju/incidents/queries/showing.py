"""What the command page, the lobby and the residents' banner show of an incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.incidents.choices import Audience, CallState, Role, State
from anju.incidents.models import Bulletin, Call, Incident, Slot, Step
from anju.incidents.queries import finding
from anju.incidents.queries.affected import rooms_of
from anju.journal import queries as journal
from anju.journal.models import Entry
from anju.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Notice:
    """What residents read: no names, no flats."""

    no: str
    kind: str
    place: str
    state: State
    opened_at: datetime
    text: str
    posted_at: datetime | None
    eta: datetime | None
    next_at: datetime | None

    @property
    def label(self) -> str:
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class Crew:
    """A role, who has it now and whether he has answered. `called`: also those before him."""

    role: str
    label: str
    call: Call

    @property
    def is_here(self) -> bool:
        return self.call.state == CallState.ACKED


@dataclass(frozen=True, slots=True)
class Board:
    """Everything about an incident that its crew works with."""

    row: Incident
    crew: Sequence[Crew]
    calls: Sequence[Call]
    steps: Sequence[Step]
    slots: Sequence[Slot]
    bulletins: Sequence[Bulletin]
    drafts: Sequence[Bulletin]
    tickets: Sequence[Ticket]
    timeline: Sequence[Entry]
    rooms: int
    next_at: datetime | None
    repair_due: datetime | None


def board(row: Incident) -> Board:
    """The whole of it, in a constant number of statements. The asker has fetched the row by his scope."""
    calls = list(row.calls.select_related("staff", "also"))
    posts = list(row.bulletins.select_related("author", "approved_by", "slot"))
    slots = list(row.slots.all())
    links = row.links.select_related("ticket")
    return Board(
        row=row,
        crew=_crew(calls),
        calls=calls,
        steps=list(row.steps.select_related("by", "wrong_by")),
        slots=slots,
        bulletins=[one for one in posts if one.posted_at],
        drafts=[one for one in posts if one.posted_at is None],
        tickets=[one.ticket for one in links],
        timeline=list(journal.of("incident", row.id)),
        rooms=rooms_of(row.community_id, row.areas).count(),
        next_at=next_due(row, slots),
        repair_due=_repair_due(row),
    )


def _crew(calls: Sequence[Call]) -> list[Crew]:
    """Per role the one who has answered, else the one called last."""
    found: dict[str, Call] = {}
    for one in calls:
        if one.state == CallState.RELIEVED:
            continue
        before = found.get(one.role)
        if before is None or before.state != CallState.ACKED:
            found[one.role] = one
    return [Crew(role, str(Role(role).label), call) for role, call in found.items()]


def next_due(row: Incident, slots: Sequence[Slot]) -> datetime | None:
    """When the next bulletin is due at the latest."""
    if not row.runs or not slots:
        return None
    last = slots[-1]
    return last.due_at + timedelta(minutes=row.interval_min) if last.met_at else last.due_at


def _repair_due(row: Incident) -> datetime | None:
    target = row.community.config.get("incident.repair_target_min", 30)
    return row.t0 + timedelta(minutes=target) if row.plan.is_repair else None


def notice(row: Incident) -> Notice:
    """What residents read now."""
    last = (
        row.bulletins.filter(audience=Audience.RESIDENTS).exclude(posted_at=None).order_by("-posted_at", "-id").first()
    )
    began = f"{row.place}于{clock.local(row.opened_at):%H:%M}发生{row.kind}，我们正在现场处置"
    return Notice(
        no=row.no,
        kind=row.kind,
        place=row.place,
        state=State(row.state),
        opened_at=row.opened_at,
        text=last.text if last else began,
        posted_at=last.posted_at if last else None,
        eta=row.eta_at,
        next_at=next_due(row, list(row.slots.all())) if row.runs else None,
    )


def notices(scope: Scope) -> list[Notice]:
    """The banner of a resident: incidents that are on where he lives."""
    return [notice(row) for row in finding.of_resident(scope)]


def around(community_id: int, area: Mapping[str, str]) -> list[Notice]:
    """What anybody at a place may read: the real incidents that are on there, of which residents are told."""
    rows = finding.running(community_id).filter(is_drill=False).select_related("community")
    return [notice(row) for row in rows if row.plan.tells and finding.covers(row, [area])]


def everywhere(scope: Scope, community_id: int) -> list[Notice]:
    """The same of a whole community, for whoever answers its telephone."""
    return around(community_id, finding.area_of(None)) if scope.is_system or community_id in scope.communities else []


def role_label(role: str) -> str:
    """通报, 抢修 …"""
    return str(Role(role).label)


def people(entries: Sequence[Entry]) -> dict[int, str]:
    """Who wrote the lines of a timeline."""
    return accounts.names({one.actor_id for one in entries if one.actor_kind == "staff" and one.actor_id})
