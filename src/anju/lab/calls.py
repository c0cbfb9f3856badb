"""How a call of the lab is read and answered: JSON in, JSON out, refusals as everywhere."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from anju.core.errors import Refused

Work = Callable[..., Any]


def call(*methods: str) -> Callable[[Work], Callable[..., HttpResponse]]:
    """A view of the lab: the function gets the body as a dict for POST and the query for GET, and gives JSON."""

    def decorate(work: Work) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(work)
        def view(request: HttpRequest, **names: str) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Refused("METHOD_NOT_ALLOWED", "没有这种调用", status=405)
                return answer(work(_body(request), **names))
            except Refused as refused:
                fields = {name: str(words) for name, words in refused.fields.items()}
                return answer({"code": refused.code, "message": str(refused.message), "fields": fields}, refused.status)

        cast("Any", view).anju_access = ("lab", None)
        return view

    return decorate


def answer(data: Any, status: int = 200) -> HttpResponse:
    """JSON with Chinese as it is."""
    return JsonResponse(data, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.method == "GET":
        return dict(request.GET.items())
    try:
        body = json.loads(request.body or b"{}")
    except ValueError as error:
        raise Refused("BAD_JSON", "提交的内容不是正确的JSON", status=400) from error
    if not isinstance(body, dict):
        raise Refused("BAD_JSON", "提交的内容不是正确的JSON", status=400)
    return body
