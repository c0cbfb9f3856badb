"""What a person is told about his data, and the requests he makes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.core import clock, personal
from anju.core.errors import Refused
from anju.core.personal import Item
from anju.core.scope import Kind, Scope
from anju.estate import queries as estate
from anju.privacy.models import Leak, PurgeReport, Request

RESIDENTS = "住户"
"""Whom most of the register is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register of processing."""

    room: str
    item: Item


def register(*, whom: str = "") -> list[Entry]:
    """The register of processing (个人信息保护法 §51): what every room declares, for whom it is about."""
    rows = [Entry(one.room, item) for one in personal.everything() for item in one.items]
    return [row for row in rows if whom in ("", row.item.whom)]


def copy(scope: Scope) -> dict[str, Any]:
    """Everything that is kept of a resident, to take away (§45). Raises Refused NOT_ALLOWED (403)."""
    if scope.kind is not Kind.RESIDENT or scope.person_id is None:
        raise Refused("NOT_ALLOWED", _("只有本人可以取走自己的资料"), status=403)
    found: dict[str, Any] = {"生成时间": clock.iso(clock.now())}
    for one in personal.everything():
        found |= one.copy(scope.person_id)
    return found


def holds(person_id: int) -> list[str]:
    """Why something of a person must be kept for now (§47)."""
    return [reason for one in personal.everything() for reason in one.holds(person_id)]


def mine(scope: Scope) -> QuerySet[Request]:
    """A resident's own requests, the newest first."""
    rows = Request.objects.filter(person_id=scope.person_id or 0).order_by("-asked_at", "-id")
    return rows if scope.kind is Kind.RESIDENT else rows.none()


def requests(scope: Scope, community_id: int, *, state: str = "") -> QuerySet[Request]:
    """The requests of a community, the one due first on top, for those who answer them."""
    rows = Request.objects.filter(community_id=community_id).select_related("person").order_by("due_at", "id")
    rows = rows.filter(state=state) if state else rows
    return rows if allowed(scope, "privacy.requests", community_id) else rows.none()


def request(scope: Scope, no: str) -> Request:
    """One of them by its number. Raises Refused NOT_FOUND (404)."""
    rows = Request.objects.select_related("person", "community").filter(no=no, community_id__in=scope.communities)
    row = rows.order_by("-id").first() if no.isprintable() else None
    own = row is not None and scope.kind is Kind.RESIDENT and row.person_id == scope.person_id
    if row is None or not (own or allowed(scope, "privacy.requests", row.community_id)):
        raise Refused("NOT_FOUND", _("没有找到这个申请"), status=404)
    return row


def leaks(scope: Scope, community_id: int) -> QuerySet[Leak]:
    """The breaches of a community, the newest first, for those who handle them."""
    rows = Leak.objects.filter(community_id=community_id).order_by("-found_at", "-id")
    return rows if allowed(scope, "privacy.leak", community_id) else rows.none()


def leak(scope: Scope, no: str) -> Leak:
    """One of them by its number. Raises Refused NOT_FOUND (404)."""
    rows = Leak.objects.select_related("community").filter(no=no, community_id__in=scope.communities)
    row = rows.order_by("-id").first() if no.isprintable() else None
    if row is None or not allowed(scope, "privacy.leak", row.community_id):
        raise Refused("NOT_FOUND", _("没有找到这个事件"), status=404)
    return row


def reported(scope: Scope, leak_id: int) -> Leak:
    """One that the asker has reported himself."""
    return Leak.objects.get(id=leak_id, opened_by_id=scope.staff_id or 0)


def purges(limit: int = 14) -> list[PurgeReport]:
    """The reports of the last nights."""
    return list(PurgeReport.objects.order_by("-at")[:limit])


def consents(scope: Scope) -> dict[str, Any]:
    """A resident's standing consents by purpose."""
    return dict(estate.consents(scope))
