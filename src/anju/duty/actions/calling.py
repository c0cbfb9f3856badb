"""One run of the emergency chain: ring, hear the answer, look for somebody nearer, call again, go on (R2.6, R2.7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from anju.accounts.models import Staff
from anju.core import clock
from anju.core.scope import SYSTEM, Scope
from anju.duty import news
from anju.duty.actions.telling import office, staff_notice
from anju.duty.choices import CalloutState, Result
from anju.duty.models import Attempt, Callout
from anju.duty.queries.calling import busy, chain_steps, open_for
from anju.duty.queries.now import people_on, workers
from anju.duty.rules import chains
from anju.estate.defaults import setting
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.notify import actions as notify
from anju.timers import actions as timers

TIMER = "duty.callout"


def call_out(
    community: Community,
    *,
    subject: tuple[str, int],
    kind: str,
    dept: str,
    item: str,
    place: str,
    crew: Sequence[int],
    reported_at: datetime,
    due_at: datetime,
    by: Scope,
) -> Callout:
    """Begin a run, and ring the first one at once; the one that is on when there is one already.

    The chain and the technicians are frozen now: who changes them later changes the next run.
    """
    held = open_for(subject)
    if held is not None:
        return held
    row = Callout(
        community=community,
        subject_type=subject[0],
        subject_id=subject[1],
        kind=kind,
        dept=dept,
        item=item[:20],
        place=place[:60],
        steps=chain_steps(community, kind),
        crew=list(crew),
        reported_at=reported_at,
        due_at=due_at,
        started_at=clock.now(),
    )
    row.save(force_insert=True)
    say(row, news.CALLED, by)
    ring_next(row)
    keep(row)
    return row


def say(row: Callout, verb: str, by: Scope, **data: Any) -> None:
    data = {"subject": list(row.subject), **data}
    journal.record(verb, subject=("callout", row.id), community_id=row.community_id, by=by, data=data)


def _facts(row: Callout) -> chains.Facts:
    called = row.attempts.exclude(staff=None).values_list("staff_id", flat=True)
    return chains.Facts(
        workers(row.community),
        row.crew,
        row.dept,
        called=frozenset(called),
        busy=busy(row.community_id, row),
        posts=people_on(row.community_id),
        line=str(setting(row.community.config, "duty.company_line")),
    )


def ring_next(row: Callout) -> None:
    """Ring the next of the chain; at its end everybody, unless somebody is on the way."""
    facts = _facts(row)
    ring = chains.next_ring(row.steps, row.step, facts)
    if ring is not None:
        row.step = ring.step
        row.ring_until = clock.now() + timedelta(seconds=row.steps[ring.step]["ack_s"])
        _call(row, [ring.staff], ring.step, phone=ring.phone)
        return
    row.step, row.ring_until = len(row.steps), None
    if row.state == CalloutState.RUNNING:
        row.state = CalloutState.EXHAUSTED
        _call(row, chains.everybody(row.steps, facts), row.step)
        say(row, news.EXHAUSTED, SYSTEM)


def _call(row: Callout, staff_ids: Sequence[int | None], step: int, phone: str = "") -> None:
    """T206 and T207 to each at once."""
    held = Staff.objects.in_bulk([one for one in staff_ids if one is not None])
    notices = []
    for staff_id in staff_ids:
        Attempt(callout=row, step=step, staff_id=staff_id, at=clock.now()).save(force_insert=True)
        notices += _notices(row, held.get(staff_id or 0), phone)
    notify.tell_many(notices)


def _notices(row: Callout, staff: Staff | None, phone: str = "") -> list[notify.Notice]:
    values = {"item": row.item, "place": row.place}
    if staff is not None:
        return [
            staff_notice(one, staff, row.community, row.subject, emergency=True, **values) for one in ("T206", "T207")
        ]
    line = notify.Recipient("phone", None, phone)
    return [
        notify.Notice(one, line, values, row.subject, office(row.community), emergency=True) for one in ("T206", "T207")
    ]


def keep(row: Callout) -> None:
    """Store the run and its next moment."""
    row.save()
    due = (
        ()
        if row.closed_at or row.arrived_at
        else chains.moments(
            ring_until=row.ring_until,
            acked=row.state == CalloutState.ACKED,
            reminded=row.reminded,
            eta_at=row.eta_at,
            reported_at=row.reported_at,
            due_at=row.due_at,
        )
    )
    first = min(due, default=None)
    if first is None:
        timers.cancel(TIMER, "callout", [row.id])
    else:
        timers.schedule(TIMER, ("callout", row.id), first, row.community_id)


def locked(callout_id: int) -> Callout:
    return Callout.objects.select_for_update(of=("self",)).select_related("community", "acked_by").get(id=callout_id)


def nobody_comes(row: Callout) -> None:
    """The one who was coming is not coming any more."""
    row.state, row.acked_by_id, row.acked_at, row.eta_at = CalloutState.RUNNING, None, None, None


# --- what happens by itself -----------------------------------------------------------------------------------------


def go_on(callout_id: int) -> None:
    """The run's timer: nobody has pressed a key in time, the second call, a promise that was not kept."""
    row = locked(callout_id)
    if row.closed_at or row.arrived_at:
        return
    now = clock.now()
    if row.ring_until is not None and now > row.ring_until:
        row.attempts.filter(step=row.step, result=Result.RINGING).update(result=Result.NO_ANSWER)
        ring_next(row)
    if row.state == CalloutState.ACKED and row.eta_at is not None:
        _remind(row, now)
        _break(row, now)
    keep(row)


def _remind(row: Callout, now: datetime) -> None:
    """20 of 30 minutes are over and he is not there: he is called again (R2.7)."""
    if not row.reminded and now >= chains.remind_at(row.reported_at, row.due_at):
        row.reminded = True
        notify.tell_many([one for one in _notices(row, row.acked_by) if one.template == "T207"])


def _break(row: Callout, now: datetime) -> None:
    """He said he would come and has not: recorded as a broken promise, and the chain goes on."""
    if row.eta_at is None or now < chains.expires_at(row.eta_at, row.due_at):
        return
    staff = row.acked_by
    row.attempts.filter(staff=staff, result=Result.ACK).update(result=Result.FAILED)
    nobody_comes(row)
    say(row, news.BROKEN, SYSTEM, staff=staff and staff.id)
    if row.ring_until is None:
        ring_next(row)
