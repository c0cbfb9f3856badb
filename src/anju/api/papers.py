"""The confidentiality agreement, and lists that leave the house."""

from datetime import date
from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from anju.accounts import queries as accounts
from anju.api import sending
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.schemas import FAULTS, Fault, Number, Short, Strict, Text
from anju.api.tickets import community_of
from anju.core import clock
from anju.core.errors import Refused
from anju.privacy.actions import agreeing, exporting
from anju.privacy.models import Agreement, AgreementText, Export
from anju.privacy.queries import agreements
from anju.privacy.queries import exports as queries
from anju.ui.downloads import workbook
from anju.ui.origin import origin

router = Router()


class SignIn(Strict):
    """The version that was read, and one's own name."""

    version: int
    signature: Short


class ExportIn(Strict):
    """What is wanted for which purpose: the columns one by one; `full` with unmasked values."""

    kind: Short
    fields: Annotated[list[Short], Field(max_length=20)]
    purpose: Text = ""
    building: Short = ""
    full: bool = False
    community: Short | None = None


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

    def act() -> Agreement:
        return agreeing.sign(me, version=body.version, signature=body.signature, by=scope, ip=origin(request).ip)

    row = sending.once(request, body.model_dump(), act, lambda _id: agreements.latest(scope))
    return answer({"version": body.version, "signed": True, "valid_to": row.valid_to.isoformat()})


@router.post("/agreement/publish", response={200: dict[str, object], **FAULTS}, summary="发布新版保密协议")
@needs("privacy.supervise")
def publish(request: Call, body: TextIn) -> HttpResponse:
    """A new version; who does not sign it in time sees masks only."""
    staff_only(request.auth, "privacy.supervise")

    def act() -> AgreementText:
        return agreeing.publish(body.body, due_on=body.due_on, by=request.auth)

    row = sending.once(request, body.model_dump(mode="json"), act, agreements.text_by_id)
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


@router.post("/exports", response={201: dict[str, object], **FAULTS}, summary="申请导出")
@needs("privacy.export")
def ask(request: Call, body: ExportIn) -> HttpResponse:
    """Made at once up to the limit; beyond it two others approve, unmasked values compliance."""
    scope = request.auth
    staff_only(scope, "privacy.export")
    community = community_of(scope, body.community)
    wanted = body.model_dump(exclude={"community"})

    def act() -> Export:
        return exporting.request(community, by=scope, origin=origin(request), **wanted)

    return answer(_export(sending.once(request, body.model_dump(), act, lambda id_: queries.by_id(scope, id_))), 201)


@router.get("/exports", response={200: list[dict[str, object]], **FAULTS}, summary="导出申请")
@needs("privacy.export")
def listed(request: Call) -> HttpResponse:
    """One's own, and those one may decide on."""
    staff_only(request.auth, "privacy.export")
    rows = [row for one in sorted(request.auth.communities) for row in queries.exports(request.auth, one)[:100]]
    return answer([_export(row) for row in rows])


@router.post("/exports/{export_no}/approve", response={200: dict[str, object], **FAULTS}, summary="批准导出")
@needs("privacy.export")
def approve(request: Call, export_no: Number) -> HttpResponse:
    """Another agrees."""
    scope, row = request.auth, queries.export(request.auth, export_no)

    def act() -> Export:
        return exporting.approve(row, by=scope, origin=origin(request))

    return answer(_export(sending.once(request, {}, act, lambda id_: queries.by_id(scope, id_))))


@router.post("/exports/{export_no}/reject", response={200: dict[str, object], **FAULTS}, summary="不批准导出")
@needs("privacy.export")
def reject(request: Call, export_no: Number) -> HttpResponse:
    """Another does not."""
    scope, row = request.auth, queries.export(request.auth, export_no)
    act = partial(exporting.reject, row, by=scope)
    return answer(_export(sending.once(request, {}, act, lambda id_: queries.by_id(scope, id_))))


@router.get("/exports/{export_no}/file", response={200: bytes, 410: Fault, **FAULTS}, summary="下载导出文件")
@needs("privacy.export")
def file(request: Call, export_no: Number) -> HttpResponse:
    """The encrypted workbook; its password came by SMS."""
    row = queries.export(request.auth, export_no)
    return workbook(exporting.download(row, by=request.auth), row.no)


def _export(row: Export) -> dict[str, object]:
    return {
        "no": row.no,
        "kind": row.kind,
        "state": row.state,
        "rows": row.rows,
        "fields": row.fields,
        "full": row.full,
        "requester": row.requester.login,
        "missing": exporting.missing(row) if row.state == "REQUESTED" else [],
        "expires_at": clock.iso(row.expires_at) if row.expires_at else None,
    }
