"""One's own logins, password, authenticator and tokens."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from anju.accounts import queries as accounts
from anju.accounts.actions import passwords
from anju.accounts.actions import second_step as steps
from anju.accounts.actions import sessions as logins
from anju.accounts.actions import tokens as keys
from anju.accounts.models import StaffSession
from anju.core.errors import Refused
from anju.desk.account import enrolling, pages
from anju.desk.account.forms import PasswordForm, TokenForm
from anju.desk.signing.views import home
from anju.ui.forms import refuse
from anju.ui.guard import Request, proven, staff


@require_safe
@staff()
def account(request: Request) -> HttpResponse:
    """Where I am logged in, and what else opens my door."""
    return _page(request)


def _page(request: Request, *, status: int = 200, **more: object) -> HttpResponse:
    row = _here(request)
    context = {
        "account": pages.account(row.staff, here=row.id),
        "password": PasswordForm(),
        "token": TokenForm(),
        "home": home(request.scope),
    } | more
    return render(request, "desk/account/page.html", context, status=status)


def _here(request: Request) -> StaffSession:
    """The login in hand; a guard has found it a moment ago."""
    row = accounts.staff_session(request.session)
    if row is None:
        raise Refused("LOGIN_REQUIRED", _("请先登录"), status=401)
    return row


def _back(request: Request, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(reverse("desk:account"))


@sensitive_post_parameters("old", "new")
@require_POST
@staff()
def password(request: Request) -> HttpResponse:
    """A new password; all other logins end."""
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            passwords.change(request.session, _here(request), by=request.scope, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _back(request, _("密码已改，别处的登录都已结束"))
    return _page(request, password=form, status=422)


@require_POST
@staff()
@proven
def second_step(request: Request) -> HttpResponse:
    """Set it up (anew, for another phone), or switch it off where no role needs it."""
    row = _here(request)
    if "off" in request.POST:
        steps.switch_off(row.staff, by=request.scope)
        return _back(request, _("两步登录已关掉"))
    logins.close_session(request.session)
    enrolling.begin(request, row.staff, reverse("desk:account"))
    return HttpResponseRedirect(reverse("desk:second-step"))


@require_POST
@staff()
def sessions(request: Request) -> HttpResponse:
    """End all others."""
    row = _here(request)
    logins.revoke_all(row.staff, besides=row.id, by=request.scope)
    return _back(request, _("别处的登录都已结束"))


@require_POST
@staff()
def session(request: Request, session_id: int) -> HttpResponse:
    """End one."""
    logins.revoke(accounts.session_of(request.scope.staff_id or 0, session_id), by=request.scope)
    return _back(request, _("已结束"))


@require_POST
@staff()
@proven
def tokens(request: Request) -> HttpResponse:
    """A token for a program; its secret is shown this once."""
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            secret = keys.make(_here(request).staff, by=request.scope, **form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            return _page(request, secret=secret)
    return _page(request, token=form, status=422)


@require_POST
@staff()
def token(request: Request, token_id: int) -> HttpResponse:
    """Revoke one."""
    keys.revoke(accounts.token_of(request.scope.staff_id or 0, token_id), by=request.scope)
    return _back(request, _("令牌已停用"))
