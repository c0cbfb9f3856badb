"""The queue of calls, and writing down what came of one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.revisits import pages
from anju.feedback import actions, queries
from anju.feedback.choices import RevisitResult
from anju.feedback.models import Revisit
from anju.ui.guard import Request, staff
from anju.ui.once import done_once


@require_safe
@staff("feedback.revisit")
def revisits(request: Request) -> HttpResponse:
    """Who must be called, by when, about what."""
    around = Frame(request)
    context = around.context("revisits") | {
        "cards": pages.cards(request.scope, around),
        "results": RevisitResult.choices,
        "callers": pages.callers(around),
    }
    return render(request, "desk/revisits/page.html", context)


@require_POST
@staff("feedback.revisit")
def record(request: Request, revisit_id: int) -> HttpResponse:
    """满意, 部分满意, 仍不满意, 无法联系."""
    row = queries.revisit(request.scope, revisit_id)
    result, note = request.POST.get("result", ""), request.POST.get("note", "")

    def act() -> tuple[str, int]:
        actions.record_visit(row, result=result, by=request.scope, note=note)
        return "revisit", row.id

    try:
        _subject, fresh = done_once(request, f"staff:{request.scope.staff_id}", act)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        if fresh:
            words = _("已记 %(no)s") if row.state == "DONE" else _("%(no)s 没打通，明天再打")
            messages.success(request, words % {"no": row.ticket.no})
    return _back(row, request)


@require_POST
@staff("feedback.revisit")
def assign(request: Request, revisit_id: int) -> HttpResponse:
    """Somebody else calls."""
    row = queries.revisit(request.scope, revisit_id)
    wanted = request.POST.get("to", "")
    to = (
        accounts.staff_by_id(request.scope, row.community_id, int(wanted))
        if wanted.isascii() and wanted.isdigit()
        else None
    )
    try:
        if to is None:
            raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"))
        actions.assign(row, to=to, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("改由%(name)s回访") % {"name": to.name})
    return _back(row, request)


def _back(row: Revisit, request: Request) -> HttpResponse:
    query = f"?c={row.community_id}" if len(request.scope.communities) > 1 else ""
    return HttpResponseRedirect(reverse("desk:revisits") + query)
