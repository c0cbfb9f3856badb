"""Locking and unlocking the login of this browser; lock.js covers the page and keeps it."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from anju.accounts import queries as accounts
from anju.accounts.actions import sessions
from anju.core.errors import Refused
from anju.ui.guard import Request, public, safe_next, staff

QUIET = "quiet"
"""The script asks with this field and wants a status and no page."""


@require_POST
@staff()
def lock(request: Request) -> HttpResponse:
    """From now on this browser gets nothing but the question for the password."""
    row = accounts.staff_session(request.session)
    if row is not None:
        sessions.lock(row)
    if QUIET in request.POST:
        return HttpResponse(status=204)
    return HttpResponseRedirect(safe_next(request, reverse("desk:account")))


@sensitive_post_parameters("proof")
@require_POST
@public
def unlock(request: Request) -> HttpResponse:
    """204 or on to where he was; 422 with the reason; 401 when the login has ended meanwhile."""
    row, after = accounts.staff_session(request.session), safe_next(request, "/")
    if row is None:
        return HttpResponse(status=401) if QUIET in request.POST else HttpResponseRedirect(reverse("desk:login"))
    try:
        sessions.prove(row, request.POST.get("proof", ""))
    except Refused as refusal:
        if QUIET in request.POST:
            return HttpResponse(str(refusal.message), content_type="text/plain; charset=utf-8", status=refusal.status)
        context = {"name": row.staff.name, "next": after, "refusal": refusal}
        return render(request, "ui/locked.html", context, status=refusal.status)
    return HttpResponse(status=204) if QUIET in request.POST else HttpResponseRedirect(after)
