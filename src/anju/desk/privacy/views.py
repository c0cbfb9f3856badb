"""One page for everybody's part of privacy, and what compliance writes down there."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.privacy import pages
from anju.privacy.actions import finding
from anju.privacy.queries import revealing as reveals
from anju.ui.guard import Request, staff


@require_safe
@staff("privacy.see")
def overview(request: Request) -> HttpResponse:
    """My looks of today, what waits for me, and for compliance the findings, the log and the signatures."""
    around = Frame(request)
    context = around.context("privacy") | {"page": pages.overview(request.scope, around)}
    return render(request, "desk/privacy/page.html", context)


@require_POST
@staff("privacy.supervise")
def settle(request: Request, finding_id: int) -> HttpResponse:
    """What it was."""
    row = reveals.finding(request.scope, finding_id)
    try:
        finding.settle(row, verdict=request.POST.get("verdict", ""), by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已记核查结论"))
    return HttpResponseRedirect(reverse("desk:privacy"))
