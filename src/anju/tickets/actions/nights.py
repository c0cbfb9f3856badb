"""The night of the outside answering service: its calls passed on, its records handed to the day team (R2.5, R2.10)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from anju.accounts.models import Staff
from anju.accounts.rules import Worker
from anju.core import clock, text
from anju.core.errors import Refused
from anju.core.scope import SYSTEM, Scope
from anju.duty import queries as duty
from anju.duty.actions.telling import staff_notice
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.notify import actions as notify
from anju.tickets.actions import inheriting, telling
from anju.tickets.actions.opening import opened
from anju.tickets.models import Ticket
from anju.tickets.queries.nights import Night, night
from anju.tickets.rules.dispatch import holding
from anju.timers import actions as timers

IN, CHECK = "tickets.night_in", "tickets.night_check"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
TIME = timedelta(minutes=30)
"""Until then everything of the night must have been touched."""
RECEIVERS = frozenset({"CS", "CSS", "SUP", "DM", "PM"})
MIN_SUMMARY = 5


def expect(community: Community) -> None:
    """The outside service has recorded something: the day team gets it when the window ends."""
    at = duty.window(community).next_end(clock.now())
    timers.schedule(IN, ("community", community.id), at, community.id)


def hand_in(community_id: int) -> None:
    """08:00: first contact passes to the agent of the day (R20.3), the head of the desk gets the summary (T230)."""
    community = Community.objects.get(id=community_id)
    found, people = _last(community), duty.workers(community)
    agent = next(iter([*holding(people, "CS", on_shift=True), *holding(people, "CSS")]), None)
    if agent is not None:
        for outside in holding(people, "OUT"):
            inheriting.inherit(community_id, outside.staff_id, agent.staff_id)
    counts = {"n": len(found.rows), "c": found.calls, "o": found.callouts, "p": found.promises}
    with transaction.atomic():
        _tell(community, holding(people, "CSS"), "T230", eta=telling.moment(found.end + TIME), **counts)
        _record("tickets.night_in", community, counts)
        timers.schedule(CHECK, ("community", community_id), found.end + TIME + SECOND, community_id)


def look_again(community_id: int) -> None:
    """08:30:01: what nobody has touched is said to the head of the desk and the duty manager (T231)."""
    community = Community.objects.get(id=community_id)
    found = _last(community)
    if not found.untouched:
        return
    people, n = duty.workers(community), len(found.untouched)
    to = [*holding(people, "CSS"), *(holding(people, "DM", on_shift=True) or holding(people, "PM"))]
    with transaction.atomic():
        _tell(community, to, "T231", n=n, eta=telling.moment(found.end + TIME))
        _record("tickets.night_untouched", community, {"n": n, "tickets": sorted(found.untouched)})


def _last(community: Community) -> Night:
    """Everything since the day team took over the night before."""
    _begin, end = duty.window(community).ended_by(clock.now())
    return night(SYSTEM, community, end - DAY, end)


def _tell(community: Community, to: Sequence[Worker], template: str, **values: object) -> None:
    rows = Staff.objects.filter(id__in={one.staff_id for one in to}).order_by("id")
    about = ("community", community.id)
    said = {name: str(value) for name, value in values.items()}
    notify.tell_many([staff_notice(template, one, community, about, emergency=False, **said) for one in rows])


def _record(verb: str, community: Community, data: dict[str, Any]) -> None:
    journal.record(verb, subject=("community", community.id), community_id=community.id, by=SYSTEM, data=data)


def pass_call(ticket: Ticket, *, to: Staff, summary: str, by: Scope, **more: Any) -> Ticket:
    """转接: somebody of ours takes the caller over; he is told at once to ring the hotline (T232), the summary stays.

    Raises Refused SUMMARY_REQUIRED, STAFF_UNKNOWN.
    """
    wording = text.clean(summary)
    if len(wording) < MIN_SUMMARY:
        message = _("请写清来电人要什么，至少5个字")
        raise Refused("SUMMARY_REQUIRED", message, fields={"summary": message})
    with opened(ticket, "note", by=by, **more) as case:
        if to.id not in {one.staff_id for one in case.bench.workers if not one.roles.isdisjoint(RECEIVERS)}:
            raise Refused("STAFF_UNKNOWN", _("不能转给这个人"), fields={"to": _("不能转给这个人")})
        case.event("pass_call", note=wording, staff=to.id)
        telling.staff(case, [to.id], "T232", item=case.ticket.leaf.short)
    return ticket
