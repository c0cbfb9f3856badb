"""Four buttons: 登记 紧急 播报 转接; and the morning's list for the day team."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anju.accounts import queries as accounts
from anju.core import clock
from anju.core.errors import Refused
from anju.desk import frame, leaves
from anju.desk.frame import Frame
from anju.desk.night import pages
from anju.desk.night.forms import EmergencyForm, RecordForm, TransferForm
from anju.desk.reporting import pages as guessing
from anju.desk.reporting.forms import ReportForm
from anju.desk.reporting.saving import send_on, store
from anju.desk.reporting.views import CALL, SAID, form_of
from anju.duty import queries as duty
from anju.estate import queries as estate
from anju.incidents import queries as incidents
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.tickets.models import Ticket
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff
from anju.ui.once import done_once

DAY = timedelta(days=1)


@require_safe
@staff("night.see")
def console(request: Request) -> HttpResponse:
    """The buttons, what waits for somebody to accept it, and what this agent has recorded tonight."""
    around, scope = Frame(request), request.scope
    me = next((one for one in around.staff if one.staff_id == scope.staff_id), None)
    context = _context(around, "") | {
        "me": me,
        "waiting": queries.show_all(scope, pages.waiting(scope, around.community)),
        "rows": queries.show_all(scope, pages.mine(scope, around.community)),
    }
    return render(request, "desk/night/page.html", context)


def _context(around: Frame, part: str) -> dict[str, object]:
    return around.context("night") | {"part": part, "window": duty.window(around.community)}


@require_http_methods(["GET", "HEAD", "POST"])
@staff("night.see")
def record(request: Request) -> HttpResponse:
    """登记."""
    return _reporting(request, RecordForm, "record")


@require_http_methods(["GET", "HEAD", "POST"])
@staff("night.see")
def emergency(request: Request) -> HttpResponse:
    """紧急: saved, the chain rings."""
    return _reporting(request, EmergencyForm, "emergency")


def _reporting(request: Request, kind: type[ReportForm], part: str) -> HttpResponse:
    around = Frame(request)
    form = form_of(request, around, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, around, form)
        except Refused as refusal:
            refuse(form, refusal)
    context = _context(around, part) | _asked(around, form, request.GET.get("leaf", ""))
    return render(request, f"desk/night/{part}.html", context, status=422 if form.errors else 200)


def _asked(around: Frame, form: ReportForm, tapped: str) -> dict[str, object]:
    """What stands around a form: what the words mean, the emergencies, the first words for the one that is chosen."""
    chosen, kinds = tapped or form["leaf"].value() or "", pages.kinds()
    where = (around.scope, around.community.id)
    return {
        "form": form,
        "guess": guessing.guess(around.scope, around.community, form),
        "kinds": kinds,
        "chosen": chosen,
        "first": [one for one in kinds if one.code == chosen] or kinds,
        "spots": [one.name for rows in (estate.places(*where), estate.assets(*where)) for one in rows[:300]],
    }


def _save(request: Request, around: Frame, form: ReportForm) -> HttpResponse:
    def act() -> tuple[str, int]:
        return store(request.scope, around.community, form.cleaned_data, ()).subject

    made, fresh = done_once(request, f"staff:{request.scope.staff_id}", act)
    ticket = queries.again(made[1])
    if fresh:
        send_on(request.scope, ticket)
        for name in (CALL, SAID):
            request.session.pop(name, None)
        messages.success(request, _("已存，请告诉来电人编号 %(no)s") % {"no": ticket.no})
    return _to_sheet(request, ticket)


def _to_sheet(request: Request, ticket: Ticket) -> HttpResponseRedirect:
    return HttpResponseRedirect(frame.address(request.scope, ticket, "night-ticket"))


@require_safe
@staff("night.see")
def bulletins(request: Request) -> HttpResponse:
    """播报: what may be read out."""
    around = Frame(request)
    context = _context(around, "bulletins") | {
        "bulletins": pages.bulletins(request.scope, around.community),
        "incidents": incidents.everywhere(request.scope, around.community.id),
    }
    return render(request, "desk/night/bulletins.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("night.see")
def transfer(request: Request) -> HttpResponse:
    """转接: the record first, then who takes the caller over."""
    around = Frame(request)
    rows = {row.no: row for row in pages.mine(request.scope, around.community)}
    people = pages.receivers(around)
    form = TransferForm(request.POST or None, tickets=list(rows.values()), people=people)
    form.initial = {"ticket": request.GET.get("no", "")}
    if request.method == "POST" and form.is_valid():
        sent, ticket = form.cleaned_data, rows[form.cleaned_data["ticket"]]
        to = next(one for one, _post in people if one.login == sent["to"])

        def act() -> tuple[str, int]:
            return tickets.pass_call(ticket, to=to, summary=sent["summary"], by=request.scope).subject

        try:
            done_once(request, f"staff:{request.scope.staff_id}", act)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已通知%(name)s来接，请对方别挂机") % {"name": to.name})
            return _to_sheet(request, ticket)
    context = _context(around, "transfer") | {"form": form, "rows": rows}
    return render(request, "desk/night/transfer.html", context, status=422 if form.errors else 200)


@require_safe
@staff("night.see")
def sheet(request: Request, no: str) -> HttpResponse:
    """One record and how far its chain has come."""
    ticket = frame.held(request, no)
    context = _context(Frame(request), "ticket") | {
        "sheet": pages.sheet(request.scope, ticket),
        "groups": leaves.tree(),
    }
    return render(request, "desk/night/ticket.html", context)


@require_POST
@staff("night.see")
def words(request: Request, no: str) -> HttpResponse:
    """补充: another word to a record."""
    return _step(
        request, no, lambda ticket: tickets.note(ticket, note_text=request.POST.get("text", ""), by=request.scope)
    )


@require_POST
@staff("night.see")
def accept(request: Request, no: str) -> HttpResponse:
    """受理: somebody has looked at it and said what it is."""
    return _step(
        request, no, lambda ticket: tickets.accept(ticket, leaf=request.POST.get("leaf", ""), by=request.scope)
    )


@require_POST
@staff("night.see")
def urge(request: Request, no: str) -> HttpResponse:
    """催办 for the caller who asks again."""
    return _step(request, no, lambda ticket: tickets.urge(ticket, by=request.scope))


def _step(request: Request, no: str, act: Callable[[Ticket], Ticket]) -> HttpResponse:
    ticket = frame.held(request, no)
    try:
        done_once(request, f"staff:{request.scope.staff_id}", lambda: act(ticket).subject)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("已记下"))
    return _to_sheet(request, ticket)


# --- the day team -----------------------------------------------------------------------------------------------------


@require_safe
@staff("tickets.night")
def morning(request: Request) -> HttpResponse:
    """What came from the last night, what nobody has looked at yet first."""
    around = Frame(request)
    begin, end = duty.window(around.community).ended_by(clock.now())
    night = queries.night(request.scope, around.community, end - DAY, end)
    order = sorted(night.rows, key=lambda row: (row.id not in night.untouched, row.id))
    lines = zip(order, queries.show_all(request.scope, order), strict=True)
    context = around.context("handover") | {
        "night": night,
        "begin": begin,
        "until": end + timedelta(minutes=30),
        "lines": [(row.id in night.untouched, frame.address(request.scope, row), seen) for row, seen in lines],
    }
    return render(request, "desk/night/morning.html", context)


@require_POST
@staff("tickets.note")
def looked_at(request: Request, no: str) -> HttpResponse:
    """已核对: an agent of the day has read it and takes it up."""
    ticket = frame.held(request, no)
    me = accounts.staff_by_id(request.scope, ticket.community_id, request.scope.staff_id or 0)
    words = _("夜间工单已由%(name)s核对") % {"name": me.name if me else ""}
    try:
        tickets.note(ticket, note_text=words, by=request.scope)
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    wanted = f"?c={ticket.community_id}" if len(request.scope.communities) > 1 else ""
    return HttpResponseRedirect(reverse("desk:night-morning") + wanted)
