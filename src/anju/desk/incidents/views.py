"""应急: the list with the button, the command page, and what is done there."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.incidents import pages
from anju.desk.incidents.asking import IncidentForm
from anju.desk.incidents.forms import FORMS
from anju.desk.incidents.starting import DrillForm, OpenForm
from anju.desk.incidents.working import BulletinForm
from anju.incidents import actions, queries
from anju.incidents.models import Incident
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff
from anju.ui.once import done_once
from anju.ui.pages import is_htmx

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff("incidents.see")
def incidents(request: Request) -> HttpResponse:
    """What is on, what was, and the button."""
    around = Frame(request)
    form = OpenForm(request.POST or None, scope=request.scope, community=around.community)
    if request.method == "POST" and form.is_valid():
        try:
            subject, _fresh = done_once(request, f"staff:{request.scope.staff_id}", lambda: form.act().subject)
            return HttpResponseRedirect(reverse("desk:incident", args=[subject[1]]))
        except Refused as refusal:
            if refusal.code == "INCIDENT_DUP":
                messages.warning(request, str(refusal.message))
                return HttpResponseRedirect(reverse("desk:incident", args=[refusal.data["id"]]))
            refuse(form, refusal)
    context = around.context("incidents") | {
        "form": form,
        "rows": queries.incidents(request.scope, around.community.id)[:SHOWN],
        "drills": queries.drills(request.scope, around.community.id).filter(incident=None)[:SHOWN],
        "due": queries.due_drills(request.scope, around.community),
    }
    return render(request, "desk/incidents/list.html", context, status=422 if form.errors else 200)


@require_safe
@staff("incidents.see")
def incident(request: Request, incident_id: int) -> HttpResponse:
    """The command page."""
    row = queries.by_id(request.scope, incident_id)
    return _page(request, row, BulletinForm(None, row=row, scope=request.scope))


def _page(request: Request, row: Incident, form: IncidentForm) -> HttpResponse:
    request.community = row.community
    context = Frame(request).context("incidents") | {
        "sheet": pages.sheet(request.scope, row),
        "form": form,
        "url": reverse("desk:incident", args=[row.id]),
        "bulletin_url": reverse("desk:incident-verb", args=[row.id, "bulletin"]),
    }
    return render(request, "desk/incidents/page.html", context, status=422 if form.errors else 200)


@require_safe
@staff("incidents.see")
def report(request: Request, incident_id: int) -> HttpResponse:
    """The report that writes itself."""
    row = queries.by_id(request.scope, incident_id)
    found = queries.report(request.scope, row)
    context = Frame(request).context("incidents") | {
        "row": row,
        "report": found,
        "points": pages.points(found),
        "improvements": [(one, queries.shown_state(one)) for one in found.improvements],
    }
    return render(request, "desk/incidents/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("incidents.see")
def verb(request: Request, incident_id: int, noun: str) -> HttpResponse:
    """GET asks, POST does it once and goes back to the incident."""
    kind = FORMS.get(noun)
    if kind is None:
        raise Http404
    row = queries.by_id(request.scope, incident_id)
    data = request.POST if request.method == "POST" else None
    form = kind(data, request.FILES or None, row=row, scope=request.scope, initial=request.GET.dict())
    if data is not None and form.is_valid():
        try:
            return _done(request, row, form)
        except Refused as refusal:
            refuse(form, refusal)
    return _asked(request, row, form, noun)


def _done(request: Request, row: Incident, form: IncidentForm) -> HttpResponse:
    _subject, fresh = done_once(request, f"staff:{request.scope.staff_id}", lambda: form.act().subject)
    if fresh:
        messages.success(request, _("%(what)s　已记下") % {"what": form.title})
    return HttpResponseRedirect(reverse("desk:incident", args=[row.id]))


def _asked(request: Request, row: Incident, form: IncidentForm, noun: str) -> HttpResponse:
    if noun == "bulletin":
        return _page(request, row, form)
    context = {
        "form": form,
        "row": row,
        "url": reverse("desk:incident-verb", args=[row.id, noun]),
        "back": reverse("desk:incident", args=[row.id]),
    }
    status = 422 if form.is_bound else 200
    if is_htmx(request):
        return render(request, "desk/incidents/box.html", context, status=status)
    return render(request, "desk/incidents/verb.html", context | Frame(request).context("incidents"), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("incidents.decide")
def planned(request: Request) -> HttpResponse:
    """A drill to come: its residents are told a day before."""
    around = Frame(request)
    form = DrillForm(request.POST or None, scope=request.scope, community=around.community)
    if request.method == "POST" and form.is_valid():
        try:
            _subject, fresh = done_once(request, f"staff:{request.scope.staff_id}", lambda: form.act().subject)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            if fresh:
                messages.success(request, _("演练已安排，提前24小时通知住户"))
            return HttpResponseRedirect(reverse("desk:incidents"))
    context = around.context("incidents") | {
        "form": form,
        "url": reverse("desk:drills"),
        "back": reverse("desk:incidents"),
    }
    return render(request, "desk/incidents/verb.html", context, status=422 if form.errors else 200)


@require_POST
@staff("incidents.open")
def started(request: Request, drill_id: int) -> HttpResponse:
    """It begins."""
    row = queries.drill(request.scope, drill_id)
    try:
        made = actions.start_drill(row, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return HttpResponseRedirect(reverse("desk:incidents"))
    return HttpResponseRedirect(reverse("desk:incident", args=[made.id]))
