"""Reveals as their staff, their supervisors and the person looked at may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.choices import Role
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.privacy import rules
from anju.privacy.choices import LineKind, RevealState, Why
from anju.privacy.models import Finding, LogLine, Reveal
from anju.tickets.models import Ticket


def value_of(ticket: Ticket, field: str) -> str:
    """The full value of a field of whoever reported the ticket; "" when there is none. Only for `actions.revealing`."""
    if field == "phone":
        return ticket.reporter_phone or ""
    if field == "name":
        return ticket.reporter.name if ticket.reporter else ""
    if field == "room":
        return ticket.room.full_code if ticket.room else ""
    return ""


def used(scope: Scope) -> int:
    """How often he has looked today; what a supervisor gave does not count."""
    today = clock.day_start(clock.now())
    return Reveal.objects.filter(
        staff_id=scope.staff_id or 0,
        asked_at__gte=today,
        approver=None,
        state__in=(RevealState.SHOWN, RevealState.CLOSED),
    ).count()


def left(scope: Scope, community: Community) -> int:
    """How often he may still look today (R16.2)."""
    quota = setting(community.config, rules.quota_key(scope.roles_in(community.id)))
    return max(0, int(quota) - used(scope))


def reveal(scope: Scope, reveal_id: int) -> Reveal:
    """One reveal of his own, or one he may decide on. Raises Refused NOT_FOUND (404)."""
    rows = Reveal.objects.select_related("ticket__community", "ticket__reporter", "ticket__room", "staff")
    row = rows.filter(id=reveal_id).first()
    if row is None or not (row.staff_id == scope.staff_id or allowed(scope, "privacy.approve", row.community_id)):
        raise Refused("NOT_FOUND", _("没有找到这次查看"), status=404)
    return row


def approved(scope: Scope) -> QuerySet[Reveal]:
    """His own looks that a supervisor has allowed and that may still be taken."""
    rows = Reveal.objects.filter(staff_id=scope.staff_id or 0, state=RevealState.APPROVED, valid_until__gte=clock.now())
    return rows.select_related("ticket").order_by("asked_at")


def waiting(scope: Scope, community_id: int) -> QuerySet[Reveal]:
    """What waits for a supervisor's word, the oldest first; none for who may not give it."""
    rows = Reveal.objects.filter(community_id=community_id, state=RevealState.REQUESTED).exclude(
        staff_id=scope.staff_id or 0
    )
    rows = rows.select_related("staff", "ticket").order_by("asked_at", "id")
    return rows if allowed(scope, "privacy.approve", community_id) else rows.none()


def findings(scope: Scope, community_id: int, *, state: str = "") -> QuerySet[Finding]:
    """Anomalies and drawn lines, the newest first, for compliance."""
    rows = Finding.objects.filter(community_id=community_id).select_related("staff", "line", "ticket")
    rows = rows.filter(state=state) if state else rows
    return rows.order_by("-last_at", "-id") if allowed(scope, "privacy.supervise", community_id) else rows.none()


def finding(scope: Scope, finding_id: int) -> Finding:
    """One of them. Raises Refused NOT_FOUND (404)."""
    row = Finding.objects.select_related("staff", "line", "ticket").filter(id=finding_id).first()
    if row is None or not allowed(scope, "privacy.supervise", row.community_id):
        raise Refused("NOT_FOUND", _("没有找到这一条"), status=404)
    return row


def log(scope: Scope, community_id: int) -> QuerySet[LogLine]:
    """The log of a community, the newest first, for compliance."""
    rows = LogLine.objects.filter(community_id=community_id).order_by("-seq")
    return rows if allowed(scope, "privacy.supervise", community_id) else rows.none()


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at me: role and reason, never his name (R16.3)."""

    at: datetime
    role: str
    reason: str
    fields: str
    kind: str

    @property
    def words(self) -> str:
        """客服 因 回访 查看了 电话."""
        said = {"role": self.role, "reason": self.reason, "verb": self.kind, "fields": self.fields}
        return str(_("%(role)s 因 %(reason)s %(verb)s了 %(fields)s") % said)


def looks(scope: Scope, limit: int = 100) -> Sequence[Look]:
    """谁查看过我的信息, the newest first, for the person himself."""
    if scope.kind is not Kind.RESIDENT:
        return []
    rows = LogLine.objects.filter(person_id=scope.person_id).order_by("-seq")[:limit]
    return [look(row) for row in rows]


def look(row: LogLine) -> Look:
    """A line as its person reads it."""
    return Look(
        at=row.at,
        role=role_word(row.role),
        reason=str(Why(row.reason).label) if row.reason in Why.values else str(_("办理业务")),
        fields=field_words(row.field),
        kind=str(LineKind(row.kind).label),
    )


def role_of(scope: Scope, community_id: int) -> str:
    """The role in which the person looked at will read of it."""
    return role_word(acting(scope, community_id))


ROLES = ("COMP", "PM", "FIN", "CSS", "DM", "SUP", "CS", "QLT", "HR", "OUT", "WK", "VEND", "ADM")


def acting(scope: Scope, community_id: int) -> str:
    """The role he acts in: of several, the one with the widest view."""
    held = scope.roles_in(community_id)
    return next((one for one in ROLES if one in held), "ADM")


def role_word(role: str) -> str:
    """A role as residents know it: 客服, not 客服专员."""
    return str(_("客服")) if role == Role.CS else str(Role(role).label)


def field_words(names: str) -> str:
    """phone,room -> 电话、房屋."""
    words = {"name": _("姓名"), "phone": _("电话"), "room": _("房屋"), "id_no": _("证件号"), "plate": _("车牌")}
    return "、".join(str(words.get(one, one)) for one in names.split(","))
