"""Leave and swaps at the desk: one's own, and for leaders those that wait for a decision."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.accounts.models import Staff
from anju.core import clock
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.duty import actions, queries
from anju.duty.choices import Decision
from anju.ui import shifts
from anju.ui.guard import Request, staff

SHOWN = 60


@require_http_methods(["GET", "HEAD", "POST"])
@staff("duty.see")
def absences(request: Request) -> HttpResponse:
    """Mine and, for those who plan or decide, everybody's; POST asks for leave."""
    around = Frame(request)
    me = _staff(around, request.POST.get("staff", ""))
    form = shifts.LeaveForm(request.POST or None)
    if request.method == "POST" and form.ask(around.community, me, request.scope):
        messages.success(request, _("已提交请假"))
        return _back(around)
    context = _context(around) | {
        "form": form,
        "mine": shifts.mine(request.scope, around.community, _staff(around, "")),
    }
    return render(request, "desk/absence/page.html", context, status=422 if form.errors else 200)


def _staff(around: Frame, login: str) -> Staff:
    """Whom it is for: oneself unless somebody is named. Raises Refused STAFF_UNKNOWN (404)."""
    scope, community_id = around.scope, around.community.id
    found = accounts.by_login(scope, community_id, login) if login else None
    found = found or accounts.staff_by_id(scope, community_id, scope.staff_id or 0)
    if found is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), status=404)
    return found


def _context(around: Frame) -> dict[str, object]:
    scope, community, now = around.scope, around.community, clock.now()
    plans = allowed(scope, "duty.plan", community.id)
    rows = queries.leaves(scope, community.id, now, now + shifts.AHEAD).order_by("begin_at", "id")
    return around.context("roster") | {
        "plans": plans,
        "leads": allowed(scope, "duty.decide", community.id),
        "leaves": list(rows[:SHOWN]) if plans else [],
        "swaps": queries.swaps(scope, community.id)[:SHOWN] if plans else [],
        "crew": [one.staff for one in around.staff] if plans else [],
        "asked": Decision.ASKED,
    }


def _back(around: Frame) -> HttpResponseRedirect:
    query = f"?c={around.community.id}" if around.several else ""
    return HttpResponseRedirect(reverse("desk:absences") + query)


@require_POST
@staff("duty.decide")
def leave(request: Request, leave_id: int) -> HttpResponse:
    """A leader's word to a leave."""
    around, approve = Frame(request), request.POST.get("step") == "approve"
    try:
        actions.decide_leave(queries.leave(request.scope, leave_id), approve=approve, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已批准，空出的班在排班表上是红的") if approve else _("未批准"))
    return _back(around)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("duty.see")
def swap(request: Request, turn_id: int) -> HttpResponse:
    """Ask a colleague for this turn."""
    around, turn = Frame(request), queries.turn(request.scope, turn_id)
    form = shifts.SwapForm(request.POST if request.method == "POST" else None, turn=turn, scope=request.scope)
    if request.method == "POST" and form.ask():
        messages.success(request, _("已问对方，他同意后由主管批准"))
        return _back(around)
    context = around.context("roster") | {"form": form, "turn": turn}
    return render(request, "desk/absence/swap.html", context, status=422 if form.errors else 200)


@require_POST
@staff("duty.see")
def answer(request: Request, swap_id: int) -> HttpResponse:
    """The colleague's or the leader's word to a swap."""
    around = Frame(request)
    try:
        words = shifts.swap_step(queries.swap(request.scope, swap_id), request.POST.get("step", ""), request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words)
    return _back(around)
