"""Who I am, and the switch of who is checked in."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from anju.accounts import actions, queries
from anju.accounts.models import Membership
from anju.api import sending
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.schemas import FAULTS, Short
from anju.core.errors import Refused
from anju.privacy.actions import leaving

router = Router()


class LeftOut(Schema):
    """Somebody who has left, and how many tickets were handed over."""

    login: str
    moved: int


class MeOut(Schema):
    """The caller."""

    kind: str
    name: str
    communities: list[str]


class ShiftOut(Schema):
    """A member of staff and his switch."""

    login: str
    on_shift: bool


@router.get("/me", response={200: MeOut, **FAULTS}, summary="我是谁")
@needs(None)
def me(request: Call) -> HttpResponse:
    """The caller's kind and communities."""
    scope = request.auth
    codes = list(queries.communities(scope).order_by("code").values_list("code", flat=True))
    return answer({"kind": scope.kind.value, "name": scope.name, "communities": codes})


@router.post("/staff/{login}/check_in", response={200: ShiftOut, **FAULTS}, summary="上班")
@needs("tickets.see")
def check_in(request: Call, login: Short) -> HttpResponse:
    """Check a member of staff in."""
    return _switch(request, login, on=True)


@router.post("/staff/{login}/check_out", response={200: ShiftOut, **FAULTS}, summary="下班")
@needs("tickets.see")
def check_out(request: Call, login: Short) -> HttpResponse:
    """Check a member of staff out."""
    return _switch(request, login, on=False)


@router.post("/staff/{login}/leave", response={200: LeftOut, **FAULTS}, summary="离岗")
@needs("accounts.leave")
def leave(request: Call, login: Short) -> HttpResponse:
    """Open tickets move first, then every right ends in the same moment."""
    scope = request.auth
    staff_only(scope, "accounts.leave")
    found = next(filter(None, (queries.by_login(scope, one, login) for one in sorted(scope.communities))), None)
    if found is None:
        raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), status=404)
    return answer({"login": login, "moved": leaving.leave(found, by=scope)})  # a second time he is not there any more


def _switch(request: Call, login: str, *, on: bool) -> HttpResponse:
    staff_only(request.auth, "tickets.see")

    def act() -> Membership:
        row = _member(request, login)
        actions.set_shift(row, on=on, by=request.auth)
        return row

    sending.once(request, {}, act, lambda _id: _member(request, login))
    return answer({"login": login, "on_shift": on})


def _member(request: Call, login: str) -> Membership:
    for community_id in sorted(request.auth.communities):
        row = queries.staff_in(request.auth, community_id).filter(staff__login=login).first()
        if row is not None:
            return row
    raise Refused("STAFF_UNKNOWN", _("本小区没有这个人"), status=404)
