"""The page of one's own data, and what may be done there."""

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.core import clock
from anju.core.errors import Refused
from anju.portal.privacy import pages
from anju.portal.privacy.forms import AskForm
from anju.privacy.actions import requesting
from anju.privacy.queries import rights
from anju.ui.downloads import attachment
from anju.ui.forms import refuse
from anju.ui.guard import Request, resident
from anju.ui.once import done_once


@require_safe
@resident
def centre(request: Request) -> HttpResponse:
    """What is stored and why, what I agreed to, who looked, what I asked for."""
    return render(request, "portal/privacy/page.html", {"sheet": pages.sheet(request.scope)})


@require_safe
@resident
def copy(request: Request) -> HttpResponse:
    """Everything that is kept of me, as a file."""
    found = rights.copy(request.scope)
    requesting.taken(request.scope)
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return attachment(content, f"anju-{clock.today():%Y%m%d}.json", "application/json; charset=utf-8")


@require_POST
@resident
def consent(request: Request, purpose: str) -> HttpResponse:
    """Yes or no, at once."""
    given = request.POST.get("given") == "1"
    requesting.consent(purpose, given=given, by=request.scope)
    messages.success(request, _("已同意") if given else _("已撤回，90天内不再询问"))
    return HttpResponseRedirect(reverse("portal:privacy"))


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def ask(request: Request) -> HttpResponse:
    """A request, answered within fifteen days."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _subject, _fresh = done_once(request, f"person:{request.scope.person_id}", lambda: _ask(request, form))
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已收到，15天内答复您"))
            return HttpResponseRedirect(reverse("portal:privacy"))
    return render(request, "portal/privacy/ask.html", {"form": form}, status=422 if form.errors else 200)


def _ask(request: Request, form: AskForm) -> tuple[str, int]:
    return "request", requesting.ask(by=request.scope, **form.cleaned_data).id
