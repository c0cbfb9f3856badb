"""Stars and visits."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from anju.accounts.queries import by_login
from anju.api import answers, sending
from anju.api.bodies import RateIn
from anju.api.calling import Call, answer, needs
from anju.api.schemas import FAULTS, Number, Short, Strict, Text, TicketOut
from anju.core import clock
from anju.core.errors import Refused
from anju.feedback import actions, queries
from anju.feedback.choices import RevisitResult
from anju.feedback.models import Revisit
from anju.tickets import queries as tickets
from anju.tickets.models import Ticket

router = Router()
visits = Router()


class RevisitOut(Schema):
    """A call that is owed."""

    id: str
    ticket: str
    reason: str
    due_at: str
    state: str
    assignee: str | None


class VisitIn(Strict):
    """What the call brought: 满意, 部分满意, 仍不满意, 无法联系 or their English codes."""

    result: Short
    note: Text = ""


class AssignIn(Strict):
    """Who is to call."""

    to: Short


@router.post("/{no}/rate", response={200: TicketOut, **FAULTS}, summary="评价")
@needs(None)
def rate(request: Call, no: Number, body: RateIn) -> HttpResponse:
    """One to five stars by the reporter, or on the phone by the agent who writes them down with the call's record."""

    def act() -> Ticket:
        ticket = tickets.by_no(request.auth, no)
        actions.rate(ticket, stars=body.stars, by=request.auth, chips=body.chips, text=body.text, call_id=body.call_id)
        return ticket

    rated = sending.once(request, body.model_dump(mode="json"), act, tickets.again)
    return answer(answers.whole(request.auth, tickets.again(rated.id)))


@visits.get("/revisits", response={200: list[RevisitOut], **FAULTS}, summary="回访")
@needs("feedback.revisit")
def revisits(request: Call) -> HttpResponse:
    """The calls still owed, the most urgent first."""
    rows = [row for one in sorted(request.auth.communities) for row in queries.revisits(request.auth, one)]
    return answer([_line(row) for row in rows])


@visits.post("/revisits/{revisit}/record", response={200: RevisitOut, **FAULTS}, summary="记回访")
@needs("feedback.revisit")
def record(request: Call, revisit: Short, body: VisitIn) -> HttpResponse:
    """What the call brought."""
    result = next((one.value for one in RevisitResult if body.result in (one.value, one.label)), body.result)
    row = _once(
        request,
        body,
        lambda: actions.record_visit(_one(request, revisit), result=result, by=request.auth, note=body.note),
    )
    return answer(_line(row))


@visits.post("/revisits/{revisit}/assign", response={200: RevisitOut, **FAULTS}, summary="指定回访人")
@needs("feedback.revisit")
def assign(request: Call, revisit: Short, body: AssignIn) -> HttpResponse:
    """Who is to call; never the one who did the work."""

    def act() -> Revisit:
        row = _one(request, revisit)
        to = by_login(request.auth, row.community_id, body.to)
        if to is None:
            raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), fields={"to": _("本小区没有这个人")})
        return actions.assign(row, to=to, by=request.auth)

    return answer(_line(_once(request, body, act)))


def _once(request: Call, body: Strict, act: Callable[[], Revisit]) -> Revisit:
    """A second time, the call as it stands now."""
    return sending.once(request, body.model_dump(mode="json"), act, lambda visit: queries.revisit(request.auth, visit))


def _one(request: Call, text: str) -> Revisit:
    """A call by its id, or by the number of its ticket."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return queries.revisit(request.auth, int(text))
    ticket = tickets.by_no(request.auth, text)
    rows = queries.revisits(request.auth, ticket.community_id).filter(ticket=ticket)
    return queries.revisit(request.auth, rows[0].id if rows else 0)


def _line(row: Revisit) -> dict[str, object]:
    return {
        "id": str(row.id),
        "ticket": row.ticket.no,
        "reason": row.reason,
        "due_at": clock.iso(row.due_at),
        "state": row.state,
        "assignee": row.assignee.login if row.assignee else None,
    }
