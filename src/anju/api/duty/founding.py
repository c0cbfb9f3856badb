"""What rosters are made of."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from anju.api.calling import Call, answer, needs
from anju.api.duty import answers, asking
from anju.api.duty.schemas import ChainIn, FoundIn, Items, PatternIn, PatternOut, PostIn, PostOut, ShiftIn, ShiftOut
from anju.api.schemas import FAULTS, Short
from anju.core.errors import Refused
from anju.duty import actions, queries
from anju.duty.rules.chains import Who
from anju.estate import queries as estate
from anju.estate.models import Place

router = Router()


@router.post("/standard", response={200: Items, **FAULTS}, summary="采用标准班次和岗位")
@needs("duty.plan")
def standard(request: Call, body: FoundIn) -> HttpResponse:
    """早中夜, the posts of R2.1, 四班三运转 and the others, where they are missing."""
    community = asking.of(request, body.community, "duty.plan")
    actions.adopt_standard(community, by=request.auth, fire_room=body.fire_room)
    return answer({"items": [answers.post(one) for one in queries.posts(request.auth, community.id)]})


@router.get("/shifts", response={200: list[ShiftOut], **FAULTS}, summary="班次")
@needs("duty.see")
def shifts(request: Call, community: Short | None = None) -> HttpResponse:
    """All kinds of working time."""
    held = asking.of(request, community)
    return answer([answers.shift(one) for one in queries.shifts(request.auth, held.id)])


@router.post("/shifts", response={201: ShiftOut, **FAULTS}, summary="加班次")
@needs("duty.plan")
def add_shift(request: Call, body: ShiftIn) -> HttpResponse:
    """A kind of working time."""
    community = asking.of(request, body.community, "duty.plan")
    given = body.model_dump(exclude={"community"})
    return answer(answers.shift(actions.add_shift(community, by=request.auth, **given)), 201)


@router.get("/posts", response={200: list[PostOut], **FAULTS}, summary="岗位")
@needs("duty.see")
def posts(request: Call, community: Short | None = None) -> HttpResponse:
    """What must be staffed."""
    held = asking.of(request, community)
    return answer([answers.post(one) for one in queries.posts(request.auth, held.id).select_related("place")])


@router.post("/posts", response={201: PostOut, **FAULTS}, summary="加岗位")
@needs("duty.plan")
def add_post(request: Call, body: PostIn) -> HttpResponse:
    """A post."""
    community = asking.of(request, body.community, "duty.plan")
    given = body.model_dump(exclude={"community", "place"})
    place = _place(request, community.id, body.place)
    return answer(answers.post(actions.add_post(community, by=request.auth, place=place, **given)), 201)


def _place(request: Call, community_id: int, code: str | None) -> Place | None:
    found = estate.places(request.auth, community_id).filter(code=code).first() if code else None
    if code and found is None:
        raise Refused("PLACE_UNKNOWN", _("没有这个地点或设备"), fields={"place": _("没有这个地点或设备")})
    return found


@router.get("/patterns", response={200: list[PatternOut], **FAULTS}, summary="排班规律")
@needs("duty.see")
def patterns(request: Call, community: Short | None = None) -> HttpResponse:
    """All patterns."""
    held = asking.of(request, community)
    return answer([answers.pattern(one) for one in queries.patterns(request.auth, held.id)])


@router.post("/patterns", response={201: PatternOut, **FAULTS}, summary="加排班规律")
@needs("duty.plan")
def add_pattern(request: Call, body: PatternIn) -> HttpResponse:
    """A pattern."""
    community = asking.of(request, body.community, "duty.plan")
    given = body.model_dump(exclude={"community"})
    return answer(answers.pattern(actions.add_pattern(community, by=request.auth, **given)), 201)


@router.get("/chains/{kind}", response={200: Items, **FAULTS}, summary="应急链")
@needs("duty.see")
def chain(request: Call, kind: Short, community: Short | None = None) -> HttpResponse:
    """The steps in use for a kind of emergency."""
    held = asking.of(request, community)
    return answer({"items": queries.chain_steps(held, kind)})


@router.put("/chains/{kind}", response={200: Items, **FAULTS}, summary="设定应急链")
@needs("duty.plan")
def set_chain(request: Call, kind: Short, body: ChainIn) -> HttpResponse:
    """The steps for a kind of emergency, from the next call-out on."""
    community = asking.of(request, body.community, "duty.plan")
    steps = [one.model_dump() for one in body.steps]
    for one in steps:
        if one["who"] == Who.STAFF:
            one["ref"] = str(asking.staff(request, community.id, one["ref"], "steps").id)
    return answer({"items": actions.set_chain(community, by=request.auth, kind=kind, steps=steps).steps})
