"""The list of today, and checking in and out."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import actions as accounts
from anju.accounts import queries
from anju.core.errors import Refused
from anju.duty import actions
from anju.duty import queries as duty
from anju.field.today import pages
from anju.ui.guard import Request, staff


@require_safe
@staff("field.see")
def today(request: Request) -> HttpResponse:
    """What is mine, what I may take, what waits."""
    return render(request, "field/today/page.html", {"today": pages.today(request.scope)})


@require_POST
@staff("field.see")
def shift(request: Request) -> HttpResponse:
    """上岗, 下岗: jobs are offered only to those who are here."""
    post = next((one for one in pages.posts(request.scope) if str(one.id) == request.POST.get("post")), None)
    if post is None:
        raise Http404
    on = request.POST.get("on") == "1"
    accounts.set_shift(post, on=on, by=request.scope)
    messages.success(request, _("已上岗，有活会派给您") if on else _("已下岗，不再派新活给您"))
    return HttpResponseRedirect(reverse("field:today"))


@require_POST
@staff("field.see")
def turn(request: Request, turn_id: int) -> HttpResponse:
    """到岗 by the code of the post or by position."""
    row, given = duty.turn(request.scope, turn_id), request.POST
    proof: dict[str, object] = {"qr": given["code"].strip()} if given.get("code", "").strip() else {}
    if not proof and given.get("lat"):
        proof = {"geo": {"lat": given.get("lat"), "lng": given.get("lng")}}
    _try(request, lambda: actions.check_in(row, by=request.scope, proof=proof), _("已上岗，有活会派给您"))
    return HttpResponseRedirect(reverse("field:today"))


@require_POST
@staff("field.see")
def call(request: Request, callout_id: int) -> HttpResponse:
    """The same as a key in the emergency call: 1 with minutes, 2."""
    row = duty.callout(request.scope, callout_id)
    me = queries.staff_by_id(request.scope, row.community_id, request.scope.staff_id or 0)
    if me is None:
        raise Http404
    wanted = request.POST.get("minutes", "")
    minutes = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else None
    key = request.POST.get("key", "")
    _try(request, lambda: actions.answer(row, staff=me, key=key, minutes=minutes, by=request.scope), _("已答复"))
    return HttpResponseRedirect(reverse("field:today"))


def _try(request: Request, act: Callable[[], object], words: str) -> None:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words)
