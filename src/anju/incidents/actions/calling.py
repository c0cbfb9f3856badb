"""Calling people into their parts from this minute's roster, and taking their answers (R3.1, R3.2)."""

from collections.abc import Iterable
from datetime import timedelta

from anju import understanding
from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.estate.defaults import setting
from anju.incidents import news
from anju.incidents.actions import story, telling
from anju.incidents.choices import RUNNING, CallState, Role
from anju.incidents.models import Call, Incident
from anju.incidents.rules import crew

WAITING = (CallState.CALLED, CallState.PASSED)
HERE = (CallState.CALLED, CallState.ACKED)


def man(row: Incident) -> None:
    """Call somebody into every role of the plan, the commander first; T310 to each once."""
    called: list[int] = []
    for role in row.plan.roles:
        found = crew.order(role, telling.workers(row.community), _need(row, called))
        if found:
            called.append(found[0])
            call(row, role, found[0])
    telling.summon(row, called)


def call_next(row: Incident, role: str) -> None:
    """The next one for a role; nobody is left: the duty manager hears that it is vacant (T211)."""
    tried = set(row.calls.filter(role=role).values_list("staff_id", flat=True))
    here = row.calls.filter(state__in=HERE).values_list("staff_id", flat=True)
    order = crew.order(role, telling.workers(row.community), _need(row, here))
    found = next((one for one in order if one not in tried), None)
    if found is not None:
        call(row, role, found)
        telling.summon(row, [found])
    else:
        telling.staff(row, telling.leaders(row, "DM"), "T211", shift="应急", post=str(Role(role).label))


def _need(row: Incident, here: Iterable[int]) -> crew.Need:
    leaf = row.leaf_code or next(iter(row.plan.leaves), "")
    dept = understanding.leaf(leaf).dept if leaf else ""
    return crew.Need(leaf, dept, frozenset(here), frozenset(_elsewhere(row)))


def _elsewhere(row: Incident) -> dict[int, int]:
    """Who has a part in another incident that is on, and in which."""
    rows = Call.objects.filter(incident__community_id=row.community_id, incident__state__in=RUNNING, state__in=HERE)
    return dict(rows.exclude(incident_id=row.id).values_list("staff_id", "incident_id"))


def call(row: Incident, role: str, staff_id: int, by: Scope = SYSTEM) -> Call:
    """He is wanted in a role from now on, and has three minutes to answer."""
    now = clock.now()
    made = Call(
        incident=row,
        role=role,
        staff_id=staff_id,
        called_at=now,
        due_at=now + timedelta(minutes=setting(row.community.config, "incident.role_ack_min")),
        also_id=_elsewhere(row).get(staff_id),
    )
    made.save(force_insert=True)
    if role == Role.CMD and row.commander_id is None:
        row.commander_id = staff_id
    story.say(row, news.CALLED, by, role=role, staff=staff_id)
    return made


def holders(row: Incident, role: str) -> list[int]:
    """Who has a role: the one who has answered, else everybody called into it."""
    calls = list(row.calls.filter(role=role).exclude(state=CallState.RELIEVED))
    acked = [one.staff_id for one in calls if one.state == CallState.ACKED]
    return acked or list(dict.fromkeys(one.staff_id for one in calls))


def acts(row: Incident, by: Scope, *roles: str) -> None:
    """Who does the work of a role has answered for it."""
    if by.staff_id is not None:
        for call in row.calls.filter(staff_id=by.staff_id, role__in=roles):
            answers(row, call, by)


def answers(row: Incident, call: Call, by: Scope) -> bool:
    """Take the role, also after one's time, unless somebody else has it."""
    others = row.calls.filter(role=call.role).exclude(id=call.id)
    if call.state not in WAITING or others.filter(state=CallState.ACKED).exists():
        return False
    call.state, call.ack_at = CallState.ACKED, clock.now()
    call.save(update_fields=["state", "ack_at"])
    others.filter(state=CallState.CALLED).update(state=CallState.RELIEVED)
    if call.role == Role.CMD:
        row.commander_id = call.staff_id
    story.say(row, news.ACKED, by, role=call.role, staff=call.staff_id)
    return True
