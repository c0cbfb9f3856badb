"""The sheets and what is done with them; check-in and stand-ins from the desk."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core import clock
from anju.core.errors import Refused
from anju.desk.frame import Frame, community_id
from anju.duty import actions, queries
from anju.duty.models import Handover, Line, Turn
from anju.ui.guard import Request, staff
from anju.ui.shifts import address

SHOWN = 30
AROUND = clock.iso_duration("PT12H")


@require_safe
@staff("duty.see")
def handovers(request: Request) -> HttpResponse:
    """My turns around now, the sheets of the community, posts nobody has come to."""
    around, now = Frame(request), clock.now()
    me = accounts.staff_by_id(request.scope, around.community.id, request.scope.staff_id or 0)
    context = around.context("handover") | {
        "mine": queries.turns_of(request.scope, now - AROUND, now + AROUND),
        "sheets": queries.handovers(request.scope, around.community.id)[:SHOWN],
        "calendar": address(me) if me else "",
        "leads": allowed(request.scope, "duty.decide", around.community.id),
    }
    return render(request, "desk/handover/list.html", context)


def _try(request: Request, act: Callable[[], object], words: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        for title in refusal.data.get("items", ())[:5]:
            messages.warning(request, title)
    else:
        messages.success(request, words)


def _to(request: Request, name: str, *args: int) -> HttpResponseRedirect:
    wanted = community_id(request.GET)
    return HttpResponseRedirect(reverse(f"desk:{name}", args=args) + (f"?c={wanted}" if wanted else ""))


@require_POST
@staff("duty.see")
def opened(request: Request) -> HttpResponse:
    """Open the sheet of a turn, or look again for what is open."""
    wanted = request.POST.get("turn", "")
    turn = queries.turn(request.scope, int(wanted) if wanted.isdigit() and len(wanted) < 20 else 0)
    try:
        sheet = actions.open_sheet(turn, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return _to(request, "handovers")
    return _to(request, "handover", sheet.id)


@require_safe
@staff("duty.see")
def sheet(request: Request, sheet_id: int) -> HttpResponse:
    """One sheet as a checklist."""
    row = queries.handover(request.scope, sheet_id)
    me = request.scope.staff_id
    context = Frame(request).context("handover") | {
        "row": row,
        "lines": row.lines.all(),
        "outgoing": me == row.turn.staff_id,
        "incoming": row.to_turn is not None and me == row.to_turn.staff_id,
        "leads": allowed(request.scope, "duty.decide", row.community_id),
    }
    return render(request, "desk/handover/sheet.html", context)


def _line(row: Handover, wanted: str) -> Line | None:
    return row.lines.filter(id=int(wanted)).first() if wanted.isdigit() and len(wanted) < 20 else None


@require_POST
@staff("duty.see")
def lines(request: Request, sheet_id: int) -> HttpResponse:
    """A matter of one's own, or a word to a line."""
    row, given = queries.handover(request.scope, sheet_id), request.POST
    line = _line(row, given.get("line", ""))

    def act() -> object:
        return actions.add_line(
            row, title=given.get("title", ""), note=given.get("note", ""), line=line, by=request.scope
        )

    _try(request, act, _("已记在交接单上"))
    return _to(request, "handover", sheet_id)


@require_POST
@staff("duty.see")
def decision(request: Request, sheet_id: int) -> HttpResponse:
    """Submit, accept, dispute a line, rule on it."""
    row, given, by = queries.handover(request.scope, sheet_id), request.POST, request.scope
    line, reason = _line(row, given.get("line", "")), given.get("reason", "")
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: actions.submit(row, by=by), _("已交班，等接班的人确认")),
        "accept": (lambda: actions.accept(row, by=by), _("已接班，未结的都由您跟进")),
    }
    if line is not None:
        steps["dispute"] = (
            lambda: actions.dispute(row, line=line, reason=reason, by=by),
            _("已提出异议，主管30分钟内裁定"),
        )
        steps["rule"] = (lambda: actions.rule(row, line=line, ruling=reason, by=by), _("已裁定"))
    if given.get("step", "") not in steps:
        raise Http404
    _try(request, *steps[given["step"]])
    return _to(request, "handover", sheet_id)


@require_POST
@staff("duty.see")
def checked_in(request: Request, turn_id: int) -> HttpResponse:
    """到岗 of somebody by a leader, or one's own with a scanned code."""
    turn = queries.turn(request.scope, turn_id)
    code = request.POST.get("code", "").strip()
    proof = {"qr": code} if code else {}
    _try(request, lambda: actions.check_in(turn, by=request.scope, proof=proof), _("已到岗"))
    return _to(request, "handovers")


@require_POST
@staff("duty.decide")
def stood_in(request: Request, turn_id: int) -> HttpResponse:
    """顶岗."""
    turn = queries.turn(request.scope, turn_id)
    to = accounts.by_login(request.scope, turn.community_id, request.POST.get("to", ""))

    def act() -> Turn:
        if to is None:
            raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"))
        return actions.stand_in(turn, to=to, by=request.scope)

    _try(request, act, _("已安排顶岗"))
    return _to(request, "shift")


@require_POST
@staff("duty.see")
def forced(request: Request, turn_id: int) -> HttpResponse:
    """强制接班."""
    turn = queries.turn(request.scope, turn_id)
    _try(request, lambda: actions.force(turn, reason=request.POST.get("reason", ""), by=request.scope), _("已接班"))
    return _to(request, "handovers")
