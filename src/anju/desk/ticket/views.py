"""The page of a ticket, its peek panel, and one view per step."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.core.errors import Refused
from anju.desk import frame, leaves
from anju.desk.frame import Frame
from anju.desk.ticket import conflict, pages
from anju.desk.ticket.forms import StepForm
from anju.desk.ticket.forms_words import composer
from anju.desk.ticket.steps import Step
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.forms import refuse
from anju.ui.guard import Request, View, safe_next, staff
from anju.ui.once import done_once
from anju.ui.pages import is_htmx


@require_safe
@staff("desk.see")
def ticket(request: Request, no: str) -> HttpResponse:
    """Where it stands, who holds it, what was said."""
    row = frame.held(request, no)
    found = pages.sheet(request.scope, row)
    context = Frame(request).context("queue") | {
        "sheet": found,
        "show": request.GET.get("show", "all"),
        "shows": pages.shows(found),
        "note": composer(request.scope, row),
        "note_url": frame.address(request.scope, row, "note"),
        "here": request.get_full_path(),
    }
    return render(request, "desk/ticket/page.html", context)


@require_safe
@staff("desk.see")
def peek(request: Request, no: str) -> HttpResponse:
    """The panel beside the queue."""
    row = frame.held(request, no)
    context = {"sheet": pages.sheet(request.scope, row), "here": request.get_full_path(), "next": _back(request, row)}
    return render(request, "desk/ticket/peek.html", context)


def _back(request: Request, row: Ticket) -> str:
    """The list the panel stands beside: after a step one comes back to it."""
    return pages.back_to(request.headers.get("HX-Current-URL", ""), row)


def step_view(step: Step) -> View:
    """GET shows what will happen and what is asked; POST does it, once, and goes back to where the person was."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @staff(step.permission)
    def view(request: Request, no: str) -> HttpResponse:
        row = frame.held(request, no)
        form = step.form(request.POST or None, request.FILES or None, scope=request.scope, ticket=row)
        if request.method == "POST" and form.is_valid():
            try:
                _do(request, step, row, form)
            except Refused as refusal:
                _say_no(request, row, form, refusal)
            else:
                return HttpResponseRedirect(safe_next(request, frame.address(request.scope, row)))
        return _asked(request, step, row, form)

    return view


def _do(request: Request, step: Step, row: Ticket, form: StepForm) -> None:
    version = conflict.version_seen(row, request.POST.get("version", ""))
    _subject, fresh = done_once(request, f"staff:{request.scope.staff_id}", lambda: form.act(version).subject)
    if fresh:
        way_back = f"undo:{frame.address(request.scope, row, 'undo')}" if queries.undoable(request.scope, row) else ""
        messages.success(request, f"{step.done}　{row.no}", extra_tags=way_back)


@require_POST
@staff("desk.see")
def undo(request: Request, no: str) -> HttpResponse:
    """Take one's own last step back, while nobody has been told."""
    row = frame.held(request, no)
    try:
        tickets.undo(row, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已撤回　%(no)s") % {"no": row.no})
    return HttpResponseRedirect(safe_next(request, frame.address(request.scope, row)))


def _say_no(request: Request, row: Ticket, form: StepForm, refusal: Refused) -> None:
    """A collision is a notice and not an error: nothing that was typed is wrong."""
    if refusal.code == "STATE_CONFLICT":
        form.notice = conflict.told(row, request.scope) or str(refusal.message)
        row.refresh_from_db()
    else:
        refuse(form, refusal)


def _asked(request: Request, step: Step, row: Ticket, form: StepForm) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    chosen = form["leaf"].value() if "leaf" in form.fields else ""
    context = {
        "step": step,
        "form": form,
        "ticket": row,
        "shown": queries.show(request.scope, row),
        "url": request.get_full_path(),
        "back": frame.address(request.scope, row),
        "next": safe_next(request, _back(request, row)),
        "chosen": chosen or "",
        "near": leaves.near(row) if step.action == "classify" else [],
        "groups": leaves.for_ticket(row.leaf_code, row.text, chosen) if "leaf" in form.fields else [],
    }
    if is_htmx(request):
        return render(request, "desk/ticket/box.html", context, status=status)
    return render(request, "desk/ticket/step.html", context | Frame(request).context("queue"), status=status)
