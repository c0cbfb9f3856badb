"""What the page of a job shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.field.job.steps import BY_NOUN, GO, LESSER, Step
from anju.field.job.words import Word, parts
from anju.tickets import queries
from anju.tickets.choices import QuoteState, Stage, Status
from anju.tickets.models import Photo, Ticket
from anju.tickets.queries import Shown, TicketFacts
from anju.ui import times

SHOWN = {Status.TAKEN: "delay", Status.IN_PROGRESS: "quote"}
"""The lesser step that has a button of its own; the others fold away."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo and whose it is."""

    token: str
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """One line of 先知道."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class Job:
    """The page."""

    ticket: Ticket
    shown: Shown
    pictures: Sequence[Picture]
    know: Sequence[Known]
    bring: Sequence[Word]
    go: Step | None
    stop: str
    lesser: Sequence[Step]
    rest: Sequence[Step]
    waits: str
    later: Sequence[Step]
    """The big buttons that follow the present one, for a phone that goes on without us."""


def job(scope: Scope, ticket: Ticket) -> Job:
    """Everything of one job for whoever works on it."""
    facts, shown, now = queries.facts_of(scope, ticket), queries.show(scope, ticket), clock.now()
    may = steps(scope, ticket)
    lesser, rest = _split([step for step in may if step.noun in LESSER], ticket)
    return Job(
        ticket=ticket,
        shown=shown,
        pictures=pictures(facts.photos, now),
        know=know(scope, facts, now),
        bring=bring(ticket),
        go=next((step for step in may if step.noun in GO), None),
        stop=_stop(facts),
        lesser=lesser,
        rest=rest,
        waits=_waits(shown),
        later=[step for step in to_come(ticket) if step.noun in GO],
    )


def to_come(ticket: Ticket) -> list[Step]:
    """The steps that may be needed before this job is next shown, in their order."""
    visits, status = ticket.leaf.arrival_min is not None, Status(ticket.status)
    if status in (Status.DISPATCHED, Status.TAKEN):
        nouns = ["take"] * (status == Status.DISPATCHED) + ["start" if visits else "begin", "finish"]
    else:
        nouns = ["resume"] * (status == Status.SUSPENDED) + ["finish"]
    lesser = ["decline"] * (status == Status.DISPATCHED) + ["delay"] * visits + ["suspend"]
    more = ["return"] * (ticket.prio != "P0") + ["quote"] * ticket.leaf.paid
    return [BY_NOUN[noun] for noun in (*nouns, *lesser, *more)]


def _split(lesser: list[Step], ticket: Ticket) -> tuple[list[Step], list[Step]]:
    """Buttons, and what folds away: three in a row beside 打电话 at most."""
    shown = [step for step in lesser if step.noun == SHOWN.get(Status(ticket.status))]
    rest = [step for step in lesser if step not in shown]
    return ([*shown, *rest], []) if len(rest) == 1 else (shown, rest)


def steps(scope: Scope, ticket: Ticket) -> list[Step]:
    """What he may do now; a job that needs no visit is begun with a button."""
    mine, status = ticket.handler_id == scope.staff_id, Status(ticket.status)
    if status != Status.DISPATCHED and not mine:
        return []
    visits = ticket.leaf.arrival_min is not None
    senseless = {
        "begin": visits,
        "start": not visits,
        "suspend": status == Status.SUSPENDED,
        "delay": status == Status.IN_PROGRESS,
        "quote": not ticket.leaf.paid,
        "return": ticket.prio == "P0",
        "decline": not mine,
    }
    allowed = queries.next_actions(scope, ticket)
    found = [BY_NOUN[noun] for noun in (*GO, *LESSER) if not senseless.get(noun)]
    return [step for step in found if step.action in allowed]


def _stop(facts: TicketFacts) -> str:
    """Why the big button does not go: a price that the owner has not agreed to."""
    last = facts.quotes[-1] if facts.quotes else None
    if last is None or last.state == QuoteState.CONFIRMED or facts.ticket.status not in ("TAKEN", "IN_PROGRESS"):
        return ""
    words = {
        QuoteState.SENT: _("等业主同意报价"),
        QuoteState.REFUSED: _("业主没同意报价，请重新报或退回"),
        QuoteState.EXPIRED: _("报价过期，请重新报"),
    }
    return words[QuoteState(last.state)]


def _waits(shown: Shown) -> str:
    words = {
        Status.PENDING_ACCEPTANCE: _("做完了，等业主确认"),
        Status.PENDING_VISIT: _("业主已确认，等评价"),
        Status.CLOSED: _("已办结"),
        Status.CANCELLED: _("业主已撤销，不用去了"),
        Status.ACCEPTED: _("已不在您手上"),
    }
    return words.get(Status(shown.status), "")


def pictures(photos: Sequence[Photo], now: datetime) -> list[Picture]:
    """The reporter's, then those of the work with their time."""
    words = {Stage.REPORT: _("业主拍"), Stage.BEFORE: _("修前"), Stage.AFTER: _("修后"), Stage.PROOF: _("现场")}
    return [
        Picture(
            one.file.token, words[Stage(one.stage)] + ("" if one.stage == Stage.REPORT else f" {times.hm(one.at, now)}")
        )
        for one in photos
    ]


def know(scope: Scope, facts: TicketFacts, now: datetime) -> list[Known]:
    """先知道: the appointment, a price to be agreed, urges, what was done here before, what the reporter added."""
    ticket, found = facts.ticket, []
    if ticket.appointment_start and ticket.appointment_end:
        span = f"{times.hm(ticket.appointment_start, now)}–{clock.local(ticket.appointment_end):%H:%M}"
        found.append(Known("calendar-event", _("约了%(span)s") % {"span": span}))
    if ticket.leaf.paid:
        found.append(Known("receipt-yuan", _paid(facts)))
    if ticket.urge_count:
        found.append(Known("alert-circle", _("业主催了%(n)d次") % {"n": ticket.urge_count}))
    if ticket.reopen_count:
        found.append(Known("refresh", _("返工%(n)d次，先问清哪里不对") % {"n": ticket.reopen_count}))
    return [*found, *_letters(scope, facts), *_added(scope, facts), *_before(scope, ticket, now)]


def bring(ticket: Ticket) -> list[Word]:
    """带上: what this kind of job often needs, while he is not there yet."""
    return parts(ticket.leaf_code) if ticket.status in (Status.DISPATCHED, Status.TAKEN) else []


def _added(scope: Scope, facts: TicketFacts) -> list[Known]:
    """What the reporter added."""
    said = [one for one in facts.entries if one.verb in ("tickets.note", "tickets.reject")]
    theirs = [one for one in said if one.actor_kind in ("resident", "guest")]
    return [Known("message", queries.text_for(scope, facts.ticket, one.note)) for one in theirs]


def _letters(scope: Scope, facts: TicketFacts) -> list[Known]:
    """What the desk wrote to whoever reads this."""
    mine = [one for one in facts.entries if one.verb == "tickets.contact" and one.data["staff"] == scope.staff_id]
    who = [_("%(who)s：") % {"who": facts.names.get(one.actor_id or 0, _("客服"))} for one in mine]
    return [
        Known("message", name + queries.text_for(scope, facts.ticket, one.note))
        for name, one in zip(who, mine, strict=True)
    ]


def _before(scope: Scope, ticket: Ticket, now: datetime) -> list[Known]:
    found = []
    for one in queries.earlier(scope, ticket):
        words = _("%(at)s修过同样的问题") if one.same else _("%(at)s修过：%(name)s")
        found.append(Known("history", words % {"at": times.hm(one.closed_at, now), "name": one.name}))
    return found


def _paid(facts: TicketFacts) -> str:
    last = facts.quotes[-1] if facts.quotes else None
    if last is None:
        return _("户内有偿，动手前先报价")
    amount = f"{last.total_fen / 100:.2f}"
    words = _("报价%(amount)s元，业主已同意") if last.state == QuoteState.CONFIRMED else _("报价%(amount)s元，还没同意")
    return words % {"amount": amount}
