"""What may be taken out, and the exports an asker may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anju.accounts.access import allowed
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate.models import Community, Occupancy
from anju.privacy.choices import ExportKind
from anju.privacy.models import Export
from anju.tickets import queries as tickets
from anju.tickets.models import Ticket
from anju.vault.policy import Sight, sight

FIELDS = {
    ExportKind.RESIDENTS: {
        "building": gettext_lazy("楼栋"),
        "room": gettext_lazy("房屋"),
        "relation": gettext_lazy("身份"),
        "name": gettext_lazy("姓名"),
        "phone": gettext_lazy("电话"),
    },
    ExportKind.TICKETS: {
        "no": gettext_lazy("工单号"),
        "kind": gettext_lazy("类别"),
        "light": gettext_lazy("灯"),
        "prio": gettext_lazy("优先级"),
        "status": gettext_lazy("状态"),
        "place": gettext_lazy("位置"),
        "who": gettext_lazy("责任人"),
        "due": gettext_lazy("时限"),
        "reported": gettext_lazy("报事时间"),
        "text": gettext_lazy("内容"),
        "name": gettext_lazy("姓名"),
        "phone": gettext_lazy("电话"),
        "room": gettext_lazy("房屋"),
    },
}
"""The columns of each kind; what is exported is chosen one by one (最小范围)."""
PERSONAL = frozenset({"name", "phone", "room", "text"})
UNMASKED = Sight(mine=True)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an export and whom it is about, for the log."""

    cells: Sequence[str]
    person_id: int | None
    room_id: int | None


def exports(scope: Scope, community_id: int) -> QuerySet[Export]:
    """His own, and those he may decide on, the newest first."""
    rows = Export.objects.filter(community_id=community_id).select_related("requester").defer("content")
    rows = rows.order_by("-asked_at", "-id")
    return rows if allowed(scope, "privacy.export", community_id) else rows.none()


def export(scope: Scope, no: str) -> Export:
    """One of them by its number. Raises Refused NOT_FOUND (404)."""
    rows = Export.objects.select_related("requester", "community").filter(no=no, community_id__in=scope.communities)
    row = rows.order_by("-id").first() if no.isprintable() else None
    if row is None or not allowed(scope, "privacy.export", row.community_id):
        raise Refused("NOT_FOUND", _("没有找到这个导出申请"), status=404)
    return row


def by_id(scope: Scope, export_id: int) -> Export:
    """One that the asker has just made or decided on."""
    return Export.objects.select_related("requester", "community").get(id=export_id, community_id__in=scope.communities)


def count(kind: str, community: Community, building: str, filters: Mapping[str, str], scope: Scope) -> int:
    """How many rows it would have."""
    if kind == ExportKind.RESIDENTS:
        return _occupancies(community, building).count()
    return _tickets(community, filters, scope).count()


def lines(row: Export, scope: Scope) -> Iterator[Line]:
    """The rows, as its requester may see them; unmasked only when compliance allowed it."""
    seen = UNMASKED if row.full else sight(scope, row.community_id)
    if row.kind == ExportKind.RESIDENTS:
        for one in _occupancies(row.community, row.building):
            yield Line([_of_resident(one, name, seen) for name in row.fields], one.person_id, one.room_id)
        return
    for ticket in _tickets(row.community, row.filters, scope):
        yield Line([_of_ticket(ticket, name, seen) for name in row.fields], ticket.reporter_id, ticket.room_id)


def _occupancies(community: Community, building: str) -> QuerySet[Occupancy]:
    rows = Occupancy.objects.filter(community=community, to_on=None).select_related("room", "person")
    rows = rows.filter(room__building_no=building) if building else rows
    return rows.prefetch_related("person__contacts").order_by("room__full_code", "id")


def _tickets(community: Community, filters: Mapping[str, str], scope: Scope) -> QuerySet[Ticket]:
    """Those of a list of the queue, what must be done first first; without filters every ticket of the community."""
    related = ("community", "room", "reporter", "place", "asset", "accountable")
    if not filters:
        return tickets.visible(SYSTEM).filter(community=community).select_related(*related).order_by("id")
    rows = tickets.listed(scope, tickets.filters_of(filters)).filter(community=community)
    return rows.select_related(*related).order_by("rank", "due_at", "id")


def _of_resident(row: Occupancy, name: str, seen: Sight) -> str:
    if name == "building":
        return row.room.building_no
    if name == "relation":
        return str(row.get_role_display())
    if name == "room":
        return row.room.full_code if seen.letter("room") == "F" else seen.show("room", row.room.room_no)
    if name == "name":
        return seen.show("name", row.person.name)
    return "、".join(seen.show("phone", one.phone) for one in row.person.contacts.all() if one.state == "VALID")


def _plain(row: Ticket) -> dict[str, str]:
    """The columns that say nothing of a resident."""
    return {
        "no": row.no,
        "kind": row.leaf.name,
        "light": str(row.get_light_display()),
        "prio": row.prio,
        "status": str(row.get_status_display()),
        "place": row.where,
        "who": row.accountable.name if row.accountable else "",
        "due": f"{clock.local(row.due_at):%Y-%m-%d %H:%M}" if row.due_at else "",
        "reported": f"{clock.local(row.reported_at):%Y-%m-%d %H:%M}",
    }


def _of_ticket(row: Ticket, name: str, seen: Sight) -> str:
    plain = _plain(row)
    if name in plain:
        return plain[name]
    if name == "text":
        return seen.text(row.text, row.community.hotline)
    if name == "room":
        full = row.room.full_code if row.room else ""
        return full if seen.letter("room") == "F" else seen.show("room", row.room.room_no if row.room else "")
    return seen.show(name, row.reporter_phone if name == "phone" else row.reporter.name if row.reporter else "")
