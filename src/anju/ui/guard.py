"""Who may enter a view. Every view of a door carries exactly one of these; a test walks the URL map.

The decorator writes its claim on the view (`view.anju_access`), puts the asker's scope on `request.scope` and turns
everybody else away: to the login page when that may help, else with 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from anju.accounts.access import allowed
from anju.accounts.actions import sessions
from anju.accounts.queries import scope_of_session, staff_session
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope
from anju.estate.models import Community
from anju.ui import pages

RESIDENT_LOGIN = "portal:login"


class Request(HttpRequest):
    """A request that has passed a guard; annotate views with it. A view that knows the community of its page says so."""

    scope: Scope
    community: Community


View = Callable[..., HttpResponseBase]
Access = tuple[str, str | None]


def staff(permission: str | None = None) -> Callable[[View], View]:
    """`@staff("tickets.accept")`: staff who hold the permission in any of their communities; `@staff()`: all staff.

    Whether it holds in the community of the thing at hand is for the query or the action to decide.
    """

    def admits(scope: Scope) -> bool:
        return scope.is_staff and (permission is None or allowed(scope, permission))

    def decorate(view: View) -> View:
        return _guarded(view, ("staff", permission), admits, lambda scope: scope.is_staff, settings.LOGIN_URL)

    return decorate


def resident(view: View) -> View:
    """A resident who has logged in."""

    def admits(scope: Scope) -> bool:
        return scope.kind is Kind.RESIDENT

    return _guarded(view, ("resident", None), admits, admits, RESIDENT_LOGIN)


def public(view: View) -> View:
    """Anybody; the scope says who it is, or a guest."""
    return _guarded(view, ("public", None), lambda scope: True, lambda scope: True, RESIDENT_LOGIN)


def proven(view: View) -> View:
    """Below `@staff`, for a POST that weighs: who has not given his password lately is asked for it, or for a code of his
    authenticator, and what he typed goes on with it (ASVS 7.5.3)."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row, secret = staff_session(request.session), request.POST.get("proof")
        if row is None:
            return _to_login(request, settings.LOGIN_URL)
        if secret is not None:
            try:
                sessions.prove(row, secret)
            except Refused as refusal:
                return pages.prove(request, refusal)
        elif not sessions.proved(row):
            return pages.prove(request)
        return view(request, *args, **kwargs)

    return wrapper


def safe_next(request: HttpRequest, default: str) -> str:
    """Where to go after login: `next` when it is a path of ours, else `default` (no open redirect)."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    fine = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if fine and wanted.startswith("/") else default


def _guarded(
    view: View, access: Access, admits: Callable[[Scope], bool], known: Callable[[Scope], bool], login: str
) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        scope = scope_of_session(request.session)
        cast("Request", request).scope = scope
        if admits(scope):
            return view(request, *args, **kwargs)
        return pages.denied(request) if known(scope) else _stranger(request, login)

    cast("Any", wrapper).anju_access = access  # read by the test that walks the URL map
    return wrapper


def _stranger(request: HttpRequest, login: str) -> HttpResponse:
    """Somebody behind a locked screen must unlock it, everybody else log in."""
    row = staff_session(request.session)
    if row is not None and row.locked_at is not None:
        return pages.locked(request, row.staff.name)
    return _to_login(request, login)


def _to_login(request: HttpRequest, login: str) -> HttpResponse:
    """302 to the login page; for scripts and streams 401, so that nothing of it is pasted into a page."""
    url = f"{resolve_url(login)}?{urlencode({'next': _return_path(request)})}"
    if pages.is_htmx(request):
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    if "text/event-stream" in request.headers.get("Accept", ""):
        return HttpResponse(status=401)
    return HttpResponseRedirect(url)


def _return_path(request: HttpRequest) -> str:
    """The page the person is looking at: not a fragment, not the target of a form."""
    if pages.is_htmx(request):
        shown = urlsplit(request.headers.get("HX-Current-URL", "/"))
        return shown.path + (f"?{shown.query}" if shown.query else "")
    return request.get_full_path() if request.method == "GET" else "/"
