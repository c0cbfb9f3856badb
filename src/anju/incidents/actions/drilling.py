"""Drills: announced a day before, marked by an observer, aborted when it becomes real (R3.8, C.4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.estate.models import Community
from anju.incidents import access, news
from anju.incidents.actions import calling, story, telling
from anju.incidents.actions.handling import held
from anju.incidents.actions.opening import Opening, open_incident
from anju.incidents.choices import Role, State
from anju.incidents.models import Drill, Incident
from anju.incidents.queries import finding
from anju.incidents.queries.affected import households
from anju.incidents.rules import plans
from anju.timers import actions as timers

NOTICE = "incidents.notice"
BEFORE = timedelta(hours=24)
ABORTED = "演练终止，转入实战"
SPEECH, RECORDS = 5, 10


def plan_drill(
    community: Community,
    *,
    kind: str,
    starts_at: datetime,
    by: Scope,
    place: str = "",
    place_codes: Sequence[str] = (),
    areas: Sequence[Mapping[str, str]] = (),
    observer: Staff | None = None,
) -> Drill:
    """A drill is planned; its residents get T313 a day before. Raises Refused PLAN_UNKNOWN, DRILL_TOO_SOON."""
    if not access.decides(by, community.id):
        raise story.not_allowed()
    if kind not in plans.plans():
        raise Refused("PLAN_UNKNOWN", _("请选一个预案"), fields={"plan": _("请选一个预案")})
    if starts_at <= clock.now():
        raise Refused("DRILL_PAST", _("演练时间要晚于现在"), fields={"starts_at": _("演练时间要晚于现在")})
    with transaction.atomic():
        row = Drill(
            community=community,
            kind=kind,
            place=(text.one_line(place) or community.name)[:16],
            place_codes=list(place_codes),
            areas=[dict(one) for one in areas] or [finding.area_of(None)],
            starts_at=starts_at,
            observer=observer,
        )
        row.save(force_insert=True)
        timers.schedule(NOTICE, row.subject, max(clock.now(), starts_at - BEFORE), community.id)
    return row


def announce(drill_id: int) -> None:
    """T313 to everybody who will hear the alarm bells."""
    row = Drill.objects.select_for_update(of=("self",)).select_related("community").get(id=drill_id)
    if row.noticed_at is None and row.cancelled_at is None:
        row.noticed_at = clock.now()
        row.save(update_fields=["noticed_at"])
        people = households(row.community_id, row.areas)
        telling.announce(row.community, row.subject, people, t=telling.moment(row.starts_at), place=row.place)


def start_drill(drill: Drill, *, by: Scope) -> Incident:
    """开始演练. Raises Refused DRILL_STARTED (409), and what opening refuses."""
    with transaction.atomic():
        row = Drill.objects.select_for_update(of=("self",)).select_related("community").get(id=drill.id)
        if row.incident_id is not None or row.cancelled_at is not None:
            raise Refused("DRILL_STARTED", _("这次演练已经开始或取消"), status=409)
        asked = Opening(
            row.community,
            kind=row.kind,
            place=row.place,
            place_codes=row.place_codes,
            areas=row.areas,
            is_drill=True,
        )
        row.incident = open_incident(asked, by=by)
        row.save(update_fields=["incident"])
    return row.incident


def mark(incident: Incident, *, speech: Sequence[int], records: Sequence[int], by: Scope) -> Incident:
    """The observer's form: five marks of 0 to 2 for how it was said, ten of 0 or 1 for what was written down. The
    observer takes no part. Raises Refused NOT_A_DRILL, MARKS_INVALID, OBSERVER_TAKES_PART."""
    with held(incident, by=by) as row:
        if not row.is_drill:
            raise Refused("NOT_A_DRILL", _("这不是演练"), status=409)
        if len(speech) != SPEECH or len(records) != RECORDS or not _fair(speech, 2) or not _fair(records, 1):
            message = _("沟通5项各0到2分，记录10项各0或1分")
            raise Refused("MARKS_INVALID", message, fields={"speech": message})
        if row.calls.filter(staff_id=by.staff_id or 0, state="ACKED").exists():
            raise Refused("OBSERVER_TAKES_PART", _("参加演练的人不能当观察员"), status=409)
        form = Drill.objects.filter(incident=row).first() or _unplanned(row)
        form.speech, form.records, form.observer_id = list(speech), list(records), by.staff_id
        form.save()
    return incident


def _fair(marks: Sequence[int], most: int) -> bool:
    return all(0 <= one <= most for one in marks)


def _unplanned(row: Incident) -> Drill:
    """The form of a drill that was begun by the button."""
    return Drill(
        community=row.community,
        kind=row.kind,
        place=row.place,
        place_codes=row.place_codes,
        areas=row.areas,
        starts_at=row.opened_at,
        incident=row,
    )


def abort(incident: Incident, *, by: Scope) -> Incident:
    """演练终止，转入实战: to all who take part (DRILL_REAL_MIX). Raises Refused NOT_A_DRILL, STATE_CONFLICT (409)."""
    with held(incident, by=by) as row:
        if not row.is_drill:
            raise Refused("NOT_A_DRILL", _("这不是演练"), status=409)
        story.must_run(row)
        story.only_commander(row, by)
        calling.acts(row, by, Role.CMD)
        row.state, row.state_since, row.closed_at, row.reason = State.CANCELLED, clock.now(), clock.now(), ABORTED
        story.say(row, news.CANCELLED, by, note=ABORTED)
        people = row.calls.exclude(state="RELIEVED").values_list("staff_id", flat=True)
        telling.staff(row, list(people), "T206", item="演练终止转入实战", place=row.place)
    return incident
