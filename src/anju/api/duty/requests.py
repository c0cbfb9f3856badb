"""What people ask for: leave and swaps."""

from datetime import timedelta

from django.http import HttpResponse
from ninja import Router

from anju.accounts.access import allowed
from anju.api.calling import Call, answer, needs
from anju.api.duty import answers, asking
from anju.api.duty.schemas import Items, LeaveIn, SwapIn
from anju.api.schemas import FAULTS, Short
from anju.core import clock
from anju.duty import actions, queries
from anju.duty.choices import LeaveKind
from anju.duty.models import Leave, Swap

router = Router()
AHEAD = timedelta(days=400)


@router.get("/leaves", response={200: Items, **FAULTS}, summary="请假")
@needs("duty.see")
def leaves(request: Call, community: Short | None = None) -> HttpResponse:
    """Leaves from today on; one's own unless one makes rosters or decides."""
    held = asking.of(request, community)
    now = clock.now()
    rows = queries.leaves(request.auth, held.id, now, now + AHEAD)
    if not allowed(request.auth, "duty.plan", held.id):
        rows = rows.filter(staff_id=request.auth.staff_id or 0)
    return answer({"items": [answers.leave(one) for one in rows]})


@router.post("/leaves", response={201: dict, **FAULTS}, summary="申请请假")
@needs("duty.see")
def ask_leave(request: Call, body: LeaveIn) -> HttpResponse:
    """For oneself, or for somebody by those who make rosters. The kind by code or Chinese word."""
    community = asking.of(request, body.community)
    kind = next((one.value for one in LeaveKind if body.kind in (one.value, one.label)), body.kind)

    def act() -> Leave:
        who = asking.staff(request, community.id, body.staff) if body.staff else asking.myself(request, community.id)
        return actions.ask_leave(community, staff=who, kind=kind, begin_at=body.begin, end_at=body.end, by=request.auth)

    return asking.done(
        request, Leave, body, act, lambda row_id: answers.leave(queries.leave(request.auth, row_id)), 201
    )


@router.post("/leaves/{leave}/approve", response={200: dict, **FAULTS}, summary="批准请假")
@needs("duty.decide")
def approve_leave(request: Call, leave: asking.RowId) -> HttpResponse:
    """A leader says yes; what it leaves open shows as a hole at once."""
    return _decide_leave(request, leave, approve=True)


@router.post("/leaves/{leave}/refuse", response={200: dict, **FAULTS}, summary="不批准请假")
@needs("duty.decide")
def refuse_leave(request: Call, leave: asking.RowId) -> HttpResponse:
    """A leader says no."""
    return _decide_leave(request, leave, approve=False)


def _decide_leave(request: Call, leave: str, *, approve: bool) -> HttpResponse:
    row = queries.leave(request.auth, int(leave))
    return answer(answers.leave(actions.decide_leave(row, approve=approve, by=request.auth)))


@router.get("/swaps", response={200: Items, **FAULTS}, summary="换班")
@needs("duty.see")
def swaps(request: Call, community: Short | None = None) -> HttpResponse:
    """Swaps that wait for somebody."""
    held = asking.of(request, community)
    return answer({"items": [answers.swap(one) for one in queries.swaps(request.auth, held.id)]})


@router.post("/swaps", response={201: dict, **FAULTS}, summary="申请换班")
@needs("duty.see")
def ask_swap(request: Call, body: SwapIn) -> HttpResponse:
    """Ask a colleague."""
    turn = queries.turn(request.auth, int(body.turn))
    back = queries.turn(request.auth, int(body.back)) if body.back else None

    def act() -> Swap:
        to = asking.staff(request, turn.community_id, body.to, "to")
        return actions.ask_swap(turn, to=to, back=back, by=request.auth)

    return asking.done(request, Swap, body, act, lambda row_id: answers.swap(queries.swap(request.auth, row_id)), 201)


@router.post("/swaps/{swap}/agree", response={200: dict, **FAULTS}, summary="同意换班")
@needs("duty.see")
def agree(request: Call, swap: asking.RowId) -> HttpResponse:
    """The colleague says yes."""
    return answer(answers.swap(actions.agree_swap(queries.swap(request.auth, int(swap)), agree=True, by=request.auth)))


@router.post("/swaps/{swap}/decline", response={200: dict, **FAULTS}, summary="不同意换班")
@needs("duty.see")
def decline(request: Call, swap: asking.RowId) -> HttpResponse:
    """The colleague says no."""
    return answer(answers.swap(actions.agree_swap(queries.swap(request.auth, int(swap)), agree=False, by=request.auth)))


@router.post("/swaps/{swap}/approve", response={200: dict, **FAULTS}, summary="批准换班")
@needs("duty.decide")
def approve(request: Call, swap: asking.RowId) -> HttpResponse:
    """A leader says yes: the turns change hands."""
    row = queries.swap(request.auth, int(swap))
    return answer(answers.swap(actions.decide_swap(row, approve=True, by=request.auth)))


@router.post("/swaps/{swap}/refuse", response={200: dict, **FAULTS}, summary="不批准换班")
@needs("duty.decide")
def refuse(request: Call, swap: asking.RowId) -> HttpResponse:
    """A leader says no."""
    row = queries.swap(request.auth, int(swap))
    return answer(answers.swap(actions.decide_swap(row, approve=False, by=request.auth)))
