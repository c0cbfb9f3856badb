"""What looks odd is written down and compliance is told at once; what it was is said by compliance (R16.3)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anju.accounts.access import allowed
from anju.accounts.models import Membership
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate import queries as estate
from anju.estate.defaults import setting
from anju.estate.models import Community, Room
from anju.journal import actions as journal
from anju.privacy import news, rules
from anju.privacy.actions import telling
from anju.privacy.choices import FindingKind, FindingState, LineKind
from anju.privacy.models import Finding, LogLine

TOGETHER = timedelta(hours=1)
"""The same oddity of the same person within an hour is one finding, counted up."""


def found(
    kind: FindingKind, *, community: Community, staff_id: int | None, line: LogLine | None = None, ticket_id: int = 0
) -> Finding:
    """Write it down and tell compliance; within an hour the same of the same person only counts up."""
    now = clock.now()
    same = Finding.objects.filter(
        community=community, kind=kind, staff=staff_id, state=FindingState.OPEN, last_at__gt=now - TOGETHER
    )
    known = same.order_by("-id").first() if kind != FindingKind.SAMPLE else None
    if known is not None:
        Finding.objects.filter(id=known.id).update(count=F("count") + 1, last_at=now)
        return known
    row = Finding.objects.create(
        community=community,
        kind=kind,
        staff_id=staff_id,
        line=line,
        ticket_id=ticket_id or (line.ticket_id if line else None),
        at=now,
        last_at=now,
    )
    journal.record(
        news.FOUND, subject=("finding", row.id), community_id=community.id, by=SYSTEM, data={"kind": str(kind)}
    )
    if kind != FindingKind.SAMPLE:
        compliance = telling.holders(community, "COMP")
        telling.staff(community, compliance, "T907", ("finding", row.id), item=FindingKind(kind).label)
    return row


def watch(line: LogLine, community: Community, *, by: Scope) -> list[Finding]:
    """All rules of R16.3 for a line that was just written."""
    odd = {
        FindingKind.MANY: _many(line),
        FindingKind.OFF_SHIFT: _off_shift(line),
        FindingKind.NEIGHBOUR: _near(line, community),
        FindingKind.WATCHED: _watched(line, community),
        FindingKind.SEQUENCE: _walking(line),
    }
    return [found(kind, community=community, staff_id=by.staff_id, line=line) for kind, holds in odd.items() if holds]


def _many(line: LogLine) -> bool:
    within = LogLine.objects.filter(actor_id=line.actor_id, at__gt=line.at - rules.MANY_WITHIN, kind=LineKind.REVEAL)
    return within.count() > rules.MANY


def _off_shift(line: LogLine) -> bool:
    return Membership.objects.filter(staff_id=line.actor_id, community_id=line.community_id, on_shift=False).exists()


def _near(line: LogLine, community: Community) -> bool:
    """Whether he lives in the same stairway: by the phone he gave the office, which the register knows too."""
    post = Membership.objects.select_related("staff").filter(staff_id=line.actor_id, community=community).first()
    if post is None or not post.staff.phone or line.room_id is None:
        return False
    stairs = {
        (room.building_no, room.unit_no)
        for one in estate.people_by_phone(community.id, post.staff.phone)
        for room in estate.rooms_of(one.id)
    }
    where = Room.objects.filter(id=line.room_id or 0).first()
    return where is not None and (where.building_no, where.unit_no) in stairs


def _watched(line: LogLine, community: Community) -> bool:
    """The room stands on the list of those to be protected more (`privacy.watched`, full codes)."""
    watched = setting(community.config, "privacy.watched")
    return bool(watched) and Room.objects.filter(id=line.room_id or 0, full_code__in=watched).exists()


def _walking(line: LogLine) -> bool:
    lately = LogLine.objects.filter(actor_id=line.actor_id, at__gt=line.at - rules.MANY_WITHIN, kind=LineKind.REVEAL)
    seen = lately.exclude(room_id=None).order_by("-seq").values_list("room_id", flat=True)[:60]
    ids = list(dict.fromkeys(one for one in seen if one is not None))
    codes = dict(Room.objects.filter(id__in=ids[: rules.SEQUENCE]).values_list("id", "full_code"))
    return rules.in_sequence([codes[one] for one in ids[: rules.SEQUENCE] if one in codes])


@transaction.atomic
def foreign(subject: tuple[str, int], community_id: int, *, by: Scope) -> None:
    """Staff asked for a ticket of their community that is none of their business (AT16.0)."""
    community = telling.community_of(community_id)
    found(FindingKind.FOREIGN, community=community, staff_id=by.staff_id, ticket_id=subject[1])


@transaction.atomic
def settle(row: Finding, *, verdict: str, by: Scope) -> Finding:
    """Compliance says what it was. Raises Refused NOT_ALLOWED (403), VERDICT_REQUIRED, STATE_CONFLICT (409)."""
    if not allowed(by, "privacy.supervise", row.community_id):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    wording = text.clean(verdict)
    if not wording:
        raise Refused("VERDICT_REQUIRED", _("请写核查结论"), fields={"verdict": _("请写核查结论")})
    held = Finding.objects.select_for_update().get(id=row.id)
    if held.state != FindingState.OPEN:
        raise Refused("STATE_CONFLICT", _("这一条已经核查过"), status=409)
    held.state, held.verdict = FindingState.SETTLED, wording
    held.settled_by_id, held.settled_at = by.staff_id, clock.now()
    held.save()
    journal.record(news.SETTLED, subject=("finding", held.id), community_id=held.community_id, by=by, note=wording)
    return held
