"""What the commander does: approving, times, states, roles."""

from django.http import HttpResponse
from ninja import Router

from anju.api.calling import Call, needs
from anju.api.duty import asking as duty
from anju.api.incidents import asking
from anju.api.incidents.schemas import ApproveIn, CancelIncidentIn, EtaIn, RestoreIn, RoleIn, WhyIn
from anju.api.schemas import FAULTS, Strict
from anju.incidents import actions

router = Router()


class Empty(Strict):
    """Nothing more to say."""


@router.post("/{no}/approve", response={200: dict, **FAULTS}, summary="批准通报")
@needs("incidents.see")
def approve(request: Call, no: str, body: ApproveIn) -> HttpResponse:
    """Free words go out."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.approve(row, bulletin_id=int(body.bulletin), by=request.auth))


@router.post("/{no}/eta", response={200: dict, **FAULTS}, summary="公布新的预计时间")
@needs("incidents.see")
def eta(request: Call, no: str, body: EtaIn) -> HttpResponse:
    """Cause, what is missing, and the new time; residents get T304."""
    row = asking.one(request, no)
    work = lambda: actions.publish_eta(  # noqa: E731
        row, by=request.auth, cause=body.cause, missing=body.missing, eta=body.eta
    )
    return asking.act(request, body, work)


@router.post("/{no}/assign", response={200: dict, **FAULTS}, summary="改派岗位")
@needs("incidents.see")
def assign(request: Call, no: str, body: RoleIn) -> HttpResponse:
    """Somebody else takes a role."""
    row = asking.one(request, no)
    to = duty.staff(request, row.community_id, body.to, "to")
    return asking.act(request, body, lambda: actions.assign(row, role=body.role, to=to, by=request.auth))


@router.post("/{no}/control", response={200: dict, **FAULTS}, summary="已控制")
@needs("incidents.see")
def control(request: Call, no: str, body: Empty) -> HttpResponse:
    """It gets no worse."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.control(row, by=request.auth))


@router.post("/{no}/restore", response={200: dict, **FAULTS}, summary="已恢复")
@needs("incidents.see")
def restore(request: Call, no: str, body: RestoreIn) -> HttpResponse:
    """It works again."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.restore(row, by=request.auth, conditions=body.conditions))


@router.post("/{no}/recur", response={200: dict, **FAULTS}, summary="复发")
@needs("incidents.see")
def recur(request: Call, no: str, body: WhyIn) -> HttpResponse:
    """It has come back."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.recur(row, by=request.auth, reason=body.reason))


@router.post("/{no}/cancel", response={200: dict, **FAULTS}, summary="误报撤销")
@needs("incidents.see")
def cancel(request: Call, no: str, body: CancelIncidentIn) -> HttpResponse:
    """A false alarm."""
    row = asking.one(request, no)
    verified = duty.staff(request, row.community_id, body.verified_by, "verified_by") if body.verified_by else None
    work = lambda: actions.cancel(row, by=request.auth, reason=body.reason, verified_by=verified)  # noqa: E731
    return asking.act(request, body, work)


@router.post("/{no}/abort", response={200: dict, **FAULTS}, summary="演练终止，转入实战")
@needs("incidents.see")
def abort(request: Call, no: str, body: Empty) -> HttpResponse:
    """The drill has become real."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.abort(row, by=request.auth))
