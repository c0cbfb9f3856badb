"""Handover sheets."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju.api.calling import Call, answer, needs
from anju.api.duty import answers, asking
from anju.api.duty.schemas import DutyItems, DutyLineIn, DutyReasonIn, DutySheetIn, LineReasonIn
from anju.api.schemas import FAULTS, Short, Strict
from anju.core.errors import Refused
from anju.duty import actions, queries
from anju.duty.models import Handover, Line

router = Router()
SHOWN = 50


@router.get("/handovers", response={200: DutyItems, **FAULTS}, summary="交接单")
@needs("duty.see")
def handovers(request: Call, community: Short | None = None) -> HttpResponse:
    """The newest sheets."""
    held = asking.of(request, community)
    rows = queries.handovers(request.auth, held.id).prefetch_related("lines")[:SHOWN]
    return answer({"items": [answers.handover(one) for one in rows]})


@router.post("/handovers", response={200: dict, **FAULTS}, summary="打开交接单")
@needs("duty.see")
def open_sheet(request: Call, body: DutySheetIn) -> HttpResponse:
    """The sheet of a turn with a line for everything open; again: what is new is added."""
    turn = queries.turn(request.auth, int(body.turn))
    return answer(_show(request, actions.open_sheet(turn, by=request.auth).id))


@router.get("/handovers/{sheet}", response={200: dict, **FAULTS}, summary="一张交接单")
@needs("duty.see")
def one(request: Call, sheet: asking.RowId) -> HttpResponse:
    """One sheet."""
    return answer(_show(request, int(sheet)))


def _show(request: Call, sheet_id: int) -> dict[str, object]:
    return answers.handover(queries.handover(request.auth, sheet_id))


@router.post("/handovers/{sheet}/add_line", response={200: dict, **FAULTS}, summary="加一项")
@needs("duty.see")
def add_line(request: Call, sheet: asking.RowId, body: DutyLineIn) -> HttpResponse:
    """Keys, tools, cash, readings; or a word to a line."""
    row = queries.handover(request.auth, int(sheet))

    def act() -> Handover:
        line = _line(row, body.line) if body.line else None
        actions.add_line(row, title=body.title, note=body.note, line=line, by=request.auth)
        return row

    return _done(request, body, act)


def _done(request: Call, body: Strict | None, act: Callable[[], Handover]) -> HttpResponse:
    """The sheet as it stands after this."""
    return asking.done(request, Handover, body, act, lambda sheet: _show(request, sheet))


def _line(row: Handover, line_id: str) -> Line:
    found = row.lines.filter(id=int(line_id)).first()
    if found is None:
        raise Refused("LINE_UNKNOWN", _("交接单上没有这一项"), status=404)
    return found


@router.post("/handovers/{sheet}/submit", response={200: dict, **FAULTS}, summary="交班")
@needs("duty.see")
def submit(request: Call, sheet: asking.RowId) -> HttpResponse:
    """The outgoing person submits."""
    row = queries.handover(request.auth, int(sheet))
    return _done(request, None, lambda: actions.submit(row, by=request.auth))


@router.post("/handovers/{sheet}/accept", response={200: dict, **FAULTS}, summary="接班")
@needs("duty.see")
def accept(request: Call, sheet: asking.RowId) -> HttpResponse:
    """The incoming person accepts."""
    row = queries.handover(request.auth, int(sheet))
    return _done(request, None, lambda: actions.accept(row, by=request.auth))


@router.post("/handovers/{sheet}/dispute", response={200: dict, **FAULTS}, summary="提出异议")
@needs("duty.see")
def dispute(request: Call, sheet: asking.RowId, body: LineReasonIn) -> HttpResponse:
    """The incoming person does not agree with a line."""
    row = queries.handover(request.auth, int(sheet))

    def act() -> Handover:
        return actions.dispute(row, line=_line(row, body.line), reason=body.reason, by=request.auth)

    return _done(request, body, act)


@router.post("/handovers/{sheet}/rule", response={200: dict, **FAULTS}, summary="裁定异议")
@needs("duty.decide")
def rule(request: Call, sheet: asking.RowId, body: LineReasonIn) -> HttpResponse:
    """The supervisor's word on a disputed line."""
    row = queries.handover(request.auth, int(sheet))

    def act() -> Handover:
        return actions.rule(row, line=_line(row, body.line), ruling=body.reason, by=request.auth)

    return _done(request, body, act)


@router.post("/turns/{turn}/force", response={200: dict, **FAULTS}, summary="强制接班")
@needs("duty.see")
def force(request: Call, turn: asking.RowId, body: DutyReasonIn) -> HttpResponse:
    """There is no sheet 15 minutes after the end: the incoming person takes over."""
    row = queries.turn(request.auth, int(turn))

    def act() -> Handover:
        return actions.force(row, reason=body.reason, by=request.auth)

    return _done(request, body, act)
