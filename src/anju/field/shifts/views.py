"""My turns; leave and swaps asked for and answered on the telephone."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.core.errors import Refused
from anju.duty import queries
from anju.field.today import pages
from anju.ui import shifts
from anju.ui.guard import Request, staff


@require_http_methods(["GET", "HEAD", "POST"])
@staff("field.see")
def mine(request: Request) -> HttpResponse:
    """What is before me; POST asks for leave."""
    form = shifts.LeaveForm(request.POST or None)
    posts = pages.posts(request.scope)
    if request.method == "POST" and posts and form.ask(posts[0].community, posts[0].staff, request.scope):
        messages.success(request, _("已提交请假"))
        return HttpResponseRedirect(reverse("field:shifts"))
    found = [shifts.mine(request.scope, one.community, one.staff) for one in posts]
    return render(request, "field/shifts/page.html", {"found": found, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("field.see")
def swap(request: Request, turn_id: int) -> HttpResponse:
    """Ask a colleague for this turn."""
    turn = queries.turn(request.scope, turn_id)
    form = shifts.SwapForm(request.POST if request.method == "POST" else None, turn=turn, scope=request.scope)
    if request.method == "POST" and form.ask():
        messages.success(request, _("已问对方，他同意后由主管批准"))
        return HttpResponseRedirect(reverse("field:shifts"))
    return render(request, "field/shifts/swap.html", {"form": form, "turn": turn}, status=422 if form.errors else 200)


@require_POST
@staff("field.see")
def answer(request: Request, swap_id: int) -> HttpResponse:
    """My word to a colleague who asks."""
    try:
        words = shifts.swap_step(queries.swap(request.scope, swap_id), request.POST.get("step", ""), request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("field:shifts"))
