"""One button: the incident, its tickets, its crew, its clocks and the first words to residents in one transaction (R3.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju import understanding
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.incidents import access, news
from anju.incidents.actions import calling, linking, stepping, story, telling, waking
from anju.incidents.choices import Level
from anju.incidents.models import Incident, Slot, Step
from anju.incidents.queries import finding
from anju.incidents.rules import plans
from anju.tickets.choices import FINISHED, Prio
from anju.tickets.models import Ticket

FAR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened. `kind` or `leaf` says which plan; `areas` what is affected, `place` how residents read it."""

    community: Community
    kind: str = ""
    leaf: str = ""
    level: str = ""
    place: str = ""
    place_codes: Sequence[str] = ()
    areas: Sequence[Mapping[str, str]] = ()
    tickets: Sequence[Ticket] = field(default=())
    is_drill: bool = False
    warning: str = ""
    t0: datetime | None = None


def open_incident(asked: Opening, *, by: Scope) -> Incident:
    """启动应急. Raises Refused PLAN_UNKNOWN, LEAF_NOT_EMERGENCY, INCIDENT_DUP (409, with the one that is on),
    DRILL_REAL_MIX (409)."""
    if not access.opens(by, asked.community.id):
        raise story.not_allowed()
    kind = _kind(asked)
    t0 = _t0(asked)
    with transaction.atomic():
        Community.objects.select_for_update().get(id=asked.community.id)
        _refuse_double(asked, kind)
        row = _made(asked, kind, t0, by)
        story.say(row, news.OPENED, by, plan=kind, place=row.place, drill=row.is_drill)
        calling.man(row)
        linking.join(row, asked.tickets, by)
        if row.plan.opening and not row.is_drill:
            _tell_residents(row)
        stepping.by_itself(row, by, notice=True)
        row.save()
        waking.keep(row)
        mix(row.community_id, row.areas, but=row)
    return row


def _kind(asked: Opening) -> str:
    leaf = asked.leaf or next((one.leaf_code for one in asked.tickets), "")
    kind = asked.kind or plans.kind_of(leaf)
    if asked.leaf and not asked.kind and asked.leaf not in understanding.emergencies():
        message = _("这个类别不是紧急类别，请直接选预案")
        raise Refused("LEAF_NOT_EMERGENCY", message, fields={"leaf": message})
    if kind not in plans.plans():
        message = _("请选一个预案")
        raise Refused("PLAN_UNKNOWN", message, fields={"plan": message})
    return kind


def _t0(asked: Opening) -> datetime:
    now = clock.now()
    t0 = asked.t0 or now
    if not now <= t0 <= now + FAR:
        message = _("生效时间要在现在到两天之内")
        raise Refused("T0_INVALID", message, fields={"t0": message})
    return t0


def _refuse_double(asked: Opening, kind: str) -> None:
    areas = list(asked.areas) or [finding.area_of(None)]
    on = [one for one in finding.running(asked.community.id) if finding.covers(one, areas)]
    twin = next((one for one in on if one.kind == kind and one.is_drill == asked.is_drill), None)
    if twin is not None:
        message = _("这里已经启动了同类应急%(no)s，请直接加入") % {"no": twin.no}
        raise Refused("INCIDENT_DUP", message, status=409, data={"no": twin.no, "id": str(twin.id)})
    if asked.is_drill and _is_real(asked.community.id, on, areas):
        raise Refused("DRILL_REAL_MIX", _("演练区域里有真实的紧急情况，不能开始演练"), status=409)


def _is_real(community_id: int, on: Sequence[Incident], areas: Sequence[Mapping[str, str]]) -> bool:
    return any(not one.is_drill for one in on) or _real_emergency(community_id, areas)


def _real_emergency(community_id: int, areas: Sequence[Mapping[str, str]]) -> bool:
    rows = Ticket.objects.filter(community_id=community_id, prio=Prio.P0).exclude(status__in=FINISHED)
    rows = rows.select_related("room", "place", "asset__place")
    return any(finding.overlap(finding.area_of_ticket(one), area) for one in rows for area in areas)


def mix(community_id: int, areas: Sequence[Mapping[str, str]], but: Incident | None = None) -> None:
    """A real emergency in the area of a drill: the commander is asked to abort it (DRILL_REAL_MIX)."""
    if but is not None and but.is_drill:
        return
    for drill in finding.running(community_id).filter(is_drill=True, mixed_at=None).select_related("community"):
        if finding.covers(drill, areas):
            drill.mixed_at = clock.now()
            drill.save(update_fields=["mixed_at"])
            story.say(drill, news.MIXED, by=SYSTEM)
            telling.alarm(drill, calling.holders(drill, "CMD"), "演练区有真实险情")


def _made(asked: Opening, kind: str, t0: datetime, by: Scope) -> Incident:
    plan, now = plans.plan(kind), clock.now()
    row = Incident(
        community=asked.community,
        no=_number(asked.community, now),
        kind=kind,
        plan_version=plans.VERSION,
        leaf_code=asked.leaf or next((one.leaf_code for one in asked.tickets), ""),
        level=asked.level if asked.level in Level.values else plan.level,
        state_since=now,
        is_drill=asked.is_drill,
        place=(text.one_line(asked.place) or asked.community.name)[:16],
        place_codes=list(asked.place_codes),
        areas=[dict(one) for one in asked.areas] or [finding.area_of(None)],
        warning=text.one_line(asked.warning)[:12],
        opened_at=now,
        t0=t0,
        opened_by_id=by.staff_id,
        interval_min=setting(asked.community.config, "incident.bulletin_min"),
        conditions=[{"text": one, "ticked": False} for one in plan.conditions],
    )
    row.save(force_insert=True)
    Step.objects.bulk_create(
        Step(
            community=row.community,
            incident=row,
            no=one.no,
            target_min=one.target_min,
            role=one.role,
            text=one.text,
            evidence=one.evidence,
            weight=one.weight,
            due_at=t0 + timedelta(minutes=one.target_min),
        )
        for one in plan.steps
    )
    begin_grid(row, t0)
    return row


def begin_grid(row: Incident, at: datetime) -> None:
    """The first slot from here on."""
    seq = row.slots.count() + 1
    Slot(incident=row, seq=seq, after=at, due_at=at + timedelta(minutes=row.interval_min)).save(force_insert=True)


def _number(community: Community, now: datetime) -> str:
    """260302-E1; the community's row is locked."""
    day = f"{clock.local(now):%y%m%d}-E"
    return f"{day}{Incident.objects.filter(community=community, no__startswith=day).count() + 1}"


def _tell_residents(row: Incident) -> None:
    telling.residents(
        row,
        row.plan.opening,
        place=row.place,
        t=telling.moment(row.opened_at),
        item=row.kind,
        level=row.warning or "恶劣天气",
    )
