"""Who has which part: answering, handed on, relieved at the end of a shift (R3.2)."""

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.incidents import access, news
from anju.incidents.actions import calling, story, telling
from anju.incidents.actions.handling import held
from anju.incidents.choices import RUNNING, CallState, Role
from anju.incidents.models import Call, Incident


def acknowledge(incident: Incident, *, by: Scope, role: str = "") -> Incident:
    """到位确认 of the asker, for one of his roles or all. Raises Refused NOT_CALLED (403), ROLE_TAKEN (409)."""
    with held(incident, by=by) as row:
        story.must_run(row)
        mine = row.calls.filter(staff_id=by.staff_id or 0)
        calls = list(mine.filter(role=role) if role else mine)
        if not calls:
            raise Refused("NOT_CALLED", _("这次应急没有叫到您"), status=403)
        taken = [one for one in calls if not calling.answers(row, one, by) and one.state != CallState.ACKED]
        if len(taken) == len(calls):
            raise Refused("ROLE_TAKEN", _("这个岗位已有人到位"), status=409)
    return incident


def assign(incident: Incident, *, role: str, to: Staff, by: Scope) -> Incident:
    """Somebody else takes a role: the commander, the duty manager or the project manager decides. He has to answer."""
    with held(incident, by=by) as row:
        story.must_run(row)
        if not (access.may_command(by, row) or access.decides(by, row.community_id)):
            raise story.not_allowed()
        if role not in Role.values:
            raise Refused("ROLE_UNKNOWN", _("没有这个岗位"), fields={"role": _("没有这个岗位")})
        _hand_on(row, role, to.id, by)
    return incident


def _hand_on(row: Incident, role: str, staff_id: int, by: Scope) -> None:
    _relieve(row, role, by)
    if role == Role.CMD:
        row.commander_id = staff_id
    calling.call(row, role, staff_id, by)
    telling.summon(row, [staff_id])


def _relieve(row: Incident, role: str, by: Scope) -> None:
    row.calls.filter(role=role).exclude(state=CallState.RELIEVED).update(state=CallState.RELIEVED)
    story.say(row, news.RELIEVED, by, role=role)


def change_shift(community_id: int, staff_id: int, to: int | None) -> None:
    """He goes home in the middle of an incident: his parts go to whoever takes his post, who has to answer; without
    such a one to the next of the roster."""
    calls = Call.objects.filter(incident__community_id=community_id, incident__state__in=RUNNING)
    for incident_id in sorted(
        set(calls.filter(staff_id=staff_id, state__in=calling.HERE).values_list("incident", flat=True))
    ):
        with transaction.atomic():
            _leaves(incident_id, staff_id, to)


def _leaves(incident_id: int, staff_id: int, to: int | None) -> None:
    with held(Incident.objects.get(id=incident_id), by=SYSTEM) as row:
        for call in list(row.calls.filter(staff_id=staff_id, state__in=calling.HERE)):
            if to is not None:
                _hand_on(row, call.role, to, SYSTEM)
                continue
            _relieve(row, call.role, SYSTEM)
            row.commander_id = None if call.role == Role.CMD else row.commander_id
            calling.call_next(row, call.role)
