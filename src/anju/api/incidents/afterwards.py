"""The report, the review, what will be better."""

from django.http import HttpResponse
from ninja import Router

from anju.api.calling import Call, answer, needs
from anju.api.duty import asking as duty
from anju.api.incidents import answers, asking
from anju.api.incidents.commanding import Empty
from anju.api.incidents.schemas import ImprovementIn, ImprovementStateIn, MarksIn, ReviewIn
from anju.api.schemas import FAULTS
from anju.incidents import actions

router = Router()


@router.get("/{no}/report", response={200: dict, **FAULTS}, summary="复盘报告")
@needs("incidents.see")
def report(request: Call, no: str) -> HttpResponse:
    """The report that writes itself."""
    return answer(answers.report(request.auth, asking.one(request, no)))


@router.post("/{no}/review", response={200: dict, **FAULTS}, summary="复盘")
@needs("incidents.see")
def review(request: Call, no: str, body: ReviewIn) -> HttpResponse:
    """The meeting has been held."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.record_review(row, words=body.text, by=request.auth))


@router.post("/{no}/improvement", response={200: dict, **FAULTS}, summary="改进项")
@needs("incidents.see")
def improvement(request: Call, no: str, body: ImprovementIn) -> HttpResponse:
    """What will be better, by whom, until when."""
    row = asking.one(request, no)
    who = duty.staff(request, row.community_id, body.who, "who")
    work = lambda: actions.improve(row, what=body.what, who=who, due_on=body.due_on, by=request.auth)  # noqa: E731
    return asking.act(request, body, work)


@router.post("/{no}/improvement_state", response={200: dict, **FAULTS}, summary="改进项进展")
@needs("incidents.see")
def improvement_state(request: Call, no: str, body: ImprovementStateIn) -> HttpResponse:
    """An improvement goes on."""
    row = asking.one(request, no)
    work = lambda: actions.advance(row, improvement_id=int(body.id), to=body.state, by=request.auth)  # noqa: E731
    return asking.act(request, body, work)


@router.post("/{no}/close", response={200: dict, **FAULTS}, summary="归档")
@needs("incidents.see")
def close(request: Call, no: str, body: Empty) -> HttpResponse:
    """The file is closed."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.close(row, by=request.auth))


@router.post("/{no}/marks", response={200: dict, **FAULTS}, summary="演练观察表")
@needs("incidents.see")
def marks(request: Call, no: str, body: MarksIn) -> HttpResponse:
    """The observer's form of a drill."""
    row = asking.one(request, no)
    work = lambda: actions.mark(row, speech=body.speech, records=body.records, by=request.auth)  # noqa: E731
    return asking.act(request, body, work)
