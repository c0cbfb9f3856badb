"""Who calls, what he needs to hold, and how a refusal is answered."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from anju.accounts.access import allowed
from anju.accounts.queries import scope_of_session, scope_of_token
from anju.core.errors import Refused
from anju.core.scope import Kind, Scope

SAFE = ("GET", "HEAD", "OPTIONS")
Operation = TypeVar("Operation", bound=Callable[..., Any])


class Caller(HttpBearer):
    """A bearer token of staff or a resident; a browser session of theirs serves too, with its CSRF token."""

    def __call__(self, request: HttpRequest) -> Scope | None:
        header = request.headers.get("Authorization", "")
        if header:
            kind, _space, secret = header.partition(" ")
            return within(request, scope_of_token(secret.strip())) if kind.lower() == "bearer" else None
        scope = scope_of_session(request.session)
        if scope.kind is Kind.GUEST or (request.method not in SAFE and check_csrf(request)):
            return None
        return scope

    def authenticate(self, request: HttpRequest, token: str) -> Scope | None:
        return within(request, scope_of_token(token))


def within(request: HttpRequest, scope: Scope | None) -> Scope | None:
    """The scope, when its token reaches as far as this address. Raises Refused TOKEN_REACH (403)."""
    if scope is None or not scope.reach:
        return scope
    part = request.path.removeprefix("/api/v1/").partition("/")[0]
    part = "tickets" if part == "files" else part  # photos belong to tickets
    enough = {f"{part}:write", *([f"{part}:read"] if request.method in SAFE else [])}
    if scope.reach.isdisjoint(enough):
        raise Refused("TOKEN_REACH", _("这个令牌不能用在这里"), status=403)
    return scope


class Call(HttpRequest):
    """A request that has passed `Caller`; annotate operations with it."""

    auth: Scope


def needs(permission: str | None) -> Callable[[Operation], Operation]:
    """Declare who may call: a permission of staff; None for anybody with a token. Residents are let through, since an
    action asks by itself whether the ticket is theirs."""

    def decorate(operation: Operation) -> Operation:
        cast("Any", operation).anju_access = ("api", permission)
        return operation

    return decorate


def staff_only(scope: Scope, permission: str) -> None:
    """Raises Refused NOT_ALLOWED (403) for everybody without the permission."""
    if not allowed(scope, permission):
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)


def answer(data: Any, status: int = 200) -> HttpResponse:
    """JSON with Chinese as it is, never cached."""
    return JsonResponse(
        data,
        status=status,
        safe=False,
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-store"},
    )


def refusal(refused: Refused) -> HttpResponse:
    """`{code, message, fields}` and what the refusal knows."""
    body = {
        "code": refused.code,
        "message": str(refused.message),
        "fields": {name: str(text) for name, text in refused.fields.items()},
    }
    return answer(body | ({"data": refused.data} if refused.data else {}), refused.status)
