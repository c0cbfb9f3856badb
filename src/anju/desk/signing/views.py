"""Logging in and out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import actions as accounts
from anju.accounts.access import allowed
from anju.accounts.actions import second_step, sessions
from anju.accounts.models import Staff
from anju.accounts.queries import nobody, scope_of_staff
from anju.core.errors import Refused
from anju.core.scope import Scope
from anju.desk.account import enrolling
from anju.desk.signing.entering import enter
from anju.desk.signing.forms import LoginForm
from anju.estate import queries as estate
from anju.ui.forms import refuse
from anju.ui.guard import Request, public, safe_next

FIELD = "/field/"


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def login(request: Request) -> HttpResponse:
    """Name and password, and a second step for accounts with an authenticator; then where the person belongs."""
    if request.method == "GET" and request.scope.is_staff:
        return HttpResponseRedirect(safe_next(request, home(request.scope)))
    form = LoginForm(request.POST or None)
    second = bool(request.POST.get("code"))
    if request.method == "POST" and form.is_valid():
        try:
            staff = accounts.check_login(**form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal)
            second = second or refusal.code == "TOTP_REQUIRED"
        else:
            return admit(request, staff)
    context = {"form": form, "second": second, "next": safe_next(request, ""), "new": nobody()}
    return render(request, "desk/login.html", context, status=422 if form.errors else 200)


def admit(request: Request, staff: Staff) -> HttpResponse:
    """In; by way of the authenticator where his role needs one and he has none yet."""
    after = safe_next(request, home(scope_of_staff(staff)))
    if not staff.totp and second_step.required(staff):
        enrolling.begin(request, staff, after)
        return HttpResponseRedirect(reverse("desk:second-step"))
    enter(request, staff)
    return HttpResponseRedirect(after)


@require_POST
@public
def logout(request: HttpRequest) -> HttpResponse:
    """End the session."""
    sessions.close_session(request.session)
    request.session.flush()
    return HttpResponseRedirect(reverse("desk:login"))


def home(scope: Scope) -> str:
    """The guide while a community of his is empty and he may fill it, then the desk for those who have one, the console
    of the outside service, the phone pages of those who work on site, the roster for personnel, else the start page."""
    if allowed(scope, "estate.import") and (estate.empty(scope) or not allowed(scope, "desk.see")):
        return reverse("desk:setup")
    if allowed(scope, "desk.see"):
        return reverse("desk:queue")
    if allowed(scope, "night.see"):
        return reverse("desk:night")
    if allowed(scope, "field.see"):
        return FIELD
    return reverse("desk:roster") if allowed(scope, "duty.plan") else "/"
