"""Asking why, showing one value, and what waits for a supervisor."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from anju.core.errors import Refused
from anju.desk import frame
from anju.desk.frame import Frame
from anju.desk.revealing.forms import WhyForm
from anju.privacy.actions import revealing
from anju.privacy.choices import RevealState
from anju.privacy.models import Reveal
from anju.privacy.queries import revealing as reveals
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.forms import refuse
from anju.ui.guard import Request, proven, staff
from anju.ui.once import done_once
from anju.ui.origin import origin
from anju.ui.pages import is_htmx


@require_http_methods(["GET", "HEAD", "POST"])
@staff("privacy.reveal")
def why(request: Request, no: str, field: str) -> HttpResponse:
    """GET asks for a reason; POST writes the line, then shows the value in its place."""
    ticket = frame.held(request, no)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, ticket, _look(request, ticket, field, form))
        except Refused as refusal:
            refuse(form, refusal)
            if refusal.code == "REVEAL_QUOTA":
                return _ask(request, ticket, field, form, over=True)
    return _ask(request, ticket, field, form)


def _look(request: Request, ticket: Ticket, field: str, form: WhyForm) -> Reveal:
    ask = "ask" in request.POST

    def act() -> tuple[str, int]:
        row = revealing.reveal(
            ticket, field=field, by=request.scope, origin=origin(request), ask=ask, **form.cleaned_data
        )
        return "reveal", row.id

    subject, fresh = done_once(request, f"staff:{request.scope.staff_id}", act)
    row = reveals.reveal(request.scope, subject[1])
    if fresh or row.state != RevealState.SHOWN:
        return row
    return revealing.again(row, by=request.scope, origin=origin(request))  # pressed twice: a second look, a second line


def _given(request: Request, ticket: Ticket, row: Reveal) -> HttpResponse:
    back = frame.address(request.scope, ticket)
    if row.state == RevealState.REQUESTED:
        messages.success(request, _("已请主管批准，批准后在“隐私”页查看"))
        return HttpResponseRedirect(back)
    found = revealing.opened(row)
    shown = queries.show(request.scope, ticket)
    context = {"found": found, "mask": getattr(shown.reporter, row.field), "back": back, "shown": shown}
    if is_htmx(request):
        headers = {"HX-Retarget": f"#masked-{row.field}", "HX-Reswap": "outerHTML"}
        return HttpResponse(render(request, "desk/reveal/value.html", context).content, headers=headers)
    answer = render(request, "desk/reveal/page.html", context | Frame(request).context("queue"))
    answer.headers["Refresh"] = f"{found.seconds}; url={back}"
    return answer


def _ask(request: Request, ticket: Ticket, field: str, form: WhyForm, *, over: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "over": over,
        "field": reveals.field_words(field),
        "shown": queries.show(request.scope, ticket),
        "url": request.get_full_path(),
        "back": frame.address(request.scope, ticket),
        "role": reveals.role_of(request.scope, ticket.community_id),
        "used": reveals.used(request.scope),
        "left": reveals.left(request.scope, ticket.community),
    }
    status = 422 if form.errors else 200
    if is_htmx(request):
        return render(request, "desk/reveal/box.html", context, status=status)
    return render(request, "desk/reveal/ask.html", context | Frame(request).context("queue"), status=status)


@require_POST
@staff("privacy.reveal")
def again(request: Request, reveal_id: int) -> HttpResponse:
    """Once more within fifteen minutes, or for the first time after a supervisor's word."""
    row = revealing.again(reveals.reveal(request.scope, reveal_id), by=request.scope, origin=origin(request))
    return _given(request, row.ticket, row)


@require_POST
@staff("privacy.approve")
@proven
def decide(request: Request, reveal_id: int) -> HttpResponse:
    """A supervisor says yes or no."""
    row = reveals.reveal(request.scope, reveal_id)
    try:
        revealing.decide(row, approve=request.POST.get("approve") == "1", by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    return HttpResponseRedirect(reverse("desk:privacy"))
