"""Call-outs: who is rung, who comes."""

from django.http import HttpResponse
from ninja import Router

from anju.api.calling import Call, answer, needs
from anju.api.duty import answers, asking
from anju.api.duty.schemas import AnswerIn, Items, ReasonIn
from anju.api.schemas import FAULTS, Short
from anju.duty import actions, queries
from anju.duty.models import Callout

router = Router()
SHOWN = 50


@router.get("/callouts", response={200: Items, **FAULTS}, summary="应急呼叫")
@needs("duty.see")
def callouts(request: Call, open: bool = True, community: Short | None = None) -> HttpResponse:  # noqa: A002
    """Call-outs, newest first; `open=false` also those that are over."""
    held = asking.of(request, community)
    rows = queries.callouts(request.auth, held.id, open_only=open)[:SHOWN]
    return answer({"items": [answers.callout(one) for one in rows]})


@router.get("/callouts/{callout}", response={200: dict, **FAULTS}, summary="一次应急呼叫")
@needs("duty.see")
def one(request: Call, callout: asking.RowId) -> HttpResponse:
    """One call-out."""
    return answer(_show(request, int(callout)))


def _show(request: Call, callout_id: int) -> dict[str, object]:
    return answers.callout(queries.callout(request.auth, callout_id))


@router.post("/callouts/{callout}/answer", response={200: dict, **FAULTS}, summary="应答")
@needs("duty.see")
def reply(request: Call, callout: asking.RowId, body: AnswerIn) -> HttpResponse:
    """Key 1 with minutes, or key 2, by whoever has been rung."""
    row = queries.callout(request.auth, int(callout))

    def act() -> Callout:
        who = asking.myself(request, row.community_id)
        return actions.answer(row, staff=who, key=body.key, minutes=body.minutes, by=request.auth)

    return asking.done(request, Callout, body, act, lambda n: _show(request, n))


@router.post("/callouts/{callout}/block", response={200: dict, **FAULTS}, summary="路况受阻")
@needs("duty.decide")
def block(request: Call, callout: asking.RowId, body: ReasonIn) -> HttpResponse:
    """The duty manager: the 30 minutes cannot be kept, and it counts against nobody."""
    row = queries.callout(request.auth, int(callout))
    act = lambda: actions.block(row, reason=body.reason, by=request.auth)  # noqa: E731
    return asking.done(request, Callout, body, act, lambda n: _show(request, n))
