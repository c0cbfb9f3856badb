"""The confidentiality agreement."""

from datetime import date

from django.http import HttpResponse
from ninja import Router

from anju.accounts import queries as accounts
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.schemas import FAULTS, Short, Strict, Text
from anju.core.errors import Refused
from anju.privacy.actions import agreeing
from anju.privacy.queries import agreements
from anju.ui.origin import origin

router = Router()


class SignIn(Strict):
    """The version that was read, and one's own name."""

    version: int
    signature: Short


class TextIn(Strict):
    """A new text and until when everybody signs it."""

    body: Text
    due_on: date


@router.get("/agreement", response={200: dict[str, object], **FAULTS}, summary="保密协议")
@needs("privacy.report_leak")
def agreement(request: Call) -> HttpResponse:
    """The text in force and one's own signature."""
    staff_only(request.auth, "privacy.report_leak")
    body, mine = agreeing.current(), agreements.mine(request.auth)
    return answer(
        {
            "version": body.version,
            "body": body.body,
            "signed": request.auth.signed,
            "valid_to": mine.valid_to.isoformat() if mine else None,
        }
    )


@router.post("/agreement/sign", response={200: dict[str, object], **FAULTS}, summary="签署保密协议")
@needs("privacy.report_leak")
def sign(request: Call, body: SignIn) -> HttpResponse:
    """Signed on the screen, for a year."""
    scope = request.auth
    staff_only(scope, "privacy.report_leak")
    me = next(filter(None, (accounts.staff_by_id(scope, one, scope.staff_id or 0) for one in scope.communities)), None)
    if me is None:
        raise Refused("STAFF_UNKNOWN", "本小区没有这个人", status=404)
    row = agreeing.sign(me, version=body.version, signature=body.signature, by=scope, ip=origin(request).ip)
    return answer({"version": body.version, "signed": True, "valid_to": row.valid_to.isoformat()})


@router.post("/agreement/publish", response={200: dict[str, object], **FAULTS}, summary="发布新版保密协议")
@needs("privacy.supervise")
def publish(request: Call, body: TextIn) -> HttpResponse:
    """A new version; who does not sign it in time sees masks only."""
    staff_only(request.auth, "privacy.supervise")
    row = agreeing.publish(body.body, due_on=body.due_on, by=request.auth)
    return answer({"version": row.version, "due_on": row.due_on.isoformat()})


@router.get("/agreements", response={200: list[dict[str, object]], **FAULTS}, summary="保密协议签署情况")
@needs("privacy.agreements")
def standing(request: Call) -> HttpResponse:
    """Who has signed until when, who must sign first."""
    staff_only(request.auth, "privacy.agreements")
    rows = [one for id_ in sorted(request.auth.communities) for one in agreements.standing(request.auth, id_)]
    return answer(
        [
            {
                "login": one.staff.login,
                "dept": one.dept,
                "roles": list(one.roles),
                "valid_to": one.until.isoformat() if one.until else None,
                "signed": one.signed,
            }
            for one in rows
        ]
    )
