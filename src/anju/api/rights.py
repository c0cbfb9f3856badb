"""Rights of the person: what is stored and why, consents, requests; breaches; who leaves."""

from functools import partial
from typing import Annotated

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from anju.accounts import queries as accounts
from anju.api import sending
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.schemas import FAULTS, Instant, Number, Short, Strict, Text
from anju.api.tickets import community_of
from anju.core import clock
from anju.core.errors import Refused
from anju.core.scope import Kind
from anju.estate.choices import Purpose
from anju.privacy.actions import leaking, requesting
from anju.privacy.models import Leak, Request
from anju.privacy.queries import rights as queries
from anju.ui.origin import origin

router = Router()
PersonId = Annotated[int, Field(ge=0, lt=2**63)]


class RequestIn(Strict):
    """COPY, ACCESS, CORRECT or DELETE; a correction says which field to which value."""

    kind: Short
    text: Text = ""
    field: Short = ""
    value: Short = ""


class AnswerIn(Strict):
    """Done or not, and in which words."""

    agree: bool
    text: Text = ""


class LeakIn(Strict):
    """What leaked, how it was found; `staff` and `since` name whose looks."""

    item: Short
    scope: Text
    found_at: Instant | None = None
    staff: Short | None = None
    since: Instant | None = None
    community: Short | None = None


class DecisionIn(Strict):
    """What was done, and whether the affected are told; `people` when it is not the log that names them."""

    tell: bool
    measures: Text = ""
    why: Text = ""
    people: Annotated[list[PersonId], Field(max_length=5000)] | None = None


class AuthorityIn(Strict):
    """The report to the authority."""

    text: Text


@router.get("/me", response={200: dict[str, object], **FAULTS}, summary="我的资料副本")
@needs(None)
def copy(request: Call) -> HttpResponse:
    """Everything that is kept of the resident, to take away."""
    found = queries.copy(request.auth)
    requesting.taken(request.auth)
    return answer(found)


@router.get("/register", response={200: list[dict[str, object]], **FAULTS}, summary="个人信息处理清单")
@needs(None)
def register(request: Call) -> HttpResponse:
    """The register of processing: for residents what is kept of them, for staff everything."""
    whom = queries.RESIDENTS if request.auth.is_owner_side else ""
    return answer(
        [
            {
                "room": one.room,
                "what": one.item.what,
                "purpose": one.item.purpose,
                "basis": one.item.basis,
                "kept": one.item.kept,
                "whom": one.item.whom,
            }
            for one in queries.register(whom=whom)
        ]
    )


@router.get("/consents", response={200: list[dict[str, object]], **FAULTS}, summary="我的同意")
@needs(None)
def consents(request: Call) -> HttpResponse:
    """Every purpose that only consent allows, and whether it stands."""
    standing = queries.consents(request.auth)
    return answer(
        [
            {
                "purpose": one.value,
                "label": str(one.label),
                "given": one.value in standing,
                "given_at": clock.iso(standing[one.value].given_at) if one.value in standing else None,
                "version": standing[one.value].text_version if one.value in standing else None,
            }
            for one in Purpose
        ]
    )


@router.post("/consents/{purpose}/give", response={200: list[dict[str, object]], **FAULTS}, summary="同意")
@needs(None)
def give(request: Call, purpose: Short) -> HttpResponse:
    """A yes."""
    return _consented(request, purpose, given=True)


@router.post("/consents/{purpose}/withdraw", response={200: list[dict[str, object]], **FAULTS}, summary="撤回同意")
@needs(None)
def withdraw(request: Call, purpose: Short) -> HttpResponse:
    """A no, at once."""
    return _consented(request, purpose, given=False)


def _consented(request: Call, purpose: str, *, given: bool) -> HttpResponse:
    """The same yes or no twice changes nothing, so it needs no key."""
    requesting.consent(purpose.upper(), given=given, by=request.auth)
    return consents(request)


@router.post("/requests", response={201: dict[str, object], **FAULTS}, summary="行使个人信息权利")
@needs(None)
def ask(request: Call, body: RequestIn) -> HttpResponse:
    """Answered within fifteen days."""

    def act() -> Request:
        return requesting.ask(
            kind=body.kind.upper(), text=body.text, field=body.field, value=body.value, by=request.auth
        )

    return answer(
        _request(sending.once(request, body.model_dump(), act, lambda id_: queries.mine(request.auth).get(id=id_))), 201
    )


@router.get("/requests", response={200: list[dict[str, object]], **FAULTS}, summary="个人信息申请")
@needs("privacy.requests")
def listed(request: Call, state: Short = "") -> HttpResponse:
    """A resident's own, or those of the community for who answers them."""
    scope = request.auth
    if scope.kind is Kind.RESIDENT:
        return answer([_request(row) for row in queries.mine(scope)[:100]])
    staff_only(scope, "privacy.requests")
    rows = [row for one in sorted(scope.communities) for row in queries.requests(scope, one, state=state)[:200]]
    return answer([_request(row) for row in rows])


@router.post("/requests/{request_no}/answer", response={200: dict[str, object], **FAULTS}, summary="答复申请")
@needs("privacy.requests")
def respond(request: Call, request_no: Number, body: AnswerIn) -> HttpResponse:
    """The office answers, and does it."""
    row = queries.request(request.auth, request_no)

    def act() -> Request:
        return requesting.answer(row, agree=body.agree, words=body.text, by=request.auth, origin=origin(request))

    return answer(
        _request(sending.once(request, body.model_dump(), act, lambda _id: queries.request(request.auth, request_no)))
    )


@router.post("/leaks", response={201: dict[str, object], **FAULTS}, summary="报告信息泄露")
@needs("privacy.report_leak")
def report(request: Call, body: LeakIn) -> HttpResponse:
    """Anybody of the staff; compliance and the manager know within the hour."""
    scope = request.auth
    staff_only(scope, "privacy.report_leak")
    community = community_of(scope, body.community)
    suspect = accounts.by_login(scope, community.id, body.staff) if body.staff else None
    if body.staff and suspect is None:
        raise Refused("STAFF_UNKNOWN", "本小区没有这个人", fields={"staff": "本小区没有这个人"})

    def act() -> Leak:
        return leaking.report(
            community,
            item=body.item,
            scope=body.scope,
            found_at=body.found_at,
            staff_id=suspect.id if suspect else None,
            since=body.since,
            by=scope,
        )

    row = sending.once(request, body.model_dump(mode="json"), act, lambda id_: queries.reported(scope, id_))
    return answer({"no": row.no}, 201)


@router.get("/leaks", response={200: list[dict[str, object]], **FAULTS}, summary="信息泄露事件")
@needs("privacy.leak")
def leaks(request: Call) -> HttpResponse:
    """With their clocks."""
    staff_only(request.auth, "privacy.leak")
    rows = [row for one in sorted(request.auth.communities) for row in queries.leaks(request.auth, one)[:100]]
    return answer([_leak(row) for row in rows])


@router.post("/leaks/{leak_no}/know", response={200: dict[str, object], **FAULTS}, summary="确认知悉")
@needs("privacy.leak")
def know(request: Call, leak_no: Number) -> HttpResponse:
    """Compliance or the manager confirms."""
    row = queries.leak(request.auth, leak_no)
    act = partial(leaking.know, row, by=request.auth)
    return answer(_leak(sending.once(request, {}, act, lambda _id: queries.leak(request.auth, leak_no))))


@router.post("/leaks/{leak_no}/decide", response={200: dict[str, object], **FAULTS}, summary="决定是否通知")
@needs("privacy.leak")
def decide(request: Call, leak_no: Number, body: DecisionIn) -> HttpResponse:
    """Measures, and T903 to the affected or a reason why not."""
    row = queries.leak(request.auth, leak_no)
    act = partial(leaking.decide, row, **body.model_dump(), by=request.auth)
    again = partial(queries.leak, request.auth, leak_no)
    return answer(_leak(sending.once(request, body.model_dump(), act, lambda _id: again())))


@router.post("/leaks/{leak_no}/grade", response={200: dict[str, object], **FAULTS}, summary="定为较大以上事件")
@needs("privacy.leak")
def grade(request: Call, leak_no: Number) -> HttpResponse:
    """The four hours of the authority begin with when it was found."""
    row = queries.leak(request.auth, leak_no)
    act = partial(leaking.grade, row, by=request.auth)
    return answer(_leak(sending.once(request, {}, act, lambda _id: queries.leak(request.auth, leak_no))))


@router.post("/leaks/{leak_no}/authority", response={200: dict[str, object], **FAULTS}, summary="已报主管部门")
@needs("privacy.leak")
def authority(request: Call, leak_no: Number, body: AuthorityIn) -> HttpResponse:
    """To whom, how, under which receipt."""
    row = queries.leak(request.auth, leak_no)
    act = partial(leaking.tell_authority, row, words=body.text, by=request.auth)
    again = partial(queries.leak, request.auth, leak_no)
    return answer(_leak(sending.once(request, body.model_dump(), act, lambda _id: again())))


def _request(row: Request) -> dict[str, object]:
    return {
        "no": row.no,
        "kind": row.kind,
        "state": row.state,
        "asked_at": clock.iso(row.asked_at),
        "due_at": clock.iso(row.due_at),
        "late": row.late,
        "holds": row.holds,
        "answer": row.answer,
    }


def _leak(row: Leak) -> dict[str, object]:
    return {
        "no": row.no,
        "item": row.item,
        "state": row.state,
        "found_at": clock.iso(row.found_at),
        "known_by": row.known_by,
        "people": len(row.people),
        "late_known": row.late_known,
        "late_decided": row.late_decided,
        "told": row.tell_people,
        "serious": row.serious,
        "authority_at": clock.iso(row.authority_at) if row.authority_at else None,
        "late_authority": row.late_authority,
    }
