"""Pages that only say something: refused, not found, not allowed, broken; as a notice when htmx asked.

`urls.py` names them: `handler400 = "anju.ui.pages.bad_request"` and so on, `CSRF_FAILURE_VIEW = "anju.ui.pages.csrf"`.
"""

import logging
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from anju.core import ids
from anju.core.errors import Refused
from anju.ui.context import page

logger = logging.getLogger("anju.ui")

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32, none that can be misread


def is_htmx(request: HttpRequest) -> bool:
    """True when a script of ours asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What an action said no to, in its own words, with a way on."""
    context = {
        "message": refusal.message,
        "fields": refusal.fields,
        "code": refusal.code,
        "data": refusal.data,
        "back": _back(request),
    }
    return _answer(request, "ui/refused.html", context, refusal.status)


def locked(request: HttpRequest, name: str) -> HttpResponse:
    """423: the screen is locked; a script is told so and leaves the page as it is."""
    if is_htmx(request):
        return HttpResponse(status=423, headers={"HX-Reswap": "none", "HX-Trigger": "locked"})
    after = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponse(render_to_string("ui/locked.html", {"name": name, "next": after}, request), status=423)


def prove(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    """The password is asked for; what was typed waits in the form."""
    hidden = [
        (name, value)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", "proof")
        for value in request.POST.getlist(name)
    ]
    context = {"hidden": hidden, "refusal": refusal, "back": _back(request)}
    status = refusal.status if refusal else 200
    return HttpResponse(render_to_string("ui/prove.html", context, request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _message(request, 400, _("这个请求看不懂"), _("链接可能不完整。请从上一页重新进入"))


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _message(request, 403, _("这一页您不能看"), _("需要别的岗位权限。请联系主管，或换账号登录"))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return _message(request, 403, _("这一页放得太久了，没有提交"), _("请返回上一页，刷新后再提交一次"))


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; also for things that exist and are none of this reader's business."""
    return _message(request, 404, _("没有这一页"), _("可能已被移走，或不属于您的小区"))


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a short number that is in the log too. Uses no database: that may be what is broken."""
    number = incident_number()
    logger.error("incident %s at %s %r", number, request.method, request.path)
    words = {
        "status": 500,
        "title": _("没存上，内容还在上一页"),
        "message": _("请返回再点一次；还不行请打电话"),
        "number": number,
        "inline": _("没存上，内容还在这里。请再点一次；还不行请打电话"),
    }
    return _answer(request, "ui/message.html", words, 500)


def incident_number() -> str:
    """Four letters or digits somebody can say on the phone."""
    value = int(ids.digits(9))
    return "".join(_LETTERS[value >> shift & 31] for shift in (0, 5, 10, 15))


def _back(request: HttpRequest) -> str:
    """The page before, when it is one of ours and not this one."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() and before.path != request.path else ""


def _message(request: HttpRequest, status: int, title: str, message: str) -> HttpResponse:
    return _answer(request, "ui/message.html", {"status": status, "title": title, "message": message}, status)


def _answer(request: HttpRequest, template: str, context: dict[str, object], status: int) -> HttpResponse:
    """The page, or a notice put above the form that htmx sent, which stays as it is."""
    if "text/event-stream" in request.headers.get("Accept", ""):
        return HttpResponse(status=status)  # a stream tries again by itself; a notice would only puzzle the reader
    if is_htmx(request):
        html = render_to_string("ui/parts/refusal.html", context)
        return HttpResponse(
            html, status=status, headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML", "HX-Reselect": ".notice"}
        )
    context = {**_safe_page(request, status), **context}
    return HttpResponse(render_to_string(template, context), status=status)


def _safe_page(request: HttpRequest, status: int) -> dict[str, object]:
    """The layout's context, or none of it when the house is on fire."""
    return {} if status >= 500 else dict(page(request))
