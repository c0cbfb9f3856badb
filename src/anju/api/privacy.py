"""Looking at a person's data for a reason, and what compliance sees of it (domain file 16)."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from anju.accounts import queries as accounts
from anju.api import sending
from anju.api.calling import Call, answer, needs, staff_only
from anju.api.schemas import FAULTS, Short, Strict
from anju.api.tickets import community_of
from anju.core import clock
from anju.core.errors import Refused
from anju.privacy.actions import finding as findings
from anju.privacy.actions import identifying, revealing
from anju.privacy.choices import RevealState
from anju.privacy.models import Finding, LogLine, Reveal
from anju.privacy.queries import revealing as queries
from anju.tickets import queries as tickets
from anju.ui.origin import origin
from anju.vault import policy

router = Router()
Id = Annotated[int, Field(ge=0, lt=2**63)]


class RevealIn(Strict):
    """Which field of whoever reported the ticket, and why. `ask`: beyond the quota, ask the supervisor."""

    ticket: Short | None = None
    field: Short
    reason: Short = ""
    text: Short = ""
    ask: bool = False


class RevealOut(Schema):
    """The value, until when it may be shown, and how often he may look today; without value while it waits."""

    id: str
    state: str
    field: str
    value: str | None
    seconds: int
    until: str | None
    left: int


class AddressIn(Strict):
    """The address as the caller says it; `call` names the call, `phone` is the number he calls from."""

    address: Short
    call: Short = ""
    phone: Short = ""
    community: Short | None = None


class MatchOut(Schema):
    """匹配 or 不匹配; nothing else."""

    match: bool
    result: str
    left: int


class VerdictIn(Strict):
    """What compliance found."""

    verdict: Short


class PageIn(Strict):
    """A page of a list."""

    cursor: Annotated[int, Field(ge=0, lt=2**63)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 50


@router.post("/reveals", response={201: RevealOut, 202: RevealOut, **FAULTS}, summary="查看一项")
@needs("privacy.reveal")
def reveal(request: Call, body: RevealIn) -> HttpResponse:
    """Shown for 60 s; the line in the log is committed before the value leaves."""
    scope = request.auth
    staff_only(scope, "privacy.reveal")
    revealing.signed(scope)
    ticket = tickets.by_no(scope, body.ticket) if body.ticket else None

    fresh: list[Reveal] = []

    def act() -> Reveal:
        fresh.append(
            revealing.reveal(
                ticket,
                field=body.field,
                reason=body.reason,
                text=body.text,
                by=scope,
                origin=origin(request),
                ask=body.ask,
            )
        )
        return fresh[0]

    row = sending.once(request, body.model_dump(), act, lambda row_id: queries.reveal(scope, row_id))
    if not fresh and row.state == RevealState.SHOWN:  # the answer is given a second time: a second look, a second line
        row = revealing.again(row, by=scope, origin=origin(request))
    return _given(request, queries.reveal(scope, row.id), 201)


@router.get("/reveals", response={200: list[RevealOut], **FAULTS}, summary="待批准的查看")
@needs("privacy.reveal")
def waiting(request: Call) -> HttpResponse:
    """What waits for a supervisor's word."""
    staff_only(request.auth, "privacy.approve")
    rows = [row for one in sorted(request.auth.communities) for row in queries.waiting(request.auth, one)[:100]]
    return answer([_line(row) | {"ticket": row.ticket.no, "staff": row.staff.login} for row in rows])


@router.post("/reveals/{reveal_id}/show", response={200: RevealOut, **FAULTS}, summary="再看一次")
@needs("privacy.reveal")
def show(request: Call, reveal_id: Id) -> HttpResponse:
    """Within fifteen minutes, or for the first time after a supervisor's word; every look is on record."""
    row = queries.reveal(request.auth, reveal_id)
    seen = sending.once(
        request,
        {},
        lambda: revealing.again(row, by=request.auth, origin=origin(request)),
        lambda row_id: queries.reveal(request.auth, row_id),
    )
    return _given(request, seen, 200)


@router.post("/reveals/{reveal_id}/approve", response={200: RevealOut, **FAULTS}, summary="批准查看")
@needs("privacy.approve")
def approve(request: Call, reveal_id: Id) -> HttpResponse:
    """A supervisor lets an agent look beyond the quota."""
    return _decided(request, reveal_id, yes=True)


@router.post("/reveals/{reveal_id}/deny", response={200: RevealOut, **FAULTS}, summary="不批准查看")
@needs("privacy.approve")
def deny(request: Call, reveal_id: Id) -> HttpResponse:
    """A supervisor does not."""
    return _decided(request, reveal_id, yes=False)


def _decided(request: Call, reveal_id: int, *, yes: bool) -> HttpResponse:
    scope, row = request.auth, queries.reveal(request.auth, reveal_id)

    def act() -> Reveal:
        return revealing.decide(row, approve=yes, by=scope)

    return answer(_line(sending.once(request, {}, act, lambda row_id: queries.reveal(scope, row_id))))


@router.post("/identity", response={200: MatchOut, **FAULTS}, summary="核对地址")
@needs("privacy.identify")
def identity(request: Call, body: AddressIn) -> HttpResponse:
    """Match or no match, five tries in a call (R16.1)."""
    staff_only(request.auth, "privacy.identify")
    community = community_of(request.auth, body.community)
    found = identifying.identify(community, said=body.address, call=body.call, phone=body.phone, by=request.auth)
    word = "匹配" if found.matched else "不匹配"
    return answer({"match": found.matched, "result": word, "left": found.left})


@router.get("/views", response={200: list[dict[str, str]], **FAULTS}, summary="谁查看过我的信息")
@needs(None)
def views(request: Call) -> HttpResponse:
    """For residents: when, which role, why, what; never a name of staff."""
    rows = queries.looks(request.auth)
    return answer(
        [
            {"at": clock.iso(one.at), "role": one.role, "reason": one.reason, "fields": one.fields, "words": one.words}
            for one in rows
        ]
    )


@router.get("/findings", response={200: list[dict[str, object]], **FAULTS}, summary="异常与抽查")
@needs("privacy.supervise")
def finding_list(request: Call, state: Short = "") -> HttpResponse:
    """Anomalies and the weekly sample, the newest first."""
    staff_only(request.auth, "privacy.supervise")
    rows = [
        row
        for one in sorted(request.auth.communities)
        for row in queries.findings(request.auth, one, state=state)[:200]
    ]
    return answer([_finding(row) for row in rows])


@router.post("/findings/{finding_id}/settle", response={200: dict[str, object], **FAULTS}, summary="写核查结论")
@needs("privacy.supervise")
def settle(request: Call, finding_id: Id, body: VerdictIn) -> HttpResponse:
    """What it was."""
    scope, row = request.auth, queries.finding(request.auth, finding_id)

    def act() -> Finding:
        return findings.settle(row, verdict=body.verdict, by=scope)

    return answer(_finding(sending.once(request, body.model_dump(), act, lambda id_: queries.finding(scope, id_))))


@router.get("/log", response={200: dict[str, object], **FAULTS}, summary="查看记录")
@needs("privacy.supervise")
def log(request: Call, asked: Query[PageIn]) -> HttpResponse:
    """The signed log, the newest first; `cursor` is the number before which the next page ends, 0 at the end."""
    staff_only(request.auth, "privacy.supervise")
    rows: list[LogLine] = []
    for one in sorted(request.auth.communities):
        lines = queries.log(request.auth, one)
        rows += (lines.filter(seq__lt=asked.cursor) if asked.cursor else lines)[: asked.limit + 1]
    rows.sort(key=lambda row: -row.seq)
    logins = accounts.logins({row.actor_id for row in rows})
    more = rows[asked.limit - 1].seq if len(rows) > asked.limit else 0
    return answer({"items": [_log_line(row, logins) for row in rows[: asked.limit]], "cursor": more})


@router.get("/policy", response={200: dict[str, object], **FAULTS}, summary="可见范围表")
@needs("desk.see")
def table(request: Call) -> HttpResponse:
    """Table 16.2 in force."""
    rows = [{"field": field, "context": context, **cells} for (field, context), cells in policy.table().items()]
    return answer({"version": policy.VERSION, "rows": rows})


def _given(request: Call, row: Reveal, status: int) -> HttpResponse:
    """With the value when it may be shown now."""
    if row.state != RevealState.SHOWN:
        if row.state == RevealState.REQUESTED:
            return answer(_line(row), 202)
        raise Refused("REVEAL_OVER", "这次查看已结束，请重新填写理由", status=409)
    found = revealing.opened(row)
    more = {
        "value": found.value,
        "seconds": found.seconds,
        "until": clock.iso(found.until),
        "left": queries.left(request.auth, row.ticket.community),
    }
    return answer(_line(row) | more, status)


def _line(row: Reveal) -> dict[str, object]:
    return {
        "id": str(row.id),
        "state": row.state,
        "field": row.field,
        "value": None,
        "seconds": 0,
        "until": clock.iso(row.valid_until) if row.valid_until else None,
        "left": 0,
    }


def _finding(row: Finding) -> dict[str, object]:
    return {
        "id": str(row.id),
        "kind": row.kind,
        "kind_label": row.get_kind_display(),
        "staff": row.staff.login if row.staff else None,
        "ticket": row.ticket.no if row.ticket else None,
        "line": row.line.seq if row.line else None,
        "count": row.count,
        "at": clock.iso(row.at),
        "state": row.state,
        "verdict": row.verdict,
    }


def _log_line(row: LogLine, logins: dict[int, str]) -> dict[str, object]:
    return {
        "seq": row.seq,
        "at": clock.iso(row.at),
        "kind": row.kind,
        "staff": logins.get(row.actor_id, ""),
        "role": row.role,
        "field": row.field,
        "reason": row.reason,
        "text": policy.OUTSIDE.text(row.text or ""),
        "ip": row.ip,
        "device": row.device,
        "policy": row.policy,
        "mac": row.mac,
    }
