"""Opening, listing and reading incidents."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from anju.api.calling import Call, answer, needs
from anju.api.duty import asking as duty
from anju.api.incidents import answers, asking
from anju.api.incidents.schemas import IncidentIn, TicketsIn
from anju.api.schemas import FAULTS, Short, Strict
from anju.core.scope import Kind
from anju.incidents import actions, queries
from anju.incidents.choices import RUNNING
from anju.incidents.rules import plans
from anju.tickets import queries as tickets

router = Router()


class IncidentsAsked(Strict):
    """Which ones: `open` only those that are on; `cursor` the last number of the page before."""

    open: bool = False
    drills: bool = True
    community: Short | None = None
    cursor: Annotated[str, Field(max_length=20, pattern=r"^\d*$")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.get("", response={200: dict, **FAULTS}, summary="应急事件")
@needs("incidents.see")
def listed(request: Call, asked: Query[IncidentsAsked]) -> HttpResponse:
    """Incidents, newest first. Residents get what is on where they live, as they read it on their pages."""
    if request.auth.kind is Kind.RESIDENT:
        return answer({"items": [answers.notice(one) for one in queries.notices(request.auth)], "cursor": ""})
    held = duty.of(request, asked.community, "incidents.see")
    rows = queries.incidents(request.auth, held.id)
    rows = rows.filter(state__in=RUNNING) if asked.open else rows
    rows = rows if asked.drills else rows.filter(is_drill=False)
    rows = rows.filter(id__lt=int(asked.cursor)) if asked.cursor else rows
    found = list(rows.order_by("-id")[: asked.limit + 1])
    more = str(found[asked.limit - 1].id) if len(found) > asked.limit else ""
    return answer({"items": [answers.line(one) for one in found[: asked.limit]], "cursor": more})


@router.get("/plans", response={200: dict, **FAULTS}, summary="预案")
@needs("incidents.see")
def plan_list(request: Call) -> HttpResponse:
    """The plans with their steps."""
    return answer(
        {
            "version": plans.VERSION,
            "items": [
                {
                    "kind": one.kind,
                    "leaves": list(one.leaves),
                    "level": one.level,
                    "roles": one.roles,
                    "close_conditions": list(one.conditions),
                    "steps": [
                        {
                            name: getattr(step, name)
                            for name in ("no", "target_min", "role", "text", "evidence", "weight")
                        }
                        for step in one.steps
                    ],
                }
                for one in plans.plans().values()
            ],
        }
    )


@router.post("", response={201: dict, **FAULTS}, summary="启动应急")
@needs("incidents.open")
def opened(request: Call, body: IncidentIn) -> HttpResponse:
    """One button."""
    held = duty.of(request, body.community, "incidents.open")
    places = [*([body.place] if body.place else []), *body.place_ids]
    where = asking.where(request, held, places, body.asset, body.room, body.building, body.unit)
    linked = [tickets.by_no(request.auth, one, community=held.id) for one in body.tickets]
    asked = actions.Opening(
        held,
        kind=body.plan,
        leaf=body.leaf,
        level=body.level,
        place=where.name,
        place_codes=where.codes,
        areas=where.areas,
        tickets=linked,
        is_drill=body.is_drill,
        warning=body.warning,
        t0=body.t0,
    )
    return asking.act(request, body, lambda: actions.open_incident(asked, by=request.auth), 201)


@router.get("/{no}", response={200: dict, **FAULTS}, summary="一个应急事件")
@needs("incidents.see")
def one(request: Call, no: str) -> HttpResponse:
    """The whole of it."""
    return answer(answers.whole(asking.one(request, no)))


@router.post("/{no}/link", response={200: dict, **FAULTS}, summary="并入工单")
@needs("incidents.open")
def link(request: Call, no: str, body: TicketsIn) -> HttpResponse:
    """These tickets are of this incident."""
    row = asking.one(request, no)
    found = [tickets.by_no(request.auth, one, community=row.community_id) for one in body.tickets]
    return asking.act(request, body, lambda: actions.link(row, tickets=found, by=request.auth))
