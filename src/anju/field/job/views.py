"""The page of a job and one view per step."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from anju.core.errors import Refused
from anju.field.job import pages, phone
from anju.field.job.forms import StepForm, Take
from anju.field.job.steps import Step
from anju.notify import actions as notify
from anju.tickets import queries
from anju.tickets.choices import Status
from anju.tickets.models import Ticket
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff
from anju.ui.once import done_once


def _held(request: Request, no: str) -> Ticket:
    """The job of this address; numbers repeat between communities, his own comes first."""
    mine = next((row for row in queries.for_handler(request.scope) if row.no == no), None)
    ticket = mine or queries.by_no(request.scope, no)
    request.community = ticket.community
    return ticket


@require_safe
@staff("field.see")
def job(request: Request, no: str) -> HttpResponse:
    """Where, who, what, what to know, and the one big button. Opening it counts as read (N6); a copy for later does not."""
    ticket = _held(request, no)
    if not phone.is_copy(request):
        notify.read(ticket.subject, ("staff", request.scope.staff_id or 0))
    take = Take(scope=request.scope, ticket=ticket) if ticket.status == Status.DISPATCHED else None
    return render(request, "field/job/page.html", {"job": pages.job(request.scope, ticket), "form": take})


def step_view(step: Step) -> Callable[..., HttpResponseBase]:
    """GET asks, POST does it once and goes on to the next thing. What he may do is for the action to decide."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @staff("field.see")
    def view(request: Request, no: str) -> HttpResponse:
        ticket, sent = _held(request, no), request.method == "POST"
        form = step.form(
            request.POST if sent else None, request.FILES if sent else None, scope=request.scope, ticket=ticket
        )
        form.initial = {"code": request.GET.get("code", "")[:200]}
        form.phone_time = phone.phone_time(request)
        if sent and form.is_valid():
            try:
                return _do(request, step, ticket, form)
            except Refused as refusal:
                refuse(form, refusal)
                if phone.asks(request):
                    return phone.refused(request.scope, ticket, refusal)
        if sent and phone.asks(request):
            return phone.incomplete(form)
        context = {"step": step, "form": form, "job": pages.job(request.scope, ticket)}
        return render(request, step.template, context, status=422 if form.errors else 200)

    return view


def _do(request: Request, step: Step, ticket: Ticket, form: StepForm) -> HttpResponse:
    owner = f"staff:{request.scope.staff_id}"
    _subject, fresh = done_once(request, owner, lambda: form.act().subject)
    if fresh:
        messages.success(request, f"{step.done}　{ticket.no}")
    onward = reverse("field:today") if step.leaves else reverse("field:job", args=[ticket.no])
    return JsonResponse({"url": onward}) if phone.asks(request) else HttpResponseRedirect(onward)
