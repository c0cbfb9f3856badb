"""The API itself: its errors, its parser, its parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from anju.api import (
    accounts,
    callbacks,
    duty,
    estate,
    feedback,
    incidents,
    papers,
    pictures,
    privacy,
    rights,
    steps,
    tickets,
    watching,
)
from anju.api.calling import Caller, needs, refusal
from anju.api.reading import StrictParser
from anju.core.errors import NotYours, Refused
from anju.core.scope import Scope
from anju.privacy.actions import finding

api = NinjaAPI(
    title="Anju 安居",
    version="1",
    description="物业客服平台。Times are ISO 8601 with offset; money is in fen; every list has a cursor.",
    parser=StrictParser(),
    auth=Caller(),
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/tickets", tickets.router, tags=["tickets"])
api.add_router("/tickets", steps.router, tags=["tickets"])
api.add_router("/tickets", feedback.router, tags=["feedback"])
api.add_router("/feedback", feedback.visits, tags=["feedback"])
api.add_router("/files", pictures.router, tags=["files"])
api.add_router("/channels", callbacks.router, tags=["channels"])
api.add_router("/duty", duty.router, tags=["duty"])
api.add_router("/accounts", accounts.router, tags=["accounts"])
api.add_router("/estate", estate.router, tags=["estate"])
api.add_router("/watch", watching.router, tags=["watch"])
for router in incidents.ROUTERS:
    api.add_router("/incidents", router, tags=["incidents"])
for part in (privacy, papers, rights):
    api.add_router("/privacy", part.router, tags=["privacy"])


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """An action said no; what is none of his business is reported too."""
    scope = getattr(request, "auth", None)
    if isinstance(error, NotYours) and isinstance(scope, Scope):
        finding.foreign(error.subject, error.community_id, by=scope)
    return refusal(error)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or one that is not known."""
    return refusal(Refused("LOGIN_REQUIRED", _("请先登录"), status=401))


@api.exception_handler(HttpError)
def http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses by itself; a body that our parser refused comes wrapped in it."""
    if isinstance(error.__cause__, Refused):
        return refusal(error.__cause__)
    return refusal(Refused("BAD_REQUEST", _("请求不正确"), status=error.status_code))


REQUIRED, UNKNOWN = gettext_noop("必填"), gettext_noop("没有这个字段")
KINDS = {
    "missing": ("FIELD_REQUIRED", REQUIRED),
    "extra_forbidden": ("FIELD_UNKNOWN", UNKNOWN),
}


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or query that does not fit its schema; the first fault gives the code, each field its own words."""
    fields: dict[str, object] = {}
    codes: list[str] = []
    for fault in error.errors:
        code, words = _words(fault)
        name = ".".join(str(part) for part in fault.get("loc", ())[1:] if part not in ("body", "asked")) or "body"
        fields.setdefault(name, words)
        codes.append(code)
    return refusal(Refused(codes[0] if codes else "FIELD_INVALID", _("有内容填得不对"), fields=fields))


def _words(fault: dict[str, Any]) -> tuple[str, str]:
    kind = str(fault.get("type", ""))
    if kind in KINDS:
        return KINDS[kind][0], _(KINDS[kind][1])
    return "FIELD_INVALID", _("格式不对")


def missing(request: HttpRequest) -> HttpResponse:
    """No such address."""
    return refusal(Refused("NOT_FOUND", _("没有这个地址"), status=404))


needs(None)(missing)
