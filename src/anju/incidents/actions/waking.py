"""What happens in an incident by itself, each at its own true time: reminders, breaches, silence, the 30 minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from anju.core import clock
from anju.core.scope import SYSTEM
from anju.estate.defaults import setting
from anju.incidents import news
from anju.incidents.actions import calling, telling
from anju.incidents.choices import CallState, Role
from anju.incidents.models import Incident, Slot
from anju.incidents.rules import grid
from anju.journal import actions as journal
from anju.timers import actions as timers

TIMER = "incidents.wake"


def locked(incident_id: int) -> Incident:
    """The incident, held against everybody else until the transaction ends."""
    return Incident.objects.select_for_update(of=("self",)).select_related("community").get(id=incident_id)


def wake(incident_id: int) -> None:
    """The timer of an incident."""
    row = locked(incident_id)
    catch_up(row)
    row.save()
    keep(row)


def catch_up(row: Incident) -> None:
    """Everything that is due, in order."""
    while (moment := _next(row)) is not None and moment.at <= clock.now():
        REACTIONS[moment.what](row, moment)


def keep(row: Incident) -> None:
    """Set the timer to the next moment."""
    moment = _next(row)
    if moment is None:
        timers.cancel(TIMER, "incident", [row.id])
    else:
        timers.schedule(TIMER, row.subject, moment.at, row.community_id)


def _next(row: Incident) -> grid.Moment | None:
    return min(grid.moments(_facts(row)), default=None)


def _facts(row: Incident) -> grid.Facts:
    calls = row.calls.filter(state=CallState.CALLED).values_list("due_at", "id") if row.runs else ()
    last = row.bulletins.exclude(posted_at=None).order_by("-posted_at").values_list("posted_at", flat=True).first()
    return grid.Facts(
        runs=row.runs,
        slots=[one.plain for one in row.slots.all()] if row.runs else (),
        calls=list(calls),
        eta_due=repair_due(row) if row.eta_asked_at is None else None,
        last_posted=last,
    )


def repair_due(row: Incident) -> datetime | None:
    """T0 + 30 minutes for plans with the 30-minute repair (R3.5)."""
    if not row.plan.is_repair:
        return None
    return row.t0 + timedelta(minutes=setting(row.community.config, "incident.repair_target_min"))


def _say(row: Incident, moment: grid.Moment, verb: str, **data: Any) -> None:
    journal.record(verb, subject=row.subject, community_id=row.community_id, by=SYSTEM, at=moment.at, data=data)


def _not_answered(row: Incident, moment: grid.Moment) -> None:
    """R3.2: three minutes and no answer: the next one."""
    call = row.calls.get(id=moment.ref)
    call.state = CallState.PASSED
    call.save(update_fields=["state"])
    _say(row, moment, news.PASSED, role=call.role, staff=call.staff_id)
    calling.call_next(row, call.role)


def _remind(row: Incident, moment: grid.Moment) -> None:
    """T311, unless it is too late for "two minutes"."""
    slot = row.slots.get(seq=moment.ref)
    slot.reminded_at = moment.at
    slot.save(update_fields=["reminded_at"])
    if clock.now() <= slot.due_at:
        telling.staff(row, calling.holders(row, Role.CS), "T311", n=slot.seq)


def _close(row: Incident, moment: grid.Moment) -> None:
    """The slot is over: missed when nothing was posted in it; the next one begins. The grid never moves."""
    slot = row.slots.get(seq=moment.ref)
    if slot.met_at is None:
        slot.missed_at = moment.at
        slot.save(update_fields=["missed_at"])
        _say(row, moment, news.MISSED, seq=slot.seq)
        _tell_breach(row, slot, telling.leaders(row, "DM"))
    next_slot(row, slot)


def next_slot(row: Incident, slot: Slot) -> None:
    """The interval after this one, as long as the commander has announced."""
    due = slot.due_at + timedelta(minutes=row.interval_min)
    Slot(incident=row, seq=slot.seq + 1, after=slot.due_at, due_at=due).save(force_insert=True)


def _chase(row: Incident, moment: grid.Moment) -> None:
    """Five minutes later still nothing: the project manager."""
    slot = row.slots.get(seq=moment.ref)
    slot.chased_at = moment.at
    slot.save(update_fields=["chased_at"])
    _say(row, moment, news.CHASED, seq=slot.seq)
    _tell_breach(row, slot, telling.leaders(row, "PM"))


def _tell_breach(row: Incident, slot: Slot, ids: list[int]) -> None:
    people = telling.workers(row.community)
    officer = next(iter(calling.holders(row, Role.CS)), None)
    telling.staff(row, ids, "T312", n=slot.seq, who=telling.named(people, officer))


def _ask_eta(row: Incident, moment: grid.Moment) -> None:
    """Thirty minutes and it does not work: the page demands a time, the project manager is called (R3.5)."""
    row.eta_asked_at = moment.at
    _say(row, moment, news.ETA_ASKED)
    telling.alarm(row, telling.leaders(row, "PM"), f"{row.kind}超30分钟", ring=True)


REACTIONS: dict[str, Callable[[Incident, grid.Moment], None]] = {
    "ack": _not_answered,
    "remind": _remind,
    "close": _close,
    "chase": _chase,
    "eta": _ask_eta,
}
