"""The crew at work: answering, steps, bulletins, the internal room."""

from django.http import HttpResponse
from ninja import Router

from anju.api import sending
from anju.api.calling import Call, needs
from anju.api.incidents import asking
from anju.api.incidents.schemas import BulletinIn, NoteTextIn, RoleAckIn, StepDoneIn
from anju.api.schemas import FAULTS
from anju.incidents import actions
from anju.incidents.actions.bulletins import Words
from anju.incidents.models import Incident

router = Router()


@router.post("/{no}/ack", response={200: dict, **FAULTS}, summary="到位确认")
@needs("incidents.see")
def ack(request: Call, no: str, body: RoleAckIn) -> HttpResponse:
    """The caller is in his role."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.acknowledge(row, by=request.auth, role=body.role))


@router.post("/{no}/steps/{step}/done", response={200: dict, **FAULTS}, summary="完成一步")
@needs("incidents.see")
def step_done(request: Call, no: str, step: int, body: StepDoneIn) -> HttpResponse:
    """A step with its evidence."""
    row = asking.one(request, no)

    def work() -> Incident:
        photo = sending.keep(body.photo, community_id=row.community_id, by=request.auth) if body.photo else None
        return actions.do_step(row, no=step, by=request.auth, words=body.text, photo=photo)

    return asking.act(request, body, work)


@router.post("/{no}/bulletin", response={200: dict, **FAULTS}, summary="发布通报")
@needs("incidents.see")
def bulletin(request: Call, no: str, body: BulletinIn) -> HttpResponse:
    """The next bulletin."""
    row = asking.one(request, no)
    words = Words(body.audience or "", body.progress, body.reason, "", body.eta, body.text)
    work = lambda: actions.post(  # noqa: E731
        row, by=request.auth, words=words, no_news=body.no_news, interval=body.interval
    )
    return asking.act(request, body, work)


@router.post("/{no}/note", response={200: dict, **FAULTS}, summary="内部群发言")
@needs("incidents.see")
def note(request: Call, no: str, body: NoteTextIn) -> HttpResponse:
    """A line in the internal room."""
    row = asking.one(request, no)
    return asking.act(request, body, lambda: actions.note(row, words=body.text, by=request.auth))
