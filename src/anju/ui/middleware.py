"""What every answer carries, the reader's language, and refusals that no view has caught."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation

from anju.core import clock
from anju.core.errors import NotYours, Refused
from anju.core.scope import Scope
from anju.privacy.actions import finding
from anju.ui import looks, own_changes, pages

Next = Callable[[HttpRequest], HttpResponseBase]

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Nothing is inline and nothing is foreign, so no nonce is needed (screens, 2.4).
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=(), midi=(), display-capture=()"


def security_headers(get_response: Next) -> Next:
    """Security headers on every answer that is not a static file; whatever a view has set itself stays."""
    headers = {
        "Content-Security-Policy": CSP,
        "Permissions-Policy": PERMISSIONS,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "Cache-Control": "no-store",  # pages hold personal data, and desks are shared
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("X-Now", clock.iso(clock.now()))
        return response

    return middleware


def language(get_response: Next) -> Next:
    """The reader's own choice of language and look; the browser's wishes are not asked, Chinese is the house's."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = looks.of(request)["lang"]
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if isinstance(response, HttpResponse):
            looks.keep(response, looks.asked_for(request))
        return response

    return middleware


def changes(get_response: Next) -> Next:
    """Whoever is logged in sees what he has changed, in an office that also reads from a database which follows."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method not in SAFE and settings.SESSION_COOKIE_NAME in request.COOKIES:
            own_changes.keep(response)
        return response

    return middleware


class Refusals:
    """A `Refused` that a view let through becomes a page or an inline notice, never a 500.

    It also keeps redirects true for htmx: a followed redirect would be pasted into the page, so the browser is told to
    go there instead.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseRedirect) and pages.is_htmx(request):
            moved = HttpResponse(headers={"HX-Redirect": response.url})
            moved.cookies = response.cookies
            return moved
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Answer refusals, and report who asked for what is none of his business; the rest is Django's to handle."""
        scope = getattr(request, "scope", None)
        if isinstance(exception, NotYours) and isinstance(scope, Scope):
            finding.foreign(exception.subject, exception.community_id, by=scope)
        return pages.refused(request, exception) if isinstance(exception, Refused) else None


refusals = Refusals
