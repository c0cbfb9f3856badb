"""The guide, and one small form for each of its steps."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import inviting
from anju.accounts import queries as accounts
from anju.accounts.access import allowed
from anju.core.errors import Refused
from anju.desk.frame import Frame
from anju.desk.setup import pages, saying
from anju.desk.setup.forms import FactsForm, InviteForm
from anju.estate import founding
from anju.estate import queries as estate
from anju.tickets import actions as tickets
from anju.tickets import queries
from anju.ui.forms import refuse
from anju.ui.guard import Request, staff


def _around(request: Request) -> Frame:
    around = Frame(request)
    if not allowed(request.scope, "estate.import", around.community.id):
        raise Refused("NOT_ALLOWED", _("开通小区要项目经理、客服主管或系统管理员"), status=403)
    return around


def _page(request: Request, around: Frame, step: str = "", **forms: Form) -> HttpResponse:
    guide = pages.Guide(request.scope, around, step, request.session.get(saying.CODES, {}))
    facts = {name: getattr(around.community, name) for name in FactsForm.base_fields}
    context = around.context("setup") | {
        "guide": guide,
        "facts": FactsForm(initial=facts),
        "invite": InviteForm(),
        "may_invite": allowed(request.scope, "accounts.manage", around.community.id),
        "may_plan": allowed(request.scope, "duty.plan", around.community.id),
        "base_url": request.build_absolute_uri("/invite/"),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "desk/setup/page.html", context | forms, status=status)


def _to(around: Frame, step: str = "") -> HttpResponseRedirect:
    query = f"{around.here}&step={step}" if around.here else f"?step={step}"
    return HttpResponseRedirect(reverse("desk:setup") + (query if step else around.here))


@require_safe
@staff("estate.import")
def guide(request: Request) -> HttpResponse:
    """Seven steps; the first that is not done is open, or the one asked for."""
    return _page(request, _around(request), request.GET.get("step", ""))


@require_POST
@staff("estate.import")
def facts(request: Request) -> HttpResponse:
    """Name, hotline, signature, address."""
    around, form = _around(request), FactsForm(request.POST)
    if form.is_valid():
        try:
            founding.facts(around.community, **form.cleaned_data, by=request.scope)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _to(around)
    return _page(request, around, "facts", facts=form)


@require_POST
@staff("accounts.manage")
def invited(request: Request) -> HttpResponse:
    """Ask somebody to join; the code by SMS, or to be copied."""
    around, form = _around(request), InviteForm(request.POST)
    if form.is_valid():
        try:
            saying.invite(request, around, form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _to(around, "staff")
    return _page(request, around, "staff", invite=form)


@require_POST
@staff("accounts.manage")
def invitation(request: Request, number: int) -> HttpResponse:
    """Another code, or none any more."""
    around = _around(request)
    row = accounts.invitations(request.scope, around.community.id).filter(id=number).first()
    if row is None:
        raise Http404
    if request.POST.get("withdraw") == "1":
        return _done(request, around, "staff", lambda: inviting.withdraw(row, by=request.scope), _("邀请已撤回"))
    return _done(request, around, "staff", lambda: saying.renew(request, around, row), _("已换新的邀请码，原来的作废"))


def _done(request: Request, around: Frame, step: str, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, words)
    return _to(around, step)


@require_POST
@staff("accounts.manage")
def skills(request: Request, staff_id: int) -> HttpResponse:
    """What somebody on site can do, by the job he is hired as."""
    around = _around(request)
    row = accounts.staff_in(request.scope, around.community.id).filter(staff_id=staff_id).first()
    if row is None:
        raise Http404
    job = request.POST.get("job", "")
    return _done(request, around, "posts", lambda: inviting.equip(row, job, by=request.scope), _("技能已改"))


@require_POST
@staff("estate.import")
def places(request: Request) -> HttpResponse:
    """A code for every building and unit."""
    around = _around(request)
    made = founding.usual_places(around.community, by=request.scope)
    messages.success(request, _("已生成%(n)d张码") % {"n": made})
    return _to(around, "codes")


@require_POST
@staff("estate.import")
def place(request: Request) -> HttpResponse:
    """One more place or asset, with its code."""
    around, sent = _around(request), request.POST
    number = sent.get("at", "")
    known = estate.places(request.scope, around.community.id)
    at = known.filter(id=int(number)).first() if number.isdigit() and len(number) < 20 else None
    name, kind = sent.get("name", ""), sent.get("kind", "")
    return _done(
        request,
        around,
        "codes",
        lambda: founding.spot(around.community, name=name, kind=kind, at=at, by=request.scope),
        _("已加，码已生成"),
    )


@require_POST
@staff("tickets.report")
def test(request: Request) -> HttpResponse:
    """A report as a resident would make it, marked as a test."""
    around = _around(request)
    where = estate.places(request.scope, around.community.id).first()
    asked = tickets.Report(
        community=around.community,
        text=_("试报：楼道灯不亮了，请按真的处理一遍"),
        channel="staff",
        channel_ref=queries.TRIAL,
        place=where,
    )
    return _done(request, around, "test", lambda: tickets.report(asked, by=request.scope), _("试报成功，去队列里看"))
