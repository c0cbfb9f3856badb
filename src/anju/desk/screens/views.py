"""The links of the community's screens."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import screens as queries
from anju.accounts.actions import screens as actions
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.estate import labels
from anju.estate import queries as estate
from anju.ui.guard import Request, staff


@require_http_methods(["GET", "HEAD", "POST"])
@staff("accounts.screens")
def screens(request: Request) -> HttpResponse:
    """Boards of the office with their links, a new one, and the screens of lobbies, whose links are their codes."""
    around, trouble = Frame(request), None
    if request.method == "POST":
        try:
            screen = actions.hang(around.community, request.POST.get("name", ""), by=request.scope)
        except Refused as refusal:
            trouble = refusal
        else:
            messages.success(request, _("已开通　%(name)s") % {"name": screen.name})
            return HttpResponseRedirect(_here(around))
    base = settings.ANJU_BASE_URL.rstrip("/")
    rows = queries.screens(request.scope, around.community.id)
    boards = [(row, base + reverse("wall:board", args=[queries.link(row)])) for row in rows]
    spots = [row for row in estate.labels(request.scope, around.community.id) if row.place]
    lobbies = [(row.place, base + reverse("wall:lobby", args=[labels.signed(row.code)])) for row in spots]
    context = {"boards": boards, "lobbies": lobbies, "trouble": trouble, "typed": request.POST.get("name", "")}
    return render(
        request,
        "desk/screens/page.html",
        around.context("figures") | context,
        status=trouble.status if trouble else 200,
    )


@require_POST
@staff("accounts.screens")
def revoke(request: Request, screen_id: int) -> HttpResponse:
    """The screen goes dark."""
    around = Frame(request)
    row = queries.screens(request.scope, around.community.id).filter(id=screen_id).first()
    if row is None:
        raise Http404
    actions.revoke(row, by=request.scope)
    messages.success(request, _("已停用　%(name)s") % {"name": row.name})
    return HttpResponseRedirect(_here(around))


def _here(around: Frame) -> str:
    return reverse("desk:screens") + (f"?c={around.community.id}" if around.several else "")
