"""Making, checking and publishing a roster."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju.accounts.access import allowed
from anju.api.calling import Call, answer, needs
from anju.api.duty import answers, asking
from anju.api.duty.schemas import GenerateIn, Items, PublishIn, TurnIn, TurnOut, TurnsOut
from anju.api.schemas import FAULTS, Short
from anju.core import clock
from anju.core.errors import Refused
from anju.duty import actions, queries
from anju.duty.choices import TurnState
from anju.duty.models import Publication, Turn

router = Router()
PAGE = 500
LOOK_AHEAD = 60


@router.post("/roster/generate", response={200: TurnsOut, **FAULTS}, summary="按规律排班")
@needs("duty.plan")
def generate(request: Call, body: GenerateIn) -> HttpResponse:
    """Drafts for all teams."""
    community = asking.of(request, body.community, "duty.plan")
    pattern = queries.patterns(request.auth, community.id).filter(name=body.pattern).first()
    if pattern is None:
        raise Refused("PATTERN_UNKNOWN", _("没有这个排班规律"), fields={"pattern": _("没有这个排班规律")})
    rows = actions.generate(
        pattern,
        post=queries.post(request.auth, community.id, body.post),
        teams=[[asking.staff(request, community.id, one, "teams") for one in team] for team in body.teams],
        first=body.first,
        last=body.last,
        by=request.auth,
    )
    made = queries.turns(request.auth, community.id, body.first, body.last).filter(
        id__in=[one.id for one in rows[:PAGE]]
    )
    return answer({"items": [answers.turn(one) for one in made], "cursor": ""})


@router.get("/roster/check", response={200: dict, **FAULTS}, summary="排班检查")
@needs("duty.see")
def check(
    request: Call, first: date | None = None, last: date | None = None, community: Short | None = None
) -> HttpResponse:
    """Every hole by minute and post, every fault with its law; sixty days from today when no dates are given."""
    held = asking.of(request, community)
    begin = first or clock.today()
    until = last or begin + timedelta(days=LOOK_AHEAD)
    if not timedelta(0) <= until - begin <= timedelta(days=366):
        raise Refused("DATES_INVALID", _("日期不对，最多查一年"), fields={"last": _("日期不对，最多查一年")})
    return answer(answers.report(queries.check(request.auth, held, begin, until)))


@router.post("/roster/publish", response={200: dict, **FAULTS}, summary="发布排班")
@needs("duty.plan")
def publish(request: Call, body: PublishIn) -> HttpResponse:
    """The drafts of these dates are in force; refused with all holes and faults in `data`."""
    community = asking.of(request, body.community, "duty.plan")

    def show(row_id: int) -> dict[str, str]:
        return {"id": str(row_id), "first": body.first.isoformat(), "last": body.last.isoformat()}

    def act() -> Publication:
        return actions.publish(community, body.first, body.last, by=request.auth, reason=body.reason)

    return asking.done(request, Publication, body, act, show)


@router.get("/turns", response={200: TurnsOut, **FAULTS}, summary="班")
@needs("duty.see")
def turns(
    request: Call,
    first: date,
    last: date,
    staff: Short | None = None,
    cursor: Short = "",
    community: Short | None = None,
) -> HttpResponse:
    """Turns by beginning; drafts only for those who make rosters."""
    held = asking.of(request, community)
    rows = queries.turns(request.auth, held.id, first, last).order_by("id")
    if not allowed(request.auth, "duty.plan", held.id):
        rows = rows.exclude(state=TurnState.DRAFT)
    if staff:
        rows = rows.filter(staff=asking.staff(request, held.id, staff))
    if cursor.isascii() and cursor.isdigit() and len(cursor) < 20:
        rows = rows.filter(id__gt=int(cursor))
    found = list(rows[: PAGE + 1])
    more = str(found[PAGE - 1].id) if len(found) > PAGE else ""
    return answer({"items": [answers.turn(one) for one in found[:PAGE]], "cursor": more})


@router.post("/turns", response={201: TurnOut, **FAULTS}, summary="加一个班")
@needs("duty.plan")
def put(request: Call, body: TurnIn) -> HttpResponse:
    """One turn: a draft, or in a published stretch in force at once."""
    community = asking.of(request, body.community, "duty.plan")
    shift = queries.shifts(request.auth, community.id).filter(code=body.shift).first()
    if shift is None:
        raise Refused("SHIFT_UNKNOWN", _("没有这个班次"), fields={"shift": _("没有这个班次")})

    def act() -> Turn:
        post = queries.post(request.auth, community.id, body.post)
        who = asking.staff(request, community.id, body.staff)
        return actions.put(post, shift=shift, staff=who, day=body.day, by=request.auth)

    def show(row_id: int) -> dict[str, object]:
        return answers.turn(queries.turn(request.auth, row_id))

    return asking.done(request, Turn, body, act, show, 201)


@router.delete("/turns/{turn}", response={200: dict, **FAULTS}, summary="删一个班")
@needs("duty.plan")
def remove(request: Call, turn: asking.RowId) -> HttpResponse:
    """Take a draft out."""
    actions.remove(queries.turn(request.auth, int(turn)), by=request.auth)
    return answer({"id": turn})


@router.get("/hours", response={200: Items, **FAULTS}, summary="工时")
@needs("duty.see")
def hours(request: Call, first: date, last: date, community: Short | None = None) -> HttpResponse:
    """Hours per person, by rate of pay; one's own unless one makes rosters."""
    held = asking.of(request, community)
    found = queries.hours(request.auth, held, first, last)
    if not allowed(request.auth, "duty.plan", held.id):
        found = [one for one in found if one.staff_id == request.auth.staff_id]
    return answer({"items": [answers.hours(one) for one in found]})
