"""What the calls about rosters share: the community, people by login, rows by id, doing a thing once."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from anju.accounts import queries as accounts
from anju.accounts.models import Staff
from anju.api.calling import Call, answer, staff_only
from anju.api.schemas import Short, Strict
from anju.api.sending import Made, once
from anju.api.tickets import community_of
from anju.core.errors import Refused
from anju.estate.models import Community

RowId = Annotated[str, Field(max_length=20, pattern=r"^\d{1,19}$")]
Minutes = Annotated[int, Field(ge=0, le=1440, strict=True)]


class CommunityIn(Strict):
    """In which community; not needed by who has one."""

    community: Short | None = None


def of(request: Call, code: str | None, permission: str = "duty.see") -> Community:
    """The community asked about, for staff who hold the permission."""
    staff_only(request.auth, permission)
    return community_of(request.auth, code)


def staff(request: Call, community_id: int, login: str, field: str = "staff") -> Staff:
    """Somebody of that community by login. Raises Refused STAFF_UNKNOWN."""
    found = accounts.by_login(request.auth, community_id, login)
    if found is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), fields={field: _("本小区没有这个人")})
    return found


def myself(request: Call, community_id: int) -> Staff:
    """The caller as staff of that community. Raises Refused NOT_ALLOWED (403)."""
    found = accounts.staff_by_id(request.auth, community_id, request.auth.staff_id or 0)
    if found is None:
        raise Refused("NOT_ALLOWED", _("您没有这个权限"), status=403)
    return found


def done(
    request: Call,
    model: type[Made],
    body: Strict | None,
    act: Callable[[], Made],
    show: Callable[[int], Any],
    status: int = 200,
) -> HttpResponse:
    """Do it once per `Idempotency-Key`, and show the row as it stands afterwards."""
    content = body.model_dump(mode="json") if body else None
    made = once(request, content, act, lambda row_id: model(id=row_id))
    return answer(show(made.pk), status)
