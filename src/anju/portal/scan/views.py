"""The screens after scanning."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.core.errors import Refused
from anju.estate import checking
from anju.incidents import queries as incidents
from anju.portal import spots
from anju.portal.scan import pages, saving
from anju.portal.scan.forms import ScanForm
from anju.portal.spots import Spot
from anju.tickets import queries
from anju.ui import photos, voice
from anju.ui.forms import refuse
from anju.ui.guard import Request, public


@require_http_methods(["GET", "HEAD", "POST"])
@public
def scan(request: Request, code: str) -> HttpResponse:
    """Place, alarm, six chips; with a chip tapped (`?leaf=`) the form; sent, the way to the ticket."""
    try:
        spot = spots.spot(code)
    except Refused as refusal:
        spots.speak_for_the_only_one(request)
        return render(request, "portal/scan/invalid.html", {"message": refusal.message}, status=refusal.status)
    request.community = spot.community
    if request.method == "POST" or "leaf" in request.GET:
        return _form(request, spot)
    if checking.seen(spot.label, by=request.scope):
        messages.success(request, _("%(name)s的码已核对") % {"name": spot.name})
    area = incidents.area_of(spot.asset or spot.place)
    context = {
        "spot": spot,
        "incidents": incidents.around(spot.community.id, area),
        "known": pages.known(spot),
        "jobs": pages.jobs_here(request.scope, spot),
    }
    return render(request, "portal/scan/first.html", context)


def _form(request: Request, spot: Spot) -> HttpResponse:
    leaf = spot.leaf(request.GET.get("leaf", ""))
    chip = spot.chip(leaf.code, request.GET.get("what", "")) if leaf else None
    form = ScanForm(request.POST or None, request.FILES or None, chosen=leaf is not None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            kept, trouble = photos.keep(sent["photos"], community_id=spot.community.id, by=request.scope)
            heard = voice.keep(sent["voice"], community_id=spot.community.id, by=request.scope)
            url = saving.store(
                request, spot, leaf=leaf, chip=chip, text=sent["text"], phone=sent["phone"], photos=kept, voice=heard
            )
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if trouble:
                messages.warning(request, str(trouble.message))
            return HttpResponseRedirect(url)
    context = {"spot": spot, "leaf": leaf, "chip": chip, "form": form, "promise": pages.promise(spot, leaf)}
    return render(request, "portal/scan/form.html", context, status=422 if form.errors else 200)


@require_POST
@public
def trapped(request: Request, code: str) -> HttpResponse:
    """困在电梯里，按这里."""
    spot = spots.spot(code)
    request.community = spot.community
    if not spot.is_lift:
        return HttpResponseRedirect(reverse("portal:scan", args=[code]))
    return HttpResponseRedirect(saving.trapped(request, spot))


@require_POST
@public
def me_too(request: Request, code: str) -> HttpResponse:
    """我也遇到: follow what others have reported here."""
    spot = spots.spot(code)
    request.community = spot.community
    chosen = next((row for row in queries.open_at(spot.label) if row.no == request.POST.get("no")), None)
    if chosen is None:
        messages.warning(request, _("这一件刚刚处理完了。还没好，请点下面再报一次"))
        return HttpResponseRedirect(reverse("portal:scan", args=[code]))
    return HttpResponseRedirect(saving.store(request, spot, leaf=chosen.leaf, join=chosen.no))
