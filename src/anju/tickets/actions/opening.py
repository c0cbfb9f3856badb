"""Taking tickets in hand and putting them down: lock, catch up, act, write everything in a few statements."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from anju.core import bulk, clock, crash
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.duty import actions as duty
from anju.estate.models import Community
from anju.journal import actions as journal
from anju.notify import actions as notify
from anju.notify.models import Delivery
from anju.tickets import access
from anju.tickets.actions import remembering, waking
from anju.tickets.actions.bench import Bench
from anju.tickets.actions.case import Case
from anju.tickets.actions.following import follow
from anju.tickets.choices import Status
from anju.tickets.models import Clock, Ticket
from anju.tickets.models.ticket import Written
from anju.tickets.rules import flow
from anju.tickets.rules.offline import PhoneTime
from anju.timers import actions as timers

WAKE = "tickets.wake"
NOBODY_CALLED = frozenset({Status.PENDING_ACCEPTANCE, Status.PENDING_VISIT, Status.CLOSED, Status.CANCELLED})
"""From here on a running emergency chain has nobody to call any more."""
RELATED = ("place", "room", "asset")
PLAIN = [
    field.name
    for field in Ticket._meta.concrete_fields
    if field.name not in ("id", "no", "community", "title", "text", "reporter_phone", "result", "created_at")
]
CLOCK_FIELDS = [
    field.attname for field in Clock._meta.concrete_fields if field.attname not in ("id", "ticket_id", "kind", "round")
]


@contextmanager
def opened(
    ticket: Ticket,
    action: str,
    *,
    by: Scope,
    version: int | None = None,
    phone_time: PhoneTime | None = None,
    undo: bool = False,
) -> Iterator[Case]:
    """The case of one ticket for one action by one asker, written at the end of the block. With `undo` it can be taken
    back for eight seconds, and nobody is told before; never in an emergency.

    Raises Refused NOT_ALLOWED (403) when the asker may never do this, STATE_CONFLICT (409) when the ticket's state or
    version has changed since he looked.
    """
    with transaction.atomic():
        case = load([ticket.id], by=by)[0]
        waking.catch_up(case)
        if action == "take" and access.too_late(by, case.ticket):
            raise already_taken()
        _check(case, action, by, version)
        case.phone_time = phone_time
        before = remembering.picture(case) if undo and case.ticket.prio != "P0" else None
        yield case
        told = close([case], hold=remembering.WINDOW if before else None)
        if before:
            remembering.remember(case, action, before, [one.pk for one in told])
    ticket.refresh_from_db()


def _check(case: Case, action: str, by: Scope, version: int | None) -> None:
    """Whether this asker may do this to the ticket as it stands now."""
    ticket = case.ticket
    listed = flow.may(action, ticket.status)
    if not access.can_do(by, action, ticket) and (listed or not access.does_such(by, action, ticket)):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    if not listed or version not in (None, ticket.version):
        raise conflict(ticket)
    if ticket.master_id is not None and action not in flow.OF_CHILDREN and action != "merge":
        raise Refused("MERGED", _("已并入别的工单，请处理主单"), status=409)


def already_taken() -> Refused:
    """Somebody else pressed first."""
    return Refused("ALREADY_TAKEN", _("这一单已被别人接走"), status=409)


def conflict(ticket: Ticket) -> Refused:
    """Somebody else was quicker, or the table does not list it."""
    return Refused(
        "STATE_CONFLICT",
        _("工单状态已变化，请刷新"),
        status=409,
        data={"status": ticket.status, "version": ticket.version, "no": ticket.no},
    )


def load(ticket_ids: Sequence[int], *, by: Scope, benches: dict[int, Bench] | None = None) -> list[Case]:
    """Cases by id in the order asked for, rows locked. Two statements, and one more per new community."""
    benches = {} if benches is None else benches
    rows = Ticket.objects.select_for_update(of=("self",)).select_related(*RELATED).in_bulk(list(ticket_ids))
    clocks: dict[int, list[Clock]] = {}
    for one in Clock.objects.filter(ticket_id__in=rows):
        clocks.setdefault(one.ticket_id, []).append(one)
    missing = {row.community_id for row in rows.values()} - set(benches)
    for community in Community.objects.filter(id__in=missing) if missing else ():
        benches[community.id] = Bench(community)
    now = clock.now()
    return [
        Case(rows[wanted], clocks.get(wanted, []), benches[rows[wanted].community_id], by=by, now=now)
        for wanted in ticket_ids
        if wanted in rows
    ]


def close(cases: Sequence[Case], *, hold: timedelta | None = None) -> Sequence[Delivery]:
    """Write what the cases hold: tickets, clocks, entries, messages (none of which leaves before `hold` is over), and
    each ticket's next wake-up. Gives the messages."""
    for case in cases:
        case.relight()
    followers = _followers(cases)
    everything = [*cases, *followers]
    _store_tickets(cases)
    bulk.update([child.ticket for child in followers], SWEPT)
    _store_clocks(everything)
    journal.write(row for case in everything for row in case.entries)
    told = _tell(everything, hold)
    if len(cases) == 1:
        cases[0].ticket.written = Written(cases[0].entries, list(cases[0].clocks.values()), told, cases[0].bench.staff)
    _set_wakes(everything)
    duty.over("ticket", [case.ticket.id for case in everything if _calls_nobody(case)])
    crash.point("before-commit")
    transaction.on_commit(partial(crash.point, "after-commit"))
    return told


def _held(notice: notify.Notice, case: Case, hold: timedelta | None) -> notify.Notice:
    return notice if hold is None else replace(notice, at=max(notice.at or case.now, case.now + hold))


def _tell(cases: Sequence[Case], hold: timedelta | None) -> list[Delivery]:
    new = {case.ticket.subject for case in cases if case.is_new}
    return notify.tell_many([_held(notice, case, hold) for case in cases for notice in case.told], new=new)


def _calls_nobody(case: Case) -> bool:
    """Whether this step ended an emergency, or found that it is none: nobody is called for it any more."""
    ended = case.moved and case.ticket.status in NOBODY_CALLED
    return case.was_emergency and (ended or not case.ticket.leaf.emergency or case.ticket.master_id is not None)


def _followers(cases: Sequence[Case]) -> list[Case]:
    """The merged tickets of those of which there is something to follow."""
    return [child for case in cases if case.ticket.child_count and case.is_news for child in _children(case)]


def _children(master: Case) -> list[Case]:
    """Those who follow; one that was taken back does not come to life again."""
    rows = Ticket.objects.filter(master_id=master.ticket.id).exclude(status=Status.CANCELLED)
    children = load(
        list(rows.order_by("id").values_list("id", flat=True)),
        by=master.by,
        benches={master.bench.community.id: master.bench},
    )
    for child in children:
        follow(child, master)
        child.relight()
    return children


def _store_tickets(cases: Sequence[Case]) -> None:
    new = [case.ticket for case in cases if case.is_new]
    old = [case.ticket for case in cases if not case.is_new]
    bulk.insert(new)
    if len(old) == 1:
        bulk.update(old, [*PLAIN, *_sealed(cases)])
    else:
        bulk.update(old, SWEPT)


def _sealed(cases: Sequence[Case]) -> list[str]:
    return ["result"] if any(case.wrote_result for case in cases) else []


# what clocks and masters may change: all that is written of many tickets at once
SWEPT = [
    "status",
    "status_since",
    "light",
    "light_reason",
    "light_clock",
    "rank",
    "due_at",
    "was_red",
    "first_contact",
    "accountable",
    "held",
    "handler",
    "promised_at",
    "level",
    "plan_due_at",
    "visit_due",
    "redispatched",
    "passed_by",
    "dispatch_why",
    "co_offer",
    "lead_dept",
    "type",
    "prio",
    "leaf_code",
    "leaf_source",
    "leaf_conf",
    "handoff_count",
    "locked_at",
    "ruling",
    "resume_to",
    "closed_at",
    "close_code",
    "event_seq",
    "version",
]


def _store_clocks(cases: Sequence[Case]) -> None:
    touched = [one for case in cases for one in case.touched.values()]
    bulk.upsert(touched, unique=["id"], update=CLOCK_FIELDS)


def _set_wakes(cases: Sequence[Case]) -> None:
    put, drop = [], []
    for case in cases:
        moment = case.next_moment()
        if moment:
            put.append(timers.timer(WAKE, case.ticket.subject, moment[0], case.ticket.community_id))
        elif not case.is_new:
            drop.append(case.ticket.id)
    if put:
        timers.put(put)
    if drop:
        timers.cancel(WAKE, "ticket", drop)
