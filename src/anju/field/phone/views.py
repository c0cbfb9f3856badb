"""What a phone fetches by itself."""

from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from anju.field.phone import pages
from anju.ui.guard import Request, public, staff

WORKER = Path(__file__).parents[1] / "static/anju/js/worker.js"
ICONS = (192, 512)


@require_safe
@staff("field.see")
def kept(request: Request) -> HttpResponse:
    """Who works here, what he may keep and for how long, and the token his next action carries."""
    return JsonResponse(
        {
            "who": str(request.scope.staff_id),  # longer than what a script counts exactly
            "left": pages.seconds_left(request.session),
            "csrf": get_token(request),
            "pages": pages.kept(request.scope),
        }
    )


@require_safe
@public
def worker(request: Request) -> HttpResponse:
    """The service worker; at this address, because it serves the addresses below its own."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
@public
def manifest(request: Request) -> HttpResponse:
    """The web app manifest."""
    found = pages.manifest({edge: static(f"anju/img/app-{edge}.png") for edge in ICONS})
    return JsonResponse(found, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@public
def away(request: Request) -> HttpResponse:
    """Said without a signal when a page is not on the phone; holds nobody's data."""
    return render(request, "field/phone/away.html")
