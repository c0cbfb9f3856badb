"""The list of today, and checking in and out."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import actions as accounts
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
