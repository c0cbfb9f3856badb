"""Which buttons a ticket offers: the allowed steps, at most one of them solid, those that are barred with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from anju.core import clock
from anju.core.scope import Scope
from anju.desk import frame
from anju.desk.ticket.steps import BY_ACTION, STEPS, Step
from anju.estate.defaults import setting
from anju.tickets import access, queries
from anju.tickets.choices import HandoffState, QuoteState, Status, Type
from anju.tickets.models import Handoff, Quote, Suspension, Ticket
from anju.tickets.rules import flow

LEADERS = ("SUP", "DM", "PM")
FIRST = {
    action: place for place, action in enumerate(("accept", "dispatch", "contact", "transfer", "note", "escalate"))
}
"""What stands in sight before everything else: these have keys."""
SEEN = 3
"""How many plain buttons stand beside the solid one; the others are behind 更多."""


@dataclass(frozen=True, slots=True)
class Button:
    """A step as it is offered here. `barred` says why it cannot be pressed now; `direct` posts at once."""

    step: Step
    url: str
    direct: bool
    barred: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """`main` is the solid one."""

    main: Button | None
    plain: Sequence[Button]
    more: Sequence[Button]


class _Case:
    """What decides about buttons, gathered."""

    def __init__(
        self,
        scope: Scope,
        ticket: Ticket,
        waits: Sequence[Suspension],
        handoffs: Sequence[Handoff],
        quotes: Sequence[Quote],
    ) -> None:
        self.scope, self.ticket = scope, ticket
        self.leads = scope.has(ticket.community_id, *LEADERS)
        self.asked = any(one.from_at is None and one.ended_at is None for one in waits)
        self.offered = next((one for one in reversed(handoffs) if one.state == HandoffState.OFFERED), None)
        self.quoted = bool(quotes) and quotes[-1].state == QuoteState.SENT

    def fits(self, action: str) -> bool:
        """True when the step makes sense for this ticket and asker."""
        ticket = self.ticket
        checks = {
            "receive": self._for_me(),
            "refuse": self._for_me(),
            "confirm_quote": self.quoted,
            "suspend": self.leads or self.scope.staff_id == ticket.handler_id,
            "answer": ticket.type in flow.ANSWERABLE
            or (ticket.type == Type.REQUEST and ticket.leaf.arrival_min is None),
            "merge": ticket.master_id is None and not ticket.child_count,
            "plan": ticket.level >= 1 or self.leads,
            "escalate": ticket.level < 3,
            "reopen": ticket.status == Status.CLOSED,
            "offer": self.offered is None,
            "contact": ticket.handler_id != self.scope.staff_id,
        }
        return checks.get(action, True)

    def _for_me(self) -> bool:
        if self.offered is None:
            return False
        community = self.ticket.community_id
        own = self.scope.depts.get(community) == self.offered.to_dept
        return own or self.scope.has(community, "PM", "DM")

    def barred(self, action: str) -> str:
        """Why it cannot be done now, "" when it can."""
        ticket = self.ticket
        if action == "close" and ticket.visit_due:
            return _("还有回访没做")
        if action == "urge":
            return _too_soon(ticket)
        if action == "transfer" and ticket.locked_at and not ticket.ruling:
            return _("转派已锁，等裁定")
        return ""

    def is_main(self, action: str) -> bool:
        """True when this is the next thing somebody waits for."""
        if action == "suspend":
            return self.asked and self.leads
        if action == "plan":
            return self.ticket.level >= 1 and self.ticket.plan_due_at is None and self.leads
        if action == "answer":
            return ticket_is_question(self.ticket)
        return BY_ACTION[action].main


def ticket_is_question(ticket: Ticket) -> bool:
    """An inquiry, praise or suggestion: what it waits for is an answer, not a worker."""
    return ticket.type in flow.ANSWERABLE


def _too_soon(ticket: Ticket) -> str:
    gap = timedelta(minutes=setting(ticket.community.config, "ticket.urge_gap_min"))
    if ticket.last_urge_at is None or clock.now() >= ticket.last_urge_at + gap:
        return ""
    following = clock.local(ticket.last_urge_at + gap)
    return _("%(at)s以后可以再催") % {"at": f"{following:%H:%M}"}


def buttons(
    scope: Scope,
    ticket: Ticket,
    *,
    waits: Sequence[Suspension],
    handoffs: Sequence[Handoff],
    quotes: Sequence[Quote],
) -> Buttons:
    """The buttons of one ticket for one asker."""
    case = _Case(scope, ticket, waits, handoffs, quotes)
    allowed = _allowed(scope, ticket)
    offered = [_button(case, step) for step in STEPS if step.action in allowed and case.fits(step.action)]
    main = _main(case, offered)
    rest = sorted((one for one in offered if one is not main), key=lambda one: FIRST.get(one.step.action, len(FIRST)))
    return Buttons(main, rest[:SEEN], rest[SEEN:])


def _allowed(scope: Scope, ticket: Ticket) -> set[str]:
    """What the state and the asker's rights permit, with the steps of other rooms."""
    allowed = set(queries.next_actions(scope, ticket))
    if ticket.late_entry and access.can_do(scope, "confirm_late", ticket) and _still_late(ticket):
        allowed.add("confirm_late")
    return allowed


def _button(case: _Case, step: Step) -> Button:
    url = frame.address(case.scope, case.ticket, step.noun)
    return Button(step, url, _direct(case.ticket, step), case.barred(step.action))


def _main(case: _Case, offered: Sequence[Button]) -> Button | None:
    """The solid one: the answer to a question, else the first step in the order of the work."""
    solid = [one for one in offered if not one.barred and case.is_main(one.step.action)]
    return next((one for one in solid if one.step.action == "answer"), solid[0] if solid else None)


def _still_late(ticket: Ticket) -> bool:
    return ticket.clocks.filter(kind="RESP", breached_at__isnull=False).exists()


def _direct(ticket: Ticket, step: Step) -> bool:
    """Accepting needs a dialog only while the kind is not known."""
    return step.direct and not (step.action == "accept" and ticket.leaf_code == "ZZ99")
