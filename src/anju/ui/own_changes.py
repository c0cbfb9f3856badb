"""How far the database had written after this browser's last change: what it is shown next is not older."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from anju.core import replicas

COOKIE = "anju_seen"


def keep(response: HttpResponseBase) -> None:
    """Let the browser remember; there is nothing secret in it, and nobody gains by changing it."""
    response.set_cookie(
        COOKIE, replicas.position(), httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def seen(request: HttpRequest) -> str:
    """What it remembers, "" when it has changed nothing yet."""
    return request.COOKIES.get(COOKIE, "")
