"""One page for everybody's part of privacy, and what compliance writes down there."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as accounts
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.privacy import pages
from anju.desk.privacy.forms import ExportForm
from anju.desk.queue.forms import FilterForm
from anju.privacy.actions import exporting, finding, leaking, leaving, requesting
from anju.privacy.queries import exports, rights
from anju.privacy.queries import revealing as reveals
from anju.ui.downloads import workbook
from anju.ui.guard import Request, proven, staff
from anju.ui.once import done_once
from anju.ui.origin import origin


@require_safe
@staff("privacy.see")
def overview(request: Request) -> HttpResponse:
    """My looks of today, what waits for me, and for compliance the findings, the log and the signatures."""
    around = Frame(request)
    context = around.context("privacy") | {
        "page": pages.overview(request.scope, around),
        "export": ExportForm(),
    }
    return render(request, "desk/privacy/page.html", context)


@require_POST
@staff("privacy.supervise")
def settle(request: Request, finding_id: int) -> HttpResponse:
    """What it was."""
    row = reveals.finding(request.scope, finding_id)
    verdict = request.POST.get("verdict", "")
    return _done(request, lambda: finding.settle(row, verdict=verdict, by=request.scope), _("已记核查结论"))


def _done(request: Request, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it and go back to the page, with a word about how it went."""
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:privacy"))


@require_POST
@staff("privacy.export")
@proven
def export(request: Request) -> HttpResponse:
    """Ask for a list."""
    around, form = Frame(request), ExportForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return HttpResponseRedirect(reverse("desk:privacy"))

    def ask() -> tuple[str, int]:
        filters = _filters(request, around)
        row = exporting.request(
            around.community, by=request.scope, origin=origin(request), filters=filters, **form.wanted
        )
        return "export", row.id

    owner = f"staff:{request.scope.staff_id}"
    return _done(request, lambda: done_once(request, owner, ask), _("申请已提交；口令用短信发给您"))


def _filters(request: Request, around: Frame) -> dict[str, str]:
    """Those of the queue, when its list is wanted."""
    if "filters" not in request.POST:
        return {}
    form = FilterForm(QueryDict(request.POST["filters"]), around)
    return {"view": form.filters().view, **form.chosen()}


@require_POST
@staff("privacy.export")
@proven
def decide_export(request: Request, no: str) -> HttpResponse:
    """Another agrees, or not."""
    row = exports.export(request.scope, no)
    if request.POST.get("approve") == "1":
        return _done(request, lambda: exporting.approve(row, by=request.scope, origin=origin(request)), _("已批准"))
    return _done(request, lambda: exporting.reject(row, by=request.scope), _("未批准"))


@require_safe
@staff("privacy.export")
def file(request: Request, no: str) -> HttpResponse:
    """The encrypted workbook, for its requester."""
    return workbook(exporting.download(exports.export(request.scope, no), by=request.scope), no)


@require_POST
@staff("privacy.requests")
def respond(request: Request, no: str) -> HttpResponse:
    """The office answers a resident's request."""
    row, agree = rights.request(request.scope, no), request.POST.get("agree") == "1"
    words = request.POST.get("words", "")

    def act() -> object:
        return requesting.answer(row, agree=agree, words=words, by=request.scope, origin=origin(request))

    return _done(request, act, _("已答复"))


@require_POST
@staff("privacy.report_leak")
def report(request: Request) -> HttpResponse:
    """Somebody reports a breach."""
    around, sent = Frame(request), request.POST
    item, where = sent.get("item", ""), sent.get("scope", "")

    def act() -> object:
        return leaking.report(around.community, item=item, scope=where, by=request.scope)

    return _done(request, act, _("已报告合规和项目经理"))


@require_POST
@staff("privacy.leak")
def leak(request: Request, no: str) -> HttpResponse:
    """Compliance or the manager confirms, or decides."""
    row, sent = rights.leak(request.scope, no), request.POST
    if "grade" in sent:
        return _done(request, lambda: leaking.grade(row, by=request.scope), _("已定级，4小时内报告主管部门"))
    if "authority" in sent:
        words = sent.get("words", "")
        return _done(request, lambda: leaking.tell_authority(row, words=words, by=request.scope), _("已记下报告"))
    if "tell" not in sent:
        return _done(request, lambda: leaking.know(row, by=request.scope), _("已确认知悉"))
    tell, measures, why = sent["tell"] == "1", sent.get("measures", ""), sent.get("why", "")
    return _done(
        request, lambda: leaking.decide(row, tell=tell, measures=measures, why=why, by=request.scope), _("已决定")
    )


@require_POST
@staff("accounts.leave")
@proven
def leave(request: Request, staff_id: int) -> HttpResponse:
    """Somebody leaves."""
    around = Frame(request)
    found = accounts.staff_by_id(request.scope, around.community.id, staff_id)
    if found is None:
        raise Http404
    return _done(request, lambda: leaving.leave(found, by=request.scope), _("已办理离岗，工单已移交，权限已停止"))
