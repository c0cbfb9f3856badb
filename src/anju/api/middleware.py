"""What the framework answers by itself under `/api/` is a code and a message too (C9)."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from anju.api.calling import refusal
from anju.core.errors import Refused

Next = Callable[[HttpRequest], HttpResponseBase]


def in_json(get_response: Next) -> Next:
    """A method that an address does not know, and a failure of ours, as JSON."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path.startswith("/api/") or response.headers.get("Content-Type") == "application/json":
            return response
        if response.status_code == 405:
            refused = refusal(Refused("METHOD_NOT_ALLOWED", _("这个地址不能这样调用"), status=405))
            refused.headers["Allow"] = response.headers.get("Allow", "")
            return refused
        if response.status_code == 500:
            return refusal(Refused("SERVER_ERROR", _("没存上，内容还在这里。请再点一次；还不行请打电话"), status=500))
        return response

    return middleware
