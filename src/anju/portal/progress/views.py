"""The page of a ticket and what can be done there: by the key of a link, or by number after login."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.feedback import actions as feedback
from anju.incidents import queries as incidents
from anju.portal import guests
from anju.portal.progress import pages
from anju.portal.progress.forms import StarsForm, WordsForm
from anju.portal.progress.steps import STEPS, Step
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.ui.forms import refuse
from anju.ui.guard import Request, public, resident
from anju.ui.once import done_once

Held = tuple[Ticket, Scope, str]
"""The ticket, its holder, and where its page is."""


def _by_key(request: Request, key: str) -> Held:
    ticket, scope = guests.by_key(request, key)
    request.community = ticket.community
    return ticket, scope, reverse("portal:ticket", args=[key])


def _mine(request: Request, no: str) -> Held:
    ticket = queries.by_no(request.scope, no)
    request.community = ticket.community
    return ticket, request.scope, reverse("portal:mine", args=[no])


def _page(request: Request, held: Held, form: StarsForm | None = None) -> HttpResponse:
    ticket, scope, url = held
    found = pages.sheet(scope, ticket)
    context = {
        "sheet": found,
        "url": url,
        "form": form or StarsForm(),
        "path": pages.STAR_PATH,
        "incidents": incidents.around(ticket.community_id, incidents.area_of_ticket(ticket)) if found.open else (),
    }
    template = (
        "portal/progress/received.html" if request.GET.get("done") and found.open else "portal/progress/page.html"
    )
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _step(request: Request, held: Held, name: str) -> HttpResponse:
    """GET asks for the words of a step, POST does it and goes back to the ticket."""
    step = STEPS.get(name)
    if step is None or (request.method != "POST" and not step.label):
        raise Http404
    return _ask(request, step, held) if step.label else _press(request, step, held)


def _ask(request: Request, step: Step, held: Held) -> HttpResponse:
    ticket, scope, url = held
    form = WordsForm(request.POST if request.method == "POST" else None, step=step)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, step, ticket, scope, form.cleaned_data["words"])
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return HttpResponseRedirect(url)
    context = {"step": step, "form": form, "url": url, "shown": queries.show(scope, ticket)}
    return render(request, "portal/progress/ask.html", context, status=422 if form.errors else 200)


def _press(request: Request, step: Step, held: Held) -> HttpResponse:
    """A button that asks nothing; a refusal is said on the page of the ticket."""
    ticket, scope, url = held
    try:
        _do(request, step, ticket, scope, "")
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return HttpResponseRedirect(url)


def _do(request: Request, step: Step, ticket: Ticket, scope: Scope, words: str) -> None:
    def act() -> tuple[str, int]:
        step.act(ticket, scope, words)
        return ticket.subject

    _subject, fresh = done_once(request, f"ticket:{ticket.id}", act)
    if fresh:
        messages.success(request, str(step.done))


def _rate(request: Request, held: Held) -> HttpResponse:
    """Stars; while the work still waits for a word, they are that word too."""
    ticket, scope, url = held
    form = StarsForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                if ticket.status == Status.PENDING_ACCEPTANCE:
                    tickets.confirm(ticket, by=scope)
                feedback.rate(ticket, by=scope, **form.cleaned_data)
        except Refused as refusal:
            if refusal.fields:
                refuse(form, refusal)
                return _page(request, held, form)
            messages.warning(request, str(refusal.message))
        else:
            messages.success(request, _("谢谢您的评价，24小时内可以改"))
        return HttpResponseRedirect(url)
    return _page(request, held, form)


def _pair(hold: Callable[..., Held], guard: Callable[..., Any]) -> tuple[Callable[..., HttpResponse], ...]:
    """The three views of one way of holding a ticket."""

    @require_safe
    @guard
    def ticket(request: Request, held: str) -> HttpResponse:
        """Where it stands."""
        return _page(request, hold(request, held))

    @require_http_methods(["GET", "HEAD", "POST"])
    @guard
    def step(request: Request, held: str, step: str) -> HttpResponse:
        """One thing the reporter does."""
        return _step(request, hold(request, held), step)

    @require_POST
    @guard
    def rating(request: Request, held: str) -> HttpResponse:
        """Stars."""
        return _rate(request, hold(request, held))

    return ticket, step, rating


ticket, ticket_step, ticket_rating = _pair(_by_key, public)
mine, mine_step, mine_rating = _pair(_mine, resident)
