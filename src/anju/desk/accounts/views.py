"""People and their roles, one person's doors, the matrix of rights, the record of administration."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as found
from anju.accounts.actions import administering
from anju.accounts.actions import sessions as logins
from anju.accounts.actions import tokens as keys
from anju.accounts.choices import Role
from anju.accounts.models import Membership
from anju.desk.account import pages as one
from anju.desk.accounts import pages
from anju.desk.frame import Frame
from anju.ui.guard import Request, proven, staff

MANAGE = "accounts.manage"


@require_safe
@staff(MANAGE)
def people(request: Request) -> HttpResponse:
    """Everybody of the community, with roles and where they are logged in."""
    around = Frame(request)
    rows = found.crew_accounts(request.scope, around.community.id)
    return render(request, "desk/accounts/people.html", around.context("accounts") | {"people": rows, "tab": "people"})


@require_safe
@staff(MANAGE)
def rights(request: Request) -> HttpResponse:
    """Which role may do what, on one screen, from the code."""
    context = {"parts": pages.matrix(), "roles": Role.choices, "tab": "rights"}
    return render(request, "desk/accounts/rights.html", Frame(request).context("accounts") | context)


@require_safe
@staff(MANAGE)
def record(request: Request) -> HttpResponse:
    """Who changed which account, role or setting."""
    around = Frame(request)
    lines = pages.record(request.scope, around.community.id)
    return render(request, "desk/accounts/record.html", around.context("accounts") | {"lines": lines, "tab": "record"})


@require_safe
@staff(MANAGE)
def person(request: Request, staff_id: int) -> HttpResponse:
    """One account."""
    return _person(request, staff_id)


def _person(request: Request, staff_id: int, *, made: str = "") -> HttpResponse:
    around = Frame(request)
    row = _member(request, around, staff_id)
    context = {
        "member": row,
        "account": one.account(row.staff),
        "roles": [(value, label, value in row.roles) for value, label in Role.choices],
        "made": made,
        "own": row.staff_id == request.scope.staff_id,
    }
    return render(request, "desk/accounts/person.html", around.context("accounts") | context)


def _member(request: Request, around: Frame, staff_id: int) -> Membership:
    row = found.crew_accounts(request.scope, around.community.id).filter(staff_id=staff_id).first()
    if row is None:
        raise Http404
    return row


def _done(request: Request, around: Frame, staff_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(f"{reverse('desk:accounts-person', args=[staff_id])}?c={around.community.id}")


@require_POST
@staff(MANAGE)
@proven
def roles(request: Request, staff_id: int) -> HttpResponse:
    """What he may do here from his next request on."""
    around = Frame(request)
    row = _member(request, around, staff_id)
    administering.set_roles(row, request.POST.getlist("roles"), by=request.scope)
    return _done(request, around, staff_id, _("岗位已改"))


@require_POST
@staff(MANAGE)
@proven
def password(request: Request, staff_id: int) -> HttpResponse:
    """A made password, shown this once."""
    row = _member(request, Frame(request), staff_id)
    return _person(request, staff_id, made=administering.reset_password(row.staff, by=request.scope))


@require_POST
@staff(MANAGE)
@proven
def second_step(request: Request, staff_id: int) -> HttpResponse:
    """His phone is gone."""
    around = Frame(request)
    administering.reset_second_step(_member(request, around, staff_id).staff, by=request.scope)
    return _done(request, around, staff_id, _("两步登录已重置，下次登录时重新设置"))


@require_POST
@staff(MANAGE)
def sessions(request: Request, staff_id: int) -> HttpResponse:
    """All his logins end."""
    around = Frame(request)
    logins.revoke_all(_member(request, around, staff_id).staff, by=request.scope)
    return _done(request, around, staff_id, _("登录都已结束"))


@require_POST
@staff(MANAGE)
def session(request: Request, staff_id: int, session_id: int) -> HttpResponse:
    """One of his logins ends."""
    around = Frame(request)
    _member(request, around, staff_id)
    logins.revoke(found.session_of(staff_id, session_id), by=request.scope)
    return _done(request, around, staff_id, _("已结束"))


@require_POST
@staff(MANAGE)
def token(request: Request, staff_id: int, token_id: int) -> HttpResponse:
    """One of his tokens opens nothing any more."""
    around = Frame(request)
    _member(request, around, staff_id)
    keys.revoke(found.token_of(staff_id, token_id), by=request.scope)
    return _done(request, around, staff_id, _("令牌已停用"))
