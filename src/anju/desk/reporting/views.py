"""记一单 and its small answers while somebody types."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.core import ids, phones
from anju.core.errors import Refused
from anju.desk import frame, leaves
from anju.desk.frame import Frame
from anju.desk.reporting import pages
from anju.desk.reporting.forms import ReportForm, visits
from anju.desk.reporting.saving import further, send_on, store
from anju.estate import queries as estate
from anju.privacy.actions import identifying
from anju.tickets import queries
from anju.ui import photos
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff
from anju.ui.once import done_once

CALL = "call"
SAID = "address_said"


@require_http_methods(["GET", "HEAD", "POST"])
@staff("tickets.report")
def new(request: Request) -> HttpResponse:
    """The form; saved, it leads to the new ticket."""
    around = Frame(request)
    form = form_of(request, around)
    form.initial = {"where": request.GET.get("where", "")[:60]}
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, around, form)
        except Refused as refusal:
            refuse(form, refusal)
    places = estate.places(request.scope, around.community.id), estate.assets(request.scope, around.community.id)
    context = around.context("new") | {
        "form": form,
        "guess": pages.guess(request.scope, around.community, form),
        "public": [one.name for rows in places for one in rows[:300]],
        "groups": leaves.tree(),
        "visits": visits(form),
        **_known(request, around, form),
    }
    return render(request, "desk/new/page.html", context, status=422 if form.errors and form.is_bound else 200)


def form_of(request: Request, around: Frame, *, ask: bool = True, kind: type[ReportForm] = ReportForm) -> ReportForm:
    """What was sent. An address that was not checked yet is checked now, as one of the tries of this call; the fragments
    while somebody types only know what has been checked."""
    said = request.POST.get("where", "")[:60].strip()
    held = request.session.get(SAID, {})
    checked = held if held.get("said") == said else _check(request, said) if said and ask else {}
    files = request.FILES or None
    return kind(request.POST or None, files, scope=request.scope, community=around.community, checked=checked)


def _save(request: Request, around: Frame, form: ReportForm) -> HttpResponse:
    """Photos first, they take their time; then the ticket, once; then, when asked for, on to a worker."""
    kept, trouble = photos.keep(form.cleaned_data["photos"], community_id=around.community.id, by=request.scope)
    with transaction.atomic():
        owner = f"staff:{request.scope.staff_id}"
        made, fresh = done_once(
            request, owner, lambda: store(request.scope, around.community, form.cleaned_data, kept).subject
        )
        ticket = queries.again(made[1])
        if fresh and "dispatch" in request.POST:
            for words in send_on(request.scope, ticket):
                messages.warning(request, words)
        if fresh:
            for words in further(request.scope, around.community, form.cleaned_data):
                messages.info(request, words)
    if fresh:
        for name in (CALL, SAID):
            request.session.pop(name, None)
        messages.success(request, _("已存 %(no)s") % {"no": ticket.no})
    if trouble:
        messages.warning(request, str(trouble.message))
    return HttpResponseRedirect(frame.address(request.scope, ticket))


@require_POST
@staff("tickets.report")
def kinds(request: Request) -> HttpResponse:
    """What the text may mean and what will happen."""
    around = Frame(request)
    form = form_of(request, around, ask=False)
    context = {"guess": pages.guess(request.scope, around.community, form), "groups": [], "form": form}
    return render(request, "desk/new/kinds.html", context)


@require_safe
@staff("desk.see")
def kinds_found(request: Request) -> HttpResponse:
    """The tree of kinds, narrowed by words."""
    chosen = request.GET.get("leaf", "")[:4].upper()
    return render(request, "desk/leaves.html", {"groups": leaves.tree(request.GET.get("find", "")[:20], chosen)})


@require_POST
@staff("tickets.report")
def caller(request: Request) -> HttpResponse:
    """Whom this phone reaches, masked; the guesses are made anew."""
    around = Frame(request)
    form = form_of(request, around, ask=False)
    form.is_valid()
    answer = render(request, "desk/new/caller.html", {"form": form, **_known(request, around, form)})
    answer["HX-Trigger"] = "known"  # whoever calls decides what else is open, and where
    return answer


def _known(request: Request, around: Frame, form: ReportForm) -> dict[str, Any]:
    found = phones.parse(form["phone"].value() or "")
    people = pages.callers(request.scope, around.community, found.number) if found else []
    chosen = form["person"].value() or (people[0].id if len(people) == 1 else "")
    return {"people": people, "chosen": chosen, "asked": bool(found), "spot": form["spot"].value() or ""}


@require_POST
@staff("tickets.report")
def address(request: Request) -> HttpResponse:
    """Match or no match, five tries for a call: an address is checked, never browsed. A call lasts until its ticket is
    saved; the same words again are no new try."""
    said = request.POST.get("where", "")[:60].strip()
    context: dict[str, object] = {"said": said}
    if said:
        context |= request.session[SAID] if said == request.session.get(SAID, {}).get("said") else _check(request, said)
    answer = render(request, "desk/new/address.html", context)
    answer["HX-Trigger"] = "known"
    return answer


def _check(request: Request, said: str) -> dict[str, object]:
    call = request.session.setdefault(CALL, ids.token())
    try:
        found = identifying.identify(Frame(request).community, said=said, call=call, by=request.scope)
    except Refused as refusal:
        answer: dict[str, object] = {"said": said, "words": str(refusal.message), "left": refusal.data.get("left", 0)}
    else:
        answer = {"said": said, "matched": found.matched, "left": found.left}
    request.session[SAID] = answer
    return answer
