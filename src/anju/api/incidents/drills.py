"""Drills: planned, begun."""

from django.http import HttpResponse
from ninja import Router

from anju.api.calling import Call, answer, needs
from anju.api.duty import asking as duty
from anju.api.incidents import answers, asking
from anju.api.incidents.commanding import Empty
from anju.api.incidents.schemas import DrillIn
from anju.api.schemas import FAULTS, Short
from anju.incidents import actions, queries
from anju.incidents.models import Drill, Incident

router = Router()
SHOWN = 100


@router.get("/drills", response={200: dict, **FAULTS}, summary="演练")
@needs("incidents.see")
def drills(request: Call, community: Short | None = None) -> HttpResponse:
    """Drills, newest first."""
    held = duty.of(request, community, "incidents.see")
    return answer({"items": [answers.drill(one) for one in queries.drills(request.auth, held.id)[:SHOWN]]})


@router.post("/drills", response={201: dict, **FAULTS}, summary="安排演练")
@needs("incidents.decide")
def planned(request: Call, body: DrillIn) -> HttpResponse:
    """A drill to come; T313 goes out a day before."""
    held = duty.of(request, body.community, "incidents.decide")
    where = asking.where(request, held, [*([body.place] if body.place else []), *body.place_ids])
    observer = duty.staff(request, held.id, body.observer, "observer") if body.observer else None
    work = lambda: actions.plan_drill(  # noqa: E731
        held,
        kind=body.plan,
        starts_at=body.starts_at,
        place=where.name,
        place_codes=where.codes,
        areas=where.areas,
        observer=observer,
        by=request.auth,
    )
    return duty.done(request, Drill, body, work, lambda row_id: answers.drill(queries.drill(request.auth, row_id)), 201)


@router.post("/drills/{drill}/start", response={201: dict, **FAULTS}, summary="开始演练")
@needs("incidents.open")
def start(request: Call, drill: duty.RowId, body: Empty) -> HttpResponse:
    """It begins: the incident of the drill."""
    row = queries.drill(request.auth, int(drill))
    return duty.done(
        request,
        Incident,
        body,
        lambda: actions.start_drill(row, by=request.auth),
        lambda row_id: asking.show(request, row_id),
        201,
    )
