"""Reading stars and visits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.defaults import setting
from anju.feedback import access, rules
from anju.feedback.choices import RevisitState
from anju.feedback.models import Rating, Revisit
from anju.tickets.choices import Status
from anju.tickets.models import Ticket

RELATED = tuple(f"ticket__{name}" for name in ("community", "place", "room", "asset", "handler", "accountable"))


@dataclass(frozen=True, slots=True)
class Standing:
    """The stars of a ticket as its reporter finds them: what he gave, and whether he may give or change them now."""

    rating: Rating | None
    may: bool


def standing(scope: Scope, ticket: Ticket) -> Standing:
    """What the reporter sees below his finished ticket."""
    rating = Rating.objects.filter(ticket=ticket).first() if access.may_rate(scope, ticket) else None
    return Standing(rating, access.may_rate(scope, ticket) and is_open(ticket, rating))


def is_open(ticket: Ticket, rating: Rating | None) -> bool:
    """True while stars are taken: seven days from the end of the work, and for a day after they were given."""
    now = clock.now()
    given = rating is not None and not _earlier_round(ticket, rating)
    if given and rating is not None:
        return rules.changeable(rating.at, now)
    days = setting(ticket.community.config, "rating.window_days")
    ended = ticket.status == Status.PENDING_VISIT or (ticket.status == Status.CLOSED and ticket.master_id is not None)
    return ended and now <= rules.open_until(ticket.status_since, days)


def _earlier_round(ticket: Ticket, rating: Rating) -> bool:
    """The ticket was reopened and worked on again since these stars."""
    return ticket.status == Status.PENDING_VISIT and rating.at < ticket.status_since


def revisits(scope: Scope, community_id: int) -> QuerySet[Revisit]:
    """The calls still owed in a community, the most urgent first; none for who may not call."""
    rows = Revisit.objects.filter(community_id=community_id, state=RevisitState.OPEN)
    rows = rows.select_related(*RELATED, "ticket__reporter", "assignee").order_by("due_at", "id")
    return rows if access.may_visit(scope, community_id) else rows.none()


def revisit(scope: Scope, revisit_id: int) -> Revisit:
    """One call. Raises Refused NOT_FOUND (404)."""
    row = Revisit.objects.select_related(*RELATED, "assignee").filter(id=revisit_id).first()
    if row is None or not access.may_visit(scope, row.community_id):
        raise Refused("NOT_FOUND", _("没有找到这次回访"), status=404)
    return row


def given(scope: Scope, community_id: int, since: datetime, until: datetime) -> list[int]:
    """How many ratings of one, two … five stars were given in a span; counts only, so also before they are final."""
    rows = Rating.objects.filter(community_id=community_id, at__gte=since, at__lt=until).order_by()
    held = scope.is_system or (not scope.is_owner_side and community_id in scope.communities)
    counts = dict(rows.values("stars").annotate(n=Count("id")).values_list("stars", "n")) if held else {}
    return [counts.get(stars, 0) for stars in range(1, 6)]


def stars_of(scope: Scope, ticket_ids: list[int]) -> dict[int, Rating]:
    """The stars of many tickets by ticket id; for those who call, and for others once they are final (R19.2)."""
    rows = Rating.objects.filter(ticket_id__in=ticket_ids)
    now = clock.now()
    return {
        row.ticket_id: row
        for row in rows
        if access.may_visit(scope, row.community_id) or not rules.changeable(row.at, now)
    }
