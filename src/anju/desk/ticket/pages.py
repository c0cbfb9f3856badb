"""What the page and the peek panel of a ticket show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from anju import understanding
from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.scope import Scope
from anju.desk import frame
from anju.desk.ticket import buttons as pressing
from anju.desk.ticket.beside import Child, Task, child_of, tasks
from anju.desk.ticket.dials import Dial, dials
from anju.desk.ticket.relay import Leg, legs
from anju.desk.ticket.story import Item, story, tally
from anju.desk.ticket.words import DEALING, INNER, SYSTEM, WORK
from anju.feedback import queries as feedback
from anju.feedback.models import Rating
from anju.tickets import queries
from anju.tickets.choices import Stage, Status, SuspendReason
from anju.tickets.models import Quote, Suspension, Ticket
from anju.tickets.queries import Shown, TicketFacts
from anju.ui import times

STEPS = (
    (Status.NEW, gettext_lazy("报事")),
    (Status.ACCEPTED, gettext_lazy("受理")),
    (Status.DISPATCHED, gettext_lazy("派单")),
    (Status.TAKEN, gettext_lazy("接单")),
    (Status.IN_PROGRESS, gettext_lazy("到场")),
    (Status.PENDING_ACCEPTANCE, gettext_lazy("完成")),
    (Status.PENDING_VISIT, gettext_lazy("评价")),
)


SHOW_WORDS = (
    ("all", gettext_lazy("全部")),
    (DEALING, gettext_lazy("与业主往来")),
    (WORK, pgettext_lazy("story", "处理")),
    (INNER, gettext_lazy("内部")),
    (SYSTEM, gettext_lazy("系统")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One dot of the rail: `past`, `now` or ""."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photos of one stage."""

    stage: str
    tokens: Sequence[str]


@dataclass(frozen=True, slots=True)
class Wait:
    """A suspension as the page shows it."""

    reason: str
    until: datetime
    asked_by: str
    approved_by: str
    pending: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything of one ticket for one asker."""

    ticket: Ticket
    shown: Shown
    url: str
    facts: TicketFacts
    who: Sequence[tuple[str, str]]
    steps: Sequence[Step]
    dials: Sequence[Dial]
    legs: Sequence[Leg]
    items: Sequence[Item]
    counts: Mapping[str, int]
    pictures: Sequence[Pictures]
    children: Sequence[Child]
    tasks: Sequence[Task]
    quotes: Sequence[Quote]
    waits: Sequence[Wait]
    why: Sequence[str]
    buttons: pressing.Buttons
    master: str
    appointment: str
    percent: int
    second: str
    suspected: str
    stars: Rating | None
    said: str

    @property
    def query(self) -> str:
        """What an address of this ticket ends with: its community, for whoever has several."""
        return self.url[len(self.url.partition("?")[0]) :]

    @property
    def task_url(self) -> str:
        """Where a department task is ticked off."""
        path, _mark, _query = self.url.partition("?")
        return f"{path}task/{self.query}"

    @property
    def promise(self) -> datetime | None:
        """The one time the owner was told: that of the latest task (R20.6)."""
        return max((one.due for one in self.tasks if one.due), default=None)

    @property
    def latest(self) -> list[Item]:
        """The last three things that people did or said."""
        told = [item for item in self.items if item.kind != SYSTEM]
        return list(reversed(told[-3:]))


@dataclass(frozen=True, slots=True)
class Shows:
    """One filter of the time line with its count."""

    name: str
    label: str
    count: int


def sheet(scope: Scope, ticket: Ticket) -> Sheet:
    """Read once, with a constant number of statements."""
    facts = queries.facts_of(scope, ticket)
    names = _names(facts)
    shown = queries.show(scope, ticket)
    waits = list(ticket.suspensions.order_by("-id"))
    handoffs = list(ticket.handoffs.order_by("seq"))
    items = story(scope, facts, names)
    stars = feedback.stars_of(scope, [ticket.id]).get(ticket.id)
    return Sheet(
        ticket=ticket,
        shown=shown,
        url=frame.address(scope, ticket),
        facts=facts,
        who=four(ticket, shown, names),
        steps=steps(ticket),
        dials=dials(ticket, facts.clocks),
        legs=legs(facts, names),
        items=items,
        counts=tally(items),
        pictures=_pictures(facts),
        children=[child_of(scope, child) for child in facts.children],
        tasks=tasks(scope, ticket, names),
        quotes=facts.quotes,
        waits=[_wait(one, names) for one in waits],
        why=why(ticket),
        buttons=pressing.buttons(scope, ticket, waits=waits, handoffs=handoffs, quotes=facts.quotes),
        master=_master(scope, ticket),
        appointment=_appointment(ticket),
        percent=round(ticket.leaf_conf * 100),
        second=_leaf_name(ticket.second_leaf) if ticket.second_leaf != ticket.suspected_leaf else "",
        suspected=_leaf_name(ticket.suspected_leaf) if ticket.leaf_source == "AUTO" else "",
        stars=stars,
        said=queries.text_for(scope, ticket, stars.text) if stars else "",
    )


def _leaf_name(code: str) -> str:
    return f"{code} {understanding.leaf(code).name}" if code else ""


def _names(facts: TicketFacts) -> dict[int, str]:
    """Names of everybody in the story, those who were told included."""
    told = {one.to_id for one in facts.told if one.to_kind == "staff"} - set(facts.names)
    return {**facts.names, **(accounts.names(told) if told else {})}


def four(ticket: Ticket, shown: Shown, names: Mapping[int, str]) -> list[tuple[str, str]]:
    """首问 责任 处理 牵头, always these four in this order."""
    nobody = _("无人")
    first = names.get(ticket.first_contact_id or 0, "")
    return [
        (_("首问"), first or "—"),
        (_("责任"), shown.accountable or nobody),
        (pgettext("who", "处理"), shown.handler or "—"),
        (_("牵头"), shown.dept_label),
    ]


def steps(ticket: Ticket) -> list[Step]:
    """Where it stands between the first call and the stars."""
    status = Status(ticket.status)
    if status is Status.SUSPENDED:
        status = Status(ticket.resume_to or Status.TAKEN)
    order = [one for one, _label in STEPS]
    at = order.index(status) if status in order else len(order)
    states = ["past" if index < at else "now" if index == at else "" for index in range(len(order))]
    return [Step(str(label), state) for (_status, label), state in zip(STEPS, states, strict=True)]


def why(ticket: Ticket) -> list[str]:
    """Why this worker: what the rules saw when they chose."""
    seen = ticket.dispatch_why
    if not seen:
        return []
    if seen.get("by_hand"):
        return [_("人工指定")]
    words = [
        (seen.get("on_shift"), _("在岗")),
        (not seen.get("on_shift"), _("值守")),
        (seen.get("zone"), _("本片区")),
        (seen.get("certs"), "、".join(seen.get("certs", []))),
        ("load" in seen, _("当时手上%(n)s件") % {"n": seen.get("load")}),
        (seen.get("others"), _("另有%(n)s人可派") % {"n": seen.get("others")}),
    ]
    return [str(word) for holds, word in words if holds]


def _pictures(facts: TicketFacts) -> list[Pictures]:
    found: dict[str, list[str]] = {}
    for photo in facts.photos:
        found.setdefault(photo.stage, []).append(photo.file.token)
    return [Pictures(str(Stage(stage).label), tokens) for stage, tokens in found.items()]


def _wait(one: Suspension, names: Mapping[int, str]) -> Wait:
    return Wait(
        reason=str(SuspendReason(one.reason).label),
        until=one.resume_at,
        asked_by=names.get(one.asked_by_id or 0, ""),
        approved_by=names.get(one.approved_by_id or 0, ""),
        pending=one.from_at is None and one.ended_at is None,
        over=one.ended_at is not None,
    )


def _master(scope: Scope, ticket: Ticket) -> str:
    return ticket.master.no if ticket.master_id and ticket.master else ""


def _appointment(ticket: Ticket) -> str:
    if ticket.appointment_start is None or ticket.appointment_end is None:
        return ""
    now = clock.now()
    return f"{times.hm(ticket.appointment_start, now)}–{clock.local(ticket.appointment_end):%H:%M}"


def shows(found: Sheet) -> list[Shows]:
    """全部 与业主往来 处理 内部 系统."""
    return [Shows(name, str(label), found.counts.get(name, len(found.items))) for name, label in SHOW_WORDS]


def back_to(shown: str, ticket: Ticket) -> str:
    """Where a step leads back to: the list on screen with this ticket chosen, "" for the ticket's own page."""
    page = urlsplit(shown)
    if page.path not in (reverse("desk:queue"), reverse("desk:kanban")):
        return ""
    kept = [(name, value) for name, value in parse_qsl(page.query) if name not in ("at", "cursor", "after", "order")]
    return f"{page.path}?{urlencode([*kept, ('at', ticket.no)])}"
