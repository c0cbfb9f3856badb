"""On duty: who is there, check in and out, stand-ins."""

from collections.abc import Callable

from django.http import HttpResponse
from ninja import Router

from anju.accounts import queries as accounts
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.duty import answers, asking
from anju.api.duty.schemas import CheckIn, Items, ToIn, TurnOut
from anju.api.schemas import FAULTS, Short
from anju.core import clock
from anju.duty import actions, queries
from anju.duty.models import Turn

router = Router()


@router.get("/now", response={200: dict, **FAULTS}, summary="谁在值班")
@needs("duty.see")
def now(request: Call, community: Short | None = None) -> HttpResponse:
    """By post, where a roster is in force; and everybody on duty or on call, by roster or by switch."""
    held = asking.of(request, community)
    people = queries.worker_rows(request.auth, held)
    logins = accounts.logins({one.staff_id for one in people})
    return answer(
        {
            "at": clock.iso(clock.now()),
            "roster": queries.in_force(held.id, clock.now()),
            "posts": [answers.standing(one) for one in queries.standing(request.auth, held)],
            "on_duty": [logins[one.staff_id] for one in people if one.on_shift],
            "on_call": [logins[one.staff_id] for one in people if one.on_call],
        }
    )


@router.get("/mine", response={200: Items, **FAULTS}, summary="我的班")
@needs("duty.see")
def mine(request: Call) -> HttpResponse:
    """One's own turns from yesterday through the next sixty days."""
    staff_only(request.auth, "duty.see")
    start = clock.day_start(clock.now())
    rows = queries.turns_of(request.auth, start - DAY, start + 60 * DAY)
    return answer({"items": [answers.turn(one) for one in rows]})


DAY = clock.iso_duration("P1D")


@router.post("/turns/{turn}/check_in", response={200: TurnOut, **FAULTS}, summary="到岗")
@needs("duty.see")
def check_in(request: Call, turn: asking.RowId, body: CheckIn | None = None) -> HttpResponse:
    """With the code at the post or a position."""
    proof = body.proof.model_dump(exclude_none=True) if body and body.proof else {}
    row = queries.turn(request.auth, int(turn))
    return asking.done(request, Turn, body, lambda: actions.check_in(row, by=request.auth, proof=proof), _show(request))


@router.post("/turns/{turn}/check_out", response={200: TurnOut, **FAULTS}, summary="下班")
@needs("duty.see")
def check_out(request: Call, turn: asking.RowId) -> HttpResponse:
    """The turn is over."""
    row = queries.turn(request.auth, int(turn))
    return asking.done(request, Turn, None, lambda: actions.check_out(row, by=request.auth), _show(request))


@router.post("/turns/{turn}/stand_in", response={200: TurnOut, **FAULTS}, summary="顶岗")
@needs("duty.decide")
def stand_in(request: Call, turn: asking.RowId, body: ToIn) -> HttpResponse:
    """Somebody else takes the turn; the answer is the new one."""
    row = queries.turn(request.auth, int(turn))
    to = asking.staff(request, row.community_id, body.to, "to")
    return asking.done(request, Turn, body, lambda: actions.stand_in(row, to=to, by=request.auth), _show(request))


def _show(request: Call) -> Callable[[int], dict[str, object]]:
    return lambda row_id: answers.turn(queries.turn(request.auth, row_id))
