"""My reports, and a new one for my home."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anju.core.errors import Refused
from anju.estate import queries as estate
from anju.incidents import queries as incidents
from anju.portal.home import pages
from anju.portal.home.forms import HomeForm
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.choices import Channel
from anju.ui import photos, voice
from anju.ui.forms import refuse
from anju.ui.guard import Request, resident
from anju.ui.once import done_once


@require_safe
@resident
def home(request: Request) -> HttpResponse:
    """What is being worked on, and three big things."""
    return render(
        request,
        "portal/home/page.html",
        {"home": pages.home(request.scope), "incidents": incidents.notices(request.scope)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def report(request: Request) -> HttpResponse:
    """For one of my rooms; sent, the way to the ticket."""
    rooms = estate.rooms_of(request.scope.person_id or 0)
    form = HomeForm(request.POST or None, request.FILES or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_store(request, form))
        except Refused as refusal:
            refuse(form, refusal)
    return render(
        request, "portal/home/report.html", {"form": form, "rooms": rooms}, status=422 if form.errors else 200
    )


def _store(request: Request, form: HomeForm) -> str:
    sent, person = form.cleaned_data, estate.people(request.scope, {request.scope.person_id or 0}).get()
    kept, trouble = photos.keep(sent["photos"], community_id=person.community_id, by=request.scope)
    heard = voice.keep(sent["voice"], community_id=person.community_id, by=request.scope)
    asked = tickets.Report(
        community=person.community,
        text=sent["text"] or (_("留了语音，请听") if heard else ""),
        channel=Channel.MINIPROGRAM,
        room=form.chosen_room,
        person=person,
        phone=sent["phone"],
        photos=kept,
        voice=heard,
        appointment=form.appointment,
    )
    owner = f"person:{person.id}"
    subject, _fresh = done_once(request, owner, lambda: tickets.report(asked, by=request.scope).subject)
    if trouble:
        messages.warning(request, str(trouble.message))
    ticket = queries.rows(request.scope, [subject[1]])[0]
    return reverse("portal:mine", args=[ticket.no]) + "?done=1"
