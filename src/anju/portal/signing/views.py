"""Logging in with a code, choosing who one is when a phone belongs to several, logging out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from anju.accounts import actions as accounts
from anju.core.errors import Refused
from anju.core.scope import Kind
from anju.estate.models import Person
from anju.portal import spots
from anju.portal.home import pages
from anju.portal.signing.forms import CodeForm, PhoneForm
from anju.portal.signing.saying import send_code
from anju.ui.forms import refuse
from anju.ui.guard import Request, public, safe_next

CHOICES = "login_people"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def login(request: Request) -> HttpResponse:
    """First the phone, then the code; the same answer for a phone nobody knows."""
    after = safe_next(request, reverse("portal:home"))
    spots.speak_for_the_only_one(request)
    if request.method != "POST" and request.scope.kind is Kind.RESIDENT:
        return HttpResponseRedirect(after)
    has_code = "code" in request.POST
    form = (CodeForm if has_code else PhoneForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if has_code:
                return _enter(request, form.cleaned_data, after)
            send_code(request, form.cleaned_data["phone"])
            form, has_code = CodeForm(initial={"phone": form.cleaned_data["phone"]}), True
        except Refused as refusal:
            refuse(form, refusal)
    context = {"form": form, "second": has_code, "next": after}
    return render(request, "portal/signing/login.html", context, status=422 if form.errors else 200)


def _enter(request: Request, sent: dict[str, str], after: str) -> HttpResponse:
    people = accounts.use_code(sent["phone"], request.session.session_key or "", sent["code"])
    if len(people) == 1:
        return _open(request, people[0], after)
    request.session[CHOICES] = [one.id for one in people]
    return HttpResponseRedirect(f"{reverse('portal:choose')}?next={after}")


def _open(request: Request, person: Person, after: str) -> HttpResponse:
    accounts.open_resident_session(request.session, person)
    rotate_token(request)
    return HttpResponseRedirect(after)


@require_http_methods(["GET", "HEAD", "POST"])
@public
def choose(request: Request) -> HttpResponse:
    """Which of the family, or of the former and the present tenant, is holding the phone."""
    people = pages.people(request.session.get(CHOICES, ()))
    after = safe_next(request, reverse("portal:home"))
    chosen = next((one.person for one in people if str(one.person.id) == request.POST.get("person")), None)
    if chosen is not None:
        return _open(request, chosen, after)
    if not people:
        return HttpResponseRedirect(reverse("portal:login"))
    return render(request, "portal/signing/choose.html", {"people": people, "next": after})


@require_POST
@public
def logout(request: Request) -> HttpResponse:
    """End the session."""
    request.session.flush()
    return HttpResponseRedirect(reverse("portal:start"))
