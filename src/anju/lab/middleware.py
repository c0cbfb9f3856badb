"""Around each request of the lab: a crash point kills it as it would kill the process, and after somebody has done
something, what is due at this instant runs, as the worker would within a second."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from anju.core import crash
from anju.lab import time
from anju.lab.calls import answer

SAFE = ("GET", "HEAD", "OPTIONS")


def settle(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            response = get_response(request)
        except crash.Crash:
            connection.close()
            return answer({"code": "KILLED", "message": "进程在这里中断了，不知道有没有做完；请用同一编号再试"}, 503)
        if request.method not in SAFE and not request.path.startswith("/lab/"):
            time.settle()
        return response

    return middleware
