"""What machines ask from outside: can this office keep its promises, and the numbers behind it."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from anju.health import metrics, state
from anju.ui.guard import public


@require_safe
@public
def health(request: HttpRequest) -> HttpResponse:
    """200 while every promise can be kept, else 503 with the names of the checks that are red; nothing more is told."""
    wrong = state.wrong()
    answer = JsonResponse({"ok": not wrong, "wrong": wrong}, status=503 if wrong else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@public
def measured(request: HttpRequest) -> HttpResponse:
    """For Prometheus, with `Authorization: Bearer` and ANJU_METRICS_TOKEN; without that setting it does not exist."""
    token, given = settings.ANJU_METRICS_TOKEN, request.headers.get("Authorization", "")
    if not token:
        raise Http404
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.page(), content_type=metrics.CONTENT_TYPE, headers={"Cache-Control": "no-store"})


app_name = "health"
urlpatterns = [path("health", health, name="health"), path("metrics", measured, name="metrics")]
