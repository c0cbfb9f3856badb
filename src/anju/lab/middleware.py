"""After somebody has done something, what is due at this instant runs, as the worker would within a second."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from anju.lab import time

SAFE = ("GET", "HEAD", "OPTIONS")


def settle(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in SAFE and not request.path.startswith("/lab/"):
            time.settle()
        return response

    return middleware
